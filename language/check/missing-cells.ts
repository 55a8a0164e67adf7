/**
 * Cells that a sample of a column shows to be empty, or to hold a text among numbers, where the column goes to something
 * that needs a number in each row.
 */
import type { Entry } from '../catalog/entry.ts';
import type { Fix, Message, Place } from '../problem.ts';
import type { OddCell } from '../shapes/sample.ts';
import type { TensorType } from '../shapes/type.ts';
import type { Expr, Name } from '../syntax/tree.ts';
import type { BoundCall } from './bind-inputs.ts';
import { type Frame, place } from './frame.ts';
import type { Site } from './layer.ts';
import { report, reportAt } from './report.ts';
import type { TensorValue } from './value.ts';

/** What takes empty cells: it is there to get rid of them. */
const TAKES_GAPS: ReadonlySet<string> = new Set(['fill', 'drop']);
/** What takes texts. */
const TAKES_TEXTS: ReadonlySet<string> = new Set(
  'fill drop Index OneHot lower trim split characters Words BytePairs parseDate previous windows expand == !='.split(
    ' ',
  ),
);

/** Looks at everything that goes into a transform. False: a text among numbers, which was told in place of the rule's own refusal. */
export function checkCells(entry: Entry, site: Site, call: BoundCall, frame: Frame): boolean {
  let fine = true;
  for (const [name, value] of call.inputs) {
    const list = isList(value) ? value : [value];
    const args = site.args.filter(({ arg }) => call.bound.get(arg) === name);
    // What flows in stands in front of the arguments.
    const flowing = list.length - args.length;
    for (const [index, { type }] of list.entries()) {
      const given = args[index - flowing];
      const at = given ? place(given.frame, given.arg.value) : place(site.frame, site.callee);
      fine = checkCell(entry, type, at, given ? 'argument' : site, frame) && fine;
    }
  }
  return fine;
}

/** An operand of an operator, or an argument, or what flows in at a site. */
export function checkCell(
  entry: Entry,
  type: TensorType,
  at: Place,
  as: 'argument' | 'operand' | Site,
  frame: Frame,
): boolean {
  const { missing, odd, column } = type.facts;
  if (odd && !TAKES_TEXTS.has(entry.name)) {
    reportAt(frame, at, { message: oddMessage('data/text-in-numbers', odd, column) });
    return false;
  }
  if (!missing || TAKES_GAPS.has(entry.name) || frame.rowsFiltered) return true;
  reportAt(frame, at, { message: messageOf(type), fixes: fixesOf(at, as) });
  return true;
}

const COMMA_KEYS = {
  'data/text-in-numbers': 'data/text-in-numbers.comma',
  'data/conversion.odd': 'data/conversion.comma',
} as const;

/** What is said of a text among numbers, or of numbers that are written as texts. */
export function oddMessage(
  key: keyof typeof COMMA_KEYS,
  { row, value, comma }: OddCell,
  column = '',
  more: Message['values'] = {},
): Message {
  return { key: comma ? COMMA_KEYS[key] : key, values: { ...more, row, value, column } };
}

/** A field that is made of such a column as it is; `end`: where the line of a field without a right side ends. */
export function refuseMissing(
  type: TensorType,
  stated: TensorType,
  at: Expr | Name,
  end: number | undefined,
  frame: Frame,
): void {
  if (!type.facts.missing || frame.rowsFiltered) return;
  const where = place(frame, at);
  // A median may lie between two whole numbers.
  const filling = stated.dtype === 'float32' ? 'fill(median)' : 'fill(mode)';
  const fixes = fixesOf(where, 'argument', filling).map((fix): Fix => {
    if (end === undefined) return fix;
    // A field without a right side is the column of its name: it gets one.
    const edits = fix.edits.map(({ newText }) => ({ at: { ...where, start: end, end }, newText: ` = ${newText}` }));
    return { ...fix, edits };
  });
  report(frame, at, { message: messageOf(type), fixes });
}

function messageOf({ facts: { missing, column } }: TensorType): Message {
  const { count = 0, row = 0, sampled = 0 } = missing ?? {};
  const values = { column: column ?? '', count, row, sampled };
  if (missing?.infinite) return { key: 'data/missing-cells.infinite', values };
  return { key: row > 0 ? 'data/missing-cells' : 'data/missing-cells.later', values };
}

function fixesOf(at: Place, as: 'argument' | 'operand' | Site, filling = 'fill(median)'): readonly Fix[] {
  return [filling, 'drop'].flatMap((stage, index): Fix[] => {
    const edit = editOf(stage, at, as);
    if (!edit) return [];
    return [
      {
        id: `data/missing-cells/${index === 0 ? 'fill' : 'drop'}`,
        title: { key: 'fix/insert-before', values: { stage } },
        preferred: index === 0,
        edits: [edit],
      },
    ];
  });
}

function editOf(stage: string, at: Place, as: 'argument' | 'operand' | Site): Fix['edits'][number] | undefined {
  if (typeof as === 'object') {
    if (!as.arrow) return undefined;
    const { start } = as.arrow;
    return { at: { chunk: at.chunk, start, end: start }, newText: `-> ${stage} ` };
  }
  const flow = `${at.chunk.text.slice(at.start, at.end)} -> ${stage}`;
  return { at, newText: as === 'operand' ? `(${flow})` : flow };
}

function isList(value: TensorValue | readonly TensorValue[]): value is readonly TensorValue[] {
  return Array.isArray(value);
}
