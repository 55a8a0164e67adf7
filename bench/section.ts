/**
 * What each part of `npm run bench` gives back. `bench/engines.ts`, `bench/server.ts`, `bench/programs.ts` and
 * `bench/panel.ts` export `bench(options)`; each is bundled to `dist/bench/` and run in a process of its own. Progress goes to standard error.
 */

export interface BenchOptions {
  /** A few rounds only: shows that it works, proves nothing. */
  readonly quick: boolean;
  /** The project's folder, absolute. */
  /** Of the engines' models: which; all unless given. */
  readonly models?: readonly string[];
  /** How often the engines are measured, one after the other. */
  readonly rounds?: number;
  /** The engines on the GPU instead of the processor. */
  readonly device?: 'gpu';
  readonly root: string;
  /** The Python of the references, where it is there. */
  readonly python: string | undefined;
}

export interface BenchSection {
  readonly title: string;
  readonly tables: readonly BenchTable[];
  /** Targets with what was measured, so that a miss is said and not searched for. */
  readonly targets: readonly BenchTarget[];
  /** Sentences below the tables: conditions, what is not compared. */
  readonly notes: readonly string[];
}

export interface BenchTable {
  readonly title: string;
  /** The first column names the row. */
  readonly columns: readonly string[];
  /** Numbers are written with three significant digits. */
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface BenchTarget {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly held: boolean;
}

export type Bench = (options: BenchOptions) => Promise<BenchSection>;
