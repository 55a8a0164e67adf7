/** The shape of a line of a step: the bytes between its values, and where each value belongs. Made of a line that was checked. */
import type { StepEvent } from '../protocol/index.ts';

export interface LineShape {
  /** What stands before the first value, between two, and behind the last one. */
  readonly pieces: readonly Uint8Array[];
  /** Index of the value. */
  readonly seq: number;
  readonly time: number;
  readonly step: number;
  readonly epoch: number;
  /** Values that are whole numbers from 0 on. */
  readonly counts: readonly number[];
  /** Values that are finite. */
  readonly finite: readonly number[];
  /** Columns, and the index of the value of each. */
  readonly names: readonly string[];
  readonly targets: readonly number[];
  /** Different columns. */
  readonly distinct: number;
}

/** More values than a line has. */
const MOST_VALUES = 120;

/**
 * The shape of `line`, which is the JSON of `event`; undefined where it is written in another way than trainers write (blanks,
 * escapes, other orders are possible in a file that somebody edited): such lines are parsed one by one.
 */
export function shapeOf(line: string, event: StepEvent): LineShape | undefined {
  const pieces: Uint8Array[] = [];
  const paths: string[] = [];
  let text = '';
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'number' || isWordOfNumber(value, path)) {
      pieces.push(Buffer.from(text));
      paths.push(path);
      text = '';
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      Object.entries(value).forEach(([name, each], index) => {
        text += `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`;
        walk(each, path === '' ? name : `${path}.${name}`);
      });
      text += Object.keys(value).length === 0 ? '{}' : '}';
    } else text += JSON.stringify(value);
  };
  walk(event, '');
  pieces.push(Buffer.from(text));
  // Two names may make one path, as `a.b` in `metrics`: the column of such a one is the path's end.
  if (JSON.stringify(event) !== line || new Set(paths).size !== paths.length || paths.length > MOST_VALUES)
    return undefined;
  const at = (path: string) => paths.indexOf(path);
  const targets = paths.flatMap((path, index) => {
    const name = columnOfPath(path);
    return name === undefined ? [] : [{ name, index }];
  });
  return {
    pieces,
    seq: at('seq'),
    time: at('time'),
    step: at('step'),
    epoch: at('epoch'),
    counts: ['seq', 'step', 'epoch'].map(at),
    finite: paths.flatMap((path, index) => (isEventNumberPath(path) ? [] : [index])),
    names: targets.map(({ name }) => name),
    targets: targets.map(({ index }) => index),
    distinct: new Set(targets.map(({ name }) => name)).size,
  };
}

/** Names as `appendStep` gives them. */
function columnOfPath(path: string): string | undefined {
  if (path === 'loss') return 'train.loss';
  if (path.startsWith('metrics.')) return `train.${path.slice('metrics.'.length)}`;
  if (path === 'lr' || path === 'gradientNorm' || path === 'ms.data' || path === 'ms.compute') return path;
  return path.startsWith('machine.') ? path : undefined;
}

/** Values that may be "NaN" or infinite. */
function isEventNumberPath(path: string): boolean {
  return path === 'loss' || path === 'lr' || path === 'gradientNorm' || path.startsWith('metrics.');
}

function isWordOfNumber(value: unknown, path: string): boolean {
  return isEventNumberPath(path) && (value === 'NaN' || value === 'Infinity' || value === '-Infinity');
}
