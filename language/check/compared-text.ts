/** `species == "Adelei"`: a text that a column is compared with, though no row of the whole file has it. */
import { nearest } from '../syntax/nearest.ts';
import type { Span } from '../syntax/tree.ts';
import { enumerated } from './expected.ts';
import { type Frame, place } from './frame.ts';
import { replaceFix, report } from './report.ts';
import type { TensorValue } from './value.ts';

interface Operand {
  readonly value: TensorValue;
  readonly at: Span;
}

/** Warns of it; only where the file was read to its end and its texts are few. */
export function checkComparedText(operator: string, operands: readonly Operand[], frame: Frame): void {
  if (operator !== '==' && operator !== '!=') return;
  const column = operands.find(({ value }) => value.type.facts.classes?.names !== undefined);
  const other = operands.find((operand) => operand !== column);
  const { classes, column: name } = column?.value.type.facts ?? {};
  if (!other || !classes?.whole || !classes.names || column?.value.type.dtype !== 'string') return;
  const text = literalAt(other.at, frame);
  if (text === undefined || classes.names.includes(text)) return;
  const near = nearest(text, classes.names);
  const fixes =
    near === undefined ? [] : [replaceFix(frame, 'data/no-such-text/change', other.at, JSON.stringify(near))];
  const names = enumerated(classes.names.filter((one) => one !== ''));
  report(frame, other.at, {
    // Leaving out what is not there (yet) does no harm.
    severity: operator === '==' ? 'warning' : 'hint',
    message: { key: 'data/no-such-text', values: { text, column: name ?? '', names } },
    fixes,
    related: column
      ? [{ at: place(frame, column.at), message: { key: 'why/column', values: { column: name ?? '' } } }]
      : [],
  });
}

function literalAt(at: Span, frame: Frame): string | undefined {
  const source = frame.chunk.text.slice(at.start, at.end);
  return /^"[^"\\{]*"$/u.test(source) ? source.slice(1, -1) : undefined;
}
