/**
 * `start: NAME`: the weights of the latest finished run of another train block, taken by name. What differs between the two
 * models is reported; the optimizer begins afresh.
 */
import { basename, dirname, join, resolve } from 'node:path';
import type { Plan, PlanData } from '../../language/index.ts';
import type { RunRecord, StartWish } from '../../protocol/index.ts';
import { chooseRun } from '../../runs/index.ts';
import type { HostTensor, Session } from '../engine.ts';
import { Failure } from '../failure.ts';
import { checkpointSteps, readCheckpoint, usedWeights } from './checkpoint.ts';
import { chooseCheckpoint } from './choose-checkpoint.ts';
import type { Disk } from './disk.ts';
import { readPlan, textOf } from './folder-files.ts';

/** Where a run starts from. */
export interface Start {
  readonly run: string;
  /** Of that run: `checkpoints/40`. */
  readonly checkpoint: string;
  readonly weights: ReadonlyMap<string, HostTensor>;
  /** What that run has learned of its data, where this one has the same. */
  readonly fitted: string | undefined;
}

/** The latest finished run of the block that the plan names, by its best checkpoint where it keeps one. */
export function findStart(plan: Plan, runs: string, disk: Disk): Start | undefined {
  const declaration = plan.train?.start;
  if (declaration === undefined) return undefined;
  const { name, args } = plan.model;
  const chosen = chooseRun(runs, { model: name, file: plan.file, args, declaration, word: undefined });
  if (!chosen.ok) {
    const { unfinished } = chosen;
    const almost =
      unfinished === undefined
        ? ''
        : ` The latest one, ${unfinished.record.id}, is ${unfinished.state}: resume it, or train anew.`;
    throw new Failure(
      'train/no-start',
      `This run starts from \`${declaration}\`, and there is no finished run of that train block in ${runs}. Train ${declaration} first.${almost}`,
      plan.train?.places.start ?? plan.place,
    );
  }
  const { folder, record } = chosen.run;
  const { path, train, state } = chooseCheckpoint(folder, 'best', disk);
  return startFrom(plan, { run: record.id, folder, path, weights: usedWeights({ path, train, state }) });
}

/** The run that was named by hand, by a checkpoint of it where one is named too. */
export function startBy(plan: Plan, runs: string, { folder, step }: StartWish, disk: Disk): Start {
  const run = dirname(resolve(folder)) === resolve(runs) ? basename(folder) : resolve(folder);
  if (step === undefined) {
    const chosen = chooseCheckpoint(folder, 'best', disk);
    return startFrom(plan, { run, folder, path: chosen.path, weights: usedWeights(chosen) });
  }
  const read = readCheckpoint(disk, folder, step);
  if ('train' in read) return startFrom(plan, { run, folder, path: read.path, weights: usedWeights(read) });
  const steps = checkpointSteps(disk, folder);
  throw new Failure(
    'train/no-start',
    `The run ${basename(folder)} has no checkpoint of step ${step} that can be used: ${read.why}. ${steps.length === 0 ? 'It has none at all.' : `It has those of the steps ${steps.join(', ')}.`}`,
  );
}

/** The same again, for a run that was ended before its first checkpoint. */
export function findStartAgain(plan: Plan, runs: string, record: RunRecord, disk: Disk): Start | undefined {
  const { start } = record;
  if (start === undefined) return undefined;
  const folder = resolve(runs, start.run);
  const read = readCheckpoint(disk, folder, Number(start.checkpoint.split('/').at(-1)));
  if ('train' in read) {
    return startFrom(plan, { run: start.run, folder, path: read.path, weights: usedWeights(read) });
  }
  throw new Failure(
    'train/no-start',
    `This run started from ${basename(start.run)} (${start.checkpoint}), which cannot be used any more: ${read.why}. Train again for a new run.`,
    plan.train?.places.start ?? plan.place,
  );
}

function startFrom(
  plan: Plan,
  from: {
    readonly run: string;
    readonly folder: string;
    readonly path: string;
    readonly weights: ReadonlyMap<string, HostTensor>;
  },
): Start {
  const fitted = isSame(plan.data, readPlan(from.folder).data) ? textOf(join(from.folder, 'fitted.json')) : undefined;
  return { run: from.run, checkpoint: from.path, weights: from.weights, fitted };
}

/** The same columns through the same nodes: what was learned fits. */
function isSame(a: PlanData, b: PlanData): boolean {
  const key = ({ source, nodes }: PlanData): string =>
    JSON.stringify([source.call, source.settings, nodes.map(({ place: _place, ...node }) => node)]);
  return key(a) === key(b);
}

/** What was taken, and what differs. */
export interface Taken {
  readonly taken: ReadonlySet<string>;
  /** Of this model, without a counterpart. */
  readonly missing: readonly string[];
  /** Of the other run, without a counterpart. */
  readonly unexpected: readonly string[];
  readonly otherShape: readonly string[];
}

/** Puts the weights that fit into the session; the others stay as they begin. */
export async function takeWeights(plan: Plan, start: Start, session: Session): Promise<Taken> {
  const state = await session.save();
  const weights = new Map(state.weights);
  const taken = new Set<string>();
  const missing: string[] = [];
  const otherShape: string[] = [];
  for (const { path, shape } of plan.graph.weights) {
    const found = start.weights.get(path);
    if (found === undefined) missing.push(path);
    else if (found.shape.join() !== shape.join()) {
      otherShape.push(`${path} is [${shape.join(', ')}] here and [${found.shape.join(', ')}] there`);
    } else {
      weights.set(path, found);
      taken.add(path);
    }
  }
  const own = new Set(plan.graph.weights.map(({ path }) => path));
  const unexpected = [...start.weights.keys()].filter((path) => !own.has(path));
  if (taken.size === 0) {
    throw new Failure(
      'train/start-differs',
      `None of the weights of ${basename(start.run)} fits this model, so there is nothing to start from. ${differences({ taken, missing, unexpected, otherShape })}`,
      plan.train?.places.start ?? plan.place,
    );
  }
  await session.restore({ weights, optimizer: new Map(), step: 0 });
  return { taken, missing, unexpected, otherShape };
}

/** For the log. */
export function startText(start: Start, taken: Taken): { readonly level: 'info' | 'warning'; readonly text: string } {
  const differing = differences(taken);
  const begun = `Started from ${basename(start.run)} (${start.checkpoint}): ${taken.taken.size === 1 ? 'one weight' : `${taken.taken.size} weights`} taken.`;
  return differing === ''
    ? { level: 'info', text: begun }
    : { level: 'warning', text: `${begun} ${differing} Those begin anew.` };
}

const FEW = 5;

function differences({ missing, unexpected, otherShape }: Taken): string {
  const part = (what: string, names: readonly string[]): readonly string[] => {
    if (names.length === 0) return [];
    const more = names.length > FEW ? ` and ${names.length - FEW} more` : '';
    return [`${what}: ${names.slice(0, FEW).join(', ')}${more}.`];
  };
  return [
    ...part('Not in that run', missing),
    ...part('Of another shape', otherShape),
    ...part('Only in that run', unexpected),
  ].join(' ');
}

/** The record's word about where a run started. */
export function startRecord(start: Start | undefined): Pick<RunRecord, 'start'> {
  return start === undefined ? {} : { start: { run: start.run, checkpoint: start.checkpoint } };
}
