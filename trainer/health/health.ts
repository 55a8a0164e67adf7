/**
 * The health of a run while it runs: takes in steps, looks at layers and checks, asks the rules, and says what they find once,
 * and again when it is over. It decides when layers are looked at; it never changes the run.
 */
import type { Plan } from '../../language/index.ts';
import {
  type EventPlace,
  eventNumber,
  type LayerResults,
  type ProblemEvent,
  type WeightSizes,
} from '../../protocol/index.ts';
import type { Batch, LayerNumbers, Session, StepResult, WeightNorms } from '../engine.ts';
import { eventPlace } from '../failure.ts';
import type { Observation } from '../run/loop-context.ts';
import type { RunWriter } from '../run/writer.ts';
import { aboutPlan } from './about.ts';
import { type Cadence, createCadence } from './cadence.ts';
import type { Finding, History, SeenCheck, SeenLayers, SeenStep } from './history.ts';
import { createSmoothLoss } from './loss.ts';
import { type Explanation, explainNotFinite } from './not-finite.ts';
import { ringText } from './ring.ts';
import { learningRules, otherRules } from './rules/index.ts';

/** What is kept of each. */
const STEPS = 400;
const NORMS = 160;
const RESULTS = 64;
/** Rules that need no look at layers are asked every so many steps. */
const ASK_EVERY = 25;
/** A finding is over when it was not found so many times in a row. */
const OVER_AFTER = 3;
/** Where a run goes on, rules must see enough of it anew before what held counts as over. */
const GRACE = 20;

export interface HealthOptions {
  readonly plan: Plan;
  readonly session: Pick<Session, 'observe'>;
  readonly writer: Pick<RunWriter, 'say'>;
  readonly sizes: { readonly perEpoch: number; readonly total: number };
  /** Milliseconds, for measuring only. */
  readonly clock: () => number;
  /** Findings of before that hold, where a run goes on: they are not told again. */
  readonly before?: readonly ProblemEvent[];
  /** Tells TensorBoard. */
  readonly observe?: (what: Extract<Observation, { kind: 'layers' }>) => void;
  /** For tests: when to look. */
  readonly cadence?: Cadence;
}

interface Told {
  readonly seq: number;
  missed: number;
}

export class Health {
  readonly #options: HealthOptions;
  readonly #cadence: Cadence;
  readonly #loss = createSmoothLoss();
  readonly #steps: SeenStep[] = [];
  readonly #norms: SeenLayers[] = [];
  readonly #results: SeenLayers[] = [];
  readonly #checks: SeenCheck[] = [];
  readonly #told = new Map<string, Told>();
  readonly #about: History['about'];
  /** The session answers nothing, or has failed to: it is not asked again. */
  #blind: boolean;

  constructor(options: HealthOptions) {
    this.#options = options;
    const { plan, sizes, session } = options;
    this.#about = aboutPlan(plan, sizes);
    const trained = plan.graph.weights.reduce(
      (sum, { shape, trainable }) => sum + (trainable ? shape.reduce((product, n) => product * n, 1) : 0),
      0,
    );
    this.#cadence = options.cadence ?? createCadence({ trained, total: sizes.total });
    this.#blind = session.observe === undefined;
    for (const { code, place, seq } of options.before ?? [])
      this.#told.set(keyOf(code, place), { seq, missed: -GRACE });
  }

  /** Whether the next step shall tell norms. */
  get wantsLayers(): boolean {
    return this.#cadence.wantsNorms();
  }

  /** A step is done. `batches` are those it was given. */
  async step(seen: SeenStep, batches: readonly Batch[], layers: StepResult['layers']): Promise<void> {
    push(this.#steps, seen, STEPS);
    const rising = this.#loss.take(seen.loss);
    this.#cadence.stepped(seen.compute, layers !== undefined);
    if (rising) this.#cadence.lookClosely();
    if (layers !== undefined) push(this.#norms, { ...seen, norms: layers, results: new Map() }, NORMS);
    if (!Number.isFinite(seen.loss)) return;
    const looked = await this.#look(seen, batches);
    const isTold = (layers !== undefined || looked) && this.#tell(seen, layers, looked);
    if (isTold || seen.step % ASK_EVERY === 0) this.#ask();
  }

  /** A validation, or the end of an epoch, is done. */
  check(seen: SeenCheck): void {
    this.#checks.push(seen);
    this.#ask();
  }

  /** Why the numbers have left the finite ones. */
  explain(batches: readonly Batch[], weight?: string): Explanation {
    const bad = batches.find((batch) =>
      Object.values(batch.fields).some(({ dtype, data }) => dtype === 'float32' && !data.every(Number.isFinite)),
    );
    return explainNotFinite(this.#history(), bad, weight);
  }

  /** The last hundred steps with what was read in them, for the run's folder. */
  ring(): string {
    return ringText(this.#steps, this.#norms);
  }

  async #look(seen: SeenStep, batches: readonly Batch[]): Promise<SeenLayers | undefined> {
    const { session, clock } = this.#options;
    const batch = batches.find(({ size }) => size === this.#about.batch);
    if (this.#blind || batch === undefined || !this.#cadence.wantsResults()) return undefined;
    const began = clock();
    const observed = await session.observe?.(batch).catch((error: unknown) => {
      // A run must not end because it could not be looked at.
      this.#blind = true;
      const why = error instanceof Error ? error.message : String(error);
      this.#options.writer.say({ kind: 'log', level: 'info', text: `Layers are not looked at any more: ${why}` });
      return undefined;
    });
    this.#cadence.looked(clock() - began);
    if (observed === undefined) return undefined;
    const looked = { step: seen.step, epoch: seen.epoch, ...observed };
    push(this.#results, looked, RESULTS);
    if (observed.norms.size > 0) push(this.#norms, looked, NORMS);
    return looked;
  }

  #tell(seen: SeenStep, layers: StepResult['layers'], looked: SeenLayers | undefined): boolean {
    if (!this.#cadence.tells(seen.step) && looked === undefined) return false;
    const norms = layers ?? looked?.norms ?? new Map<string, WeightNorms>();
    const { time } = this.#options.writer.say({
      kind: 'layers',
      step: seen.step,
      epoch: seen.epoch,
      weights: Object.fromEntries([...norms].map(([path, sizes]) => [path, sizesOf(sizes)])),
      results: Object.fromEntries([...(looked?.results ?? [])].map(([path, numbers]) => [path, resultsOf(numbers)])),
    });
    this.#options.observe?.({ kind: 'layers', time, values: scalarsOf(norms, looked?.results) });
    return true;
  }

  #history(): History {
    return {
      about: this.#about,
      steps: this.#steps,
      norms: this.#norms,
      results: this.#results,
      checks: this.#checks,
      loss: this.#loss.value(),
    };
  }

  #ask(): void {
    const history = this.#history();
    const found: Finding[] = [];
    for (const rule of learningRules) {
      found.push(...rule(history));
      if (found.length > 0) break;
    }
    for (const rule of otherRules) found.push(...rule(history));
    const keys = new Set<string>();
    for (const finding of found) {
      const key = keyOf(finding.code, eventPlace(this.#options.plan, finding.place));
      keys.add(key);
      const told = this.#told.get(key);
      if (told !== undefined) told.missed = 0;
      else this.#say(key, finding);
    }
    for (const [key, told] of this.#told) if (!keys.has(key)) this.#miss(key, told);
  }

  #say(key: string, { place, ...finding }: Finding): void {
    const { writer, plan } = this.#options;
    const step = this.#steps.at(-1)?.step;
    const { seq } = writer.say({ kind: 'problem', ...finding, step, place: eventPlace(plan, place) });
    this.#told.set(key, { seq, missed: 0 });
  }

  #miss(key: string, told: Told): void {
    told.missed += 1;
    if (told.missed < OVER_AFTER) return;
    this.#told.delete(key);
    this.#options.writer.say({ kind: 'settled', step: this.#steps.at(-1)?.step ?? 0, problem: told.seq });
  }
}

/** The same finding at the same place is told once. */
function keyOf(code: string, place: EventPlace | undefined): string {
  return `${code} ${place?.file ?? ''} ${place?.start ?? ''}`;
}

function push<T>(list: T[], one: T, most: number): void {
  list.push(one);
  if (list.length > most) list.shift();
}

function sizesOf({ gradient, weight, update }: WeightNorms): WeightSizes {
  return {
    gradient: eventNumber(gradient),
    weight: eventNumber(weight),
    ...(update === undefined ? {} : { update: eventNumber(update) }),
  };
}

function resultsOf({ mean, deviation, zeros, saturated, silent }: LayerNumbers): LayerResults {
  return {
    mean: eventNumber(mean),
    deviation: eventNumber(deviation),
    zeros: eventNumber(zeros),
    ...(saturated === undefined ? {} : { saturated: eventNumber(saturated) }),
    ...(silent === undefined ? {} : { silent: eventNumber(silent) }),
  };
}

/** `Dense.0/kernel/gradient`, `Dense.0/zeros`: a chart each. */
function scalarsOf(
  norms: ReadonlyMap<string, WeightNorms>,
  results: ReadonlyMap<string, LayerNumbers> | undefined,
): Record<string, number> {
  const scalars: Record<string, number> = {};
  for (const [path, { gradient, update }] of norms) {
    scalars[`${path}/gradient`] = gradient;
    if (update !== undefined) scalars[`${path}/update`] = update;
  }
  for (const [path, { mean, deviation, zeros }] of results ?? []) {
    Object.assign(scalars, { [`${path}/mean`]: mean, [`${path}/deviation`]: deviation, [`${path}/zeros`]: zeros });
  }
  return scalars;
}
