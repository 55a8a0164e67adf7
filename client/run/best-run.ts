/** Which runs belong to a declaration of a program, and the best of them. */
import { directionOf, numberOf } from '../../protocol/index.ts';
import { directionsIn, type RunSummary } from '../../runs/index.ts';

export interface Declared {
  /** Path of the program. */
  readonly file: string;
  /** Of a train block; left out: any of the model's. */
  readonly train?: string;
  readonly model?: string;
}

/** The runs of a declaration, newest first as in the list. */
export function runsOf(list: readonly RunSummary[], { file, train, model }: Declared): readonly RunSummary[] {
  return list.filter(
    ({ record }) =>
      record.file === file &&
      (train === undefined || record.declaration === train) &&
      (model === undefined || record.model === model),
  );
}

/** The finished run with the best value; of runs that watch another metric than the newest one nothing can be said. */
export function bestRun(runs: readonly RunSummary[]): RunSummary | undefined {
  const finished = runs.filter(({ state, record }) => state === 'finished' && finiteBest(record.best) !== undefined);
  const [newest] = finished;
  const metric = newest?.record.best?.metric;
  if (newest === undefined || finished.length === 1) return newest;
  // The plan says which way its metrics are better.
  const rising = directionOf({ directions: directionsIn(newest) }, metric ?? '') === 'max';
  const better = (a: RunSummary, b: RunSummary): boolean => {
    const [left = 0, right = 0] = [finiteBest(a.record.best), finiteBest(b.record.best)];
    return rising ? left > right : left < right;
  };
  return finished
    .filter(({ record }) => record.best?.metric === metric)
    .reduce<RunSummary | undefined>((best, run) => (best === undefined || better(run, best) ? run : best), undefined);
}

/** The folders of those runs that are the best finished ones of their train blocks: what the lens above each of them names. */
export function bestOfEach(list: readonly RunSummary[]): ReadonlySet<string> {
  const groups = new Map<string, RunSummary[]>();
  for (const run of list) {
    const key = JSON.stringify([run.record.file, run.record.declaration]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  return new Set([...groups.values()].flatMap((group) => bestRun(group)?.folder ?? []));
}

function finiteBest(best: RunSummary['record']['best']): number | undefined {
  if (best === undefined) return undefined;
  const value = numberOf(best.value);
  return Number.isFinite(value) ? value : undefined;
}
