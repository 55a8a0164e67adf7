/** Operations of many values: a kernel binds few buffers at once, so that many are taken together in rounds. */
import type { GpuWriter } from './rewrite.ts';

/** Devices promise 8 buffers for a kernel; one is the result. */
const most = 7;

export function joined(w: GpuWriter): boolean {
  const { inputs, outputs, attributes } = w.operation;
  if (inputs.length <= most) return false;
  const groups = grouped(inputs).map((part) =>
    part.length === 1 ? (part[0] ?? '') : w.op('Concat', part, attributes),
  );
  w.op('Concat', groups, attributes, outputs[0]);
  return true;
}

/** First into groups of equal number, these then one by one. */
export function split(w: GpuWriter): boolean {
  const { inputs, outputs, attributes } = w.operation;
  const [x = ''] = inputs;
  const sizes = w.numbers(1);
  if (outputs.length <= most || !sizes) return false;
  const size = Math.ceil(outputs.length / Math.min(most, Math.ceil(outputs.length / most)));
  const parts = grouped(outputs, size);
  const sums = parts.map((_, i) => sizes.slice(i * size, (i + 1) * size).reduce((a, b) => a + b, 0));
  const names = parts.map((part) => (part.length === 1 ? (part[0] ?? '') : w.fresh()));
  w.ops('Split', [x, w.ints(sums)], attributes, names);
  parts.forEach((part, i) => {
    if (part.length > 1) {
      w.ops('Split', [names[i] ?? '', w.ints(sizes.slice(i * size, (i + 1) * size))], attributes, part);
    }
  });
  return true;
}

/** One by one, in the order in which they stand. */
export function sum(w: GpuWriter): boolean {
  const { inputs, outputs } = w.operation;
  const [start = '', ...others] = inputs;
  if (others.length === 0) {
    w.op('Identity', [start], {}, outputs[0]);
    return true;
  }
  others.reduce(
    (total, next, i) => w.op('Add', [total, next], {}, i === others.length - 1 ? outputs[0] : undefined),
    start,
  );
  return true;
}

function grouped(names: readonly string[], size = most): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (let i = 0; i < names.length; i += size) groups.push(names.slice(i, i + size));
  return groups;
}
