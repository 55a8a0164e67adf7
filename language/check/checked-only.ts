/** What is checked but not carried out yet: information while one writes, an error where a run starts. */
import type { Entry } from '../catalog/entry.ts';
import type { Place, Problem } from '../problem.ts';
import type { Frame } from './frame.ts';
import { reportAt } from './report.ts';

/** Says so of an entry that the trainer does not have. */
export function tellCheckedOnly(entry: Entry, at: Place, frame: Frame): void {
  if (!('checkedOnly' in entry) || entry.checkedOnly !== true) return;
  tellNotYet(entry.name, at, frame);
}

/** Says so of a word of the language. */
export function tellNotYet(what: string, at: Place, frame: Frame): void {
  const { starting } = frame.session;
  const key = starting ? 'train/not-supported-yet' : 'train/not-supported-yet.checked';
  reportAt(frame, at, { severity: starting ? 'error' : 'information', message: { key, values: { key: what } } });
}

/** Information while one writes, and errors where a run starts. */
const AT_THE_START: ReadonlySet<string> = new Set(['data/missing-file', 'data/not-fetched', 'train/not-supported-yet']);

/** True of what only the start of a run makes an error: it is told there again, wherever it stands. */
export function isOfTheStart({ code }: Problem): boolean {
  return AT_THE_START.has(code);
}
