/** `species == "Adelei"`, `quality == 12`: what a column is compared with, though no row of the whole file has it. */
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
  if (!other || !column || !classes?.whole || !classes.names) return;
  const { dtype } = column.value.type;
  const text = dtype === 'string' ? literalAt(other.at, frame) : undefined;
  const number = dtype === 'int32' && name !== undefined ? numberAt(other.at, frame) : undefined;
  const there = classes.names.some((one) => one === text || Number(one) === number);
  if ((text === undefined && number === undefined) || there) return;
  const near = text === undefined ? undefined : nearest(text, classes.names);
  const fixes =
    near === undefined ? [] : [replaceFix(frame, 'data/no-such-text/change', other.at, JSON.stringify(near))];
  const written = classes.names.filter((one) => one !== '');
  const names = enumerated(number === undefined ? written : written.sort((a, b) => Number(a) - Number(b)));
  report(frame, other.at, {
    // Leaving out what is not there (yet) does no harm.
    severity: operator === '==' ? 'warning' : 'hint',
    message:
      number === undefined
        ? { key: 'data/no-such-text', values: { text: text ?? '', column: name ?? '', names } }
        : { key: 'data/no-such-text.number', values: { number, column: name ?? '', names } },
    fixes,
    related: [{ at: place(frame, column.at), message: { key: 'why/column', values: { column: name ?? '' } } }],
  });
}

function literalAt(at: Span, frame: Frame): string | undefined {
  const source = frame.chunk.text.slice(at.start, at.end);
  return /^"[^"\\{]*"$/u.test(source) ? source.slice(1, -1) : undefined;
}

/** A number as it is written, whole or decimal. */
function numberAt(at: Span, frame: Frame): number | undefined {
  const source = frame.chunk.text.slice(at.start, at.end);
  return /^-?\d[\d_]*(?:\.\d+)?$/u.test(source) ? Number(source.replaceAll('_', '')) : undefined;
}
