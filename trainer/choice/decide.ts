/** From what was measured to a choice, and the sentence that says why. Nothing is run here. */
import type { Candidate } from './candidates.ts';

/** What the try of one candidate brought. */
export interface Measured extends Candidate {
  readonly title: string;
  /** Why it cannot be used, '' where it can. */
  readonly trouble: string;
  /** Milliseconds of a step by threads, in the order in which they were measured. */
  readonly times: readonly { readonly threads: number; readonly ms: number }[];
  /** True where the trouble is only that it took too long to be tried. */
  readonly late?: boolean;
  /** Losses of the first two steps. */
  readonly losses: readonly number[];
}

export interface Choice extends Candidate {
  readonly threads: number;
  readonly reason: string;
}

/** Another engine must be so much faster than the default to take its place. */
const worthIt = 0.9;
/** Two engines round differently; a model whose first losses differ by more is computed wrongly by one of them. */
const sameLoss = 0.02;

/** The first is what all are held against; `mayWin` says which of them may be chosen. */
export function decide(
  measured: readonly Measured[],
  threads: number,
  mayWin: (candidate: Candidate) => boolean = () => true,
): Choice | undefined {
  const checked = checkedAll(measured);
  const runs = checked.filter(mayWin).flatMap((one) => {
    const best = fastest(one.times);
    return one.trouble === '' && best ? [{ ...one, best }] : [];
  });
  const [home, ...others] = runs;
  if (home === undefined) return undefined;
  const winner = others.reduce(
    (best, one) => (one.best.ms < best.best.ms * (best === home ? worthIt : 1) ? one : best),
    home,
  );
  const { engine, device, index, best } = winner;
  return {
    engine,
    device,
    ...(index === undefined ? {} : { index }),
    threads: device === 'gpu' ? threads : best.threads,
    reason: [speedOf(winner.best.ms, runs.length, winner, runs), ...checked.flatMap((one) => unused(one, winner))].join(
      '; ',
    ),
  };
}

function fastest(times: Measured['times']): Measured['times'][number] | undefined {
  const [first, ...others] = times;
  return first && others.reduce((best, time) => (time.ms < best.ms ? time : best), first);
}

/** With the trouble of those that compute something else than the first. */
export function checkedAll(measured: readonly Measured[]): readonly Measured[] {
  const [first] = measured;
  return first === undefined ? [] : measured.map((one) => checkedAgainst(one, first));
}

/** An engine that computes something else than the default is out. */
function checkedAgainst(one: Measured, first: Measured): Measured {
  if (one.trouble !== '' || first.trouble !== '') return one;
  const wrong = one.losses.findIndex((loss, i) => {
    const expected = first.losses[i] ?? loss;
    return !(Math.abs(loss - expected) <= sameLoss * Math.max(1e-3, Math.abs(expected))) && Number.isFinite(expected);
  });
  if (wrong < 0) return one;
  const trouble = `its loss at step ${wrong + 1} is ${one.losses[wrong]}, that of ${first.title} ${first.losses[wrong]}`;
  return { ...one, trouble };
}

type Run = Measured & { readonly best: { readonly threads: number; readonly ms: number } };

function speedOf(ms: number, count: number, winner: Measured, runs: readonly Run[]): string {
  if (count === 1) return `${milliseconds(ms)} a step`;
  const second = runs
    .filter((run) => run !== winner && !sameCandidate(run, winner))
    .sort((a, b) => a.best.ms - b.best.ms)[0];
  const against = second === undefined ? '' : `, ${second.title} takes ${milliseconds(second.best.ms)}`;
  return `the fastest of ${count} measured: ${milliseconds(ms)} a step${against}`;
}

/** What is told of a GPU, or an engine that was there, and is not used. */
function unused(one: Measured, winner: Candidate): readonly string[] {
  if (sameCandidate(one, winner) || one.trouble === '') return [];
  return [`${one.device === 'gpu' ? 'GPU' : one.title} not used: ${one.trouble}`];
}

function sameCandidate(a: Candidate, b: Candidate): boolean {
  return a.engine === b.engine && a.device === b.device;
}

function milliseconds(ms: number): string {
  return `${Number(ms.toPrecision(3))} ms`;
}
