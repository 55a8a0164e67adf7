/** What the labels of a loss show of their classes: their order in the file, how unlike their numbers are, which never occur. */
import type { Fix } from '../../problem.ts';
import { constant } from '../../shapes/dim.ts';
import type { Classes } from '../../shapes/sample.ts';
import type { TensorType } from '../../shapes/type.ts';
import type { Expr } from '../../syntax/tree.ts';
import { report } from '../report.ts';
import { type Comparison, lossesOf } from './losses.ts';
import type { Run } from './run.ts';

const ONE_OF_MANY: ReadonlySet<string> = new Set(['crossEntropy', 'focal']);
const CLASSIFYING: ReadonlySet<string> = new Set([...ONE_OF_MANY, 'binaryCrossEntropy', 'hinge', 'squaredHinge']);

export function adviseClasses(run: Run): void {
  for (const one of lossesOf(run)) {
    if (!CLASSIFYING.has(one.name)) continue;
    const type = run.checked.parts.data.result.fields.get(one.field)?.value.type;
    const classes = type?.facts.classes;
    if (!type || !classes) continue;
    warnSorted(classes, one.truth, run);
    tellUnlike(classes, one, run);
    if (ONE_OF_MANY.has(one.name)) hintUnused(type, classes, one, run);
  }
}

/** Rows that stand class by class and are not shuffled. */
function warnSorted(classes: Classes, at: Expr, run: Run): void {
  const { declaration, chunk, result } = run.checked.parts.data;
  if (!classes.sorted || result.shuffle) return;
  const entry = declaration.body.find((item) => item.kind === 'entry' && item.key.text === 'shuffle');
  const fix: readonly Fix[] =
    entry?.kind === 'entry'
      ? [
          {
            id: 'data/sorted-classes/shuffle',
            title: { key: 'fix/set', values: { setting: 'shuffle', value: 'true' } },
            preferred: true,
            edits: [{ at: { chunk, start: entry.value.start, end: entry.value.end }, newText: 'true' }],
          },
        ]
      : [];
  const message = { key: 'data/sorted-classes', values: { count: classes.count } };
  report(run.frame, at, { severity: 'warning', message, fixes: fix });
}

/** From this ratio on, a plain accuracy says little. */
const UNLIKE = 4;

function tellUnlike({ count, rows, most, least }: Classes, one: Comparison, run: Run): void {
  const settings = one.call.args?.items.map((arg) => arg.name?.text) ?? [];
  const balanced = run.checked.parts.data.declaration.body.some(
    (item) => item.kind === 'entry' && ['balance', 'weight'].includes(item.key.text),
  );
  if (count < 2 || most.rows < UNLIKE * least.rows || balanced || one.name === 'focal') return;
  if (settings.includes('classWeights') || settings.includes('weights')) return;
  const values = { count, rows, most: most.name, mostRows: most.rows, least: least.name, leastRows: least.rows };
  report(run.frame, one.truth, { severity: 'information', message: { key: 'data/unlike-classes', values } });
}

/** More scores than there are classes in the whole of the file. */
function hintUnused(type: TensorType, classes: Classes, one: Comparison, run: Run): void {
  const seen = run.frame.facts?.values.get(one.prediction);
  const last = seen?.kind === 'tensor' ? seen.type.shape?.at(-1) : undefined;
  const scores = last && constant(last);
  const [low, high] = type.facts.range ?? [];
  if (scores === undefined || low === undefined || high === undefined || !classes.whole) return;
  if (high >= scores || classes.count >= scores) return;
  const values = { classes: scores, seen: classes.count, low, high };
  report(run.frame, one.prediction, { severity: 'hint', message: { key: 'data/unused-classes', values } });
}
