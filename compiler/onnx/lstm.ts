/** An LSTM and its gradient on ONNX Runtime: unrolled over time, with one product over all steps wherever there is one. */
import { at, type Attributes } from '../program/tensor.ts';
import type { OnnxNode } from './emitter.ts';

/** What one step leaves for its gradient: gates, the states before it, and tanh of the cell. */
interface Step {
  readonly gates: readonly string[];
  readonly cellBefore: string;
  readonly shown: string;
}

type O = OnnxNode<Attributes>;

const key = (gates: number): string => `lstm ${gates}`;

export function lstmOnnx(o: O): void {
  const { time, batch, n, units } = sizes(o, 2);
  const flat = o.op('Reshape', [o.input(0), o.ints([time * batch, n])]);
  const projected = split(o, o.op('Gemm', [flat, o.input(1), o.input(3)]), time);
  const steps: Step[] = [];
  const [hs, cs]: [string[], string[]] = [[], []];
  let h = o.input(4);
  let c = o.input(5);
  for (const fromInput of projected) {
    const [i = '', f = '', g = '', out = ''] = split(o, o.op('Gemm', [h, o.input(2), fromInput]), 4, 1);
    const gates = [o.op('Sigmoid', [i]), o.op('Sigmoid', [f]), o.op('Tanh', [g]), o.op('Sigmoid', [out])];
    const cellBefore = c;
    c = o.op('Add', [o.op('Mul', [at(gates, 1), c]), o.op('Mul', [at(gates, 0), at(gates, 2)])]);
    const shown = o.op('Tanh', [c]);
    h = o.op('Mul', [at(gates, 3), shown]);
    steps.push({ gates, cellBefore, shown });
    hs.push(h);
    cs.push(c);
  }
  o.set(stack(o, hs, [time, batch, units]));
  o.set(stack(o, cs, [time, batch, units]), 'rows', 1);
  const gates = steps.map((step) => o.op('Concat', step.gates, { axis: 1 }));
  o.set(stack(o, gates, [time, batch, 4 * units]), 'rows', 2);
  o.notes.set(key(at(o.node.outputs, 2).id), steps);
}

export function lstmGradientOnnx(o: O): void {
  const { time, batch, n, units } = sizes(o, 2);
  const steps = o.notes.get(key(at(o.node.inputs, 7).id)) as readonly Step[] | undefined;
  if (!steps) throw new Error('The gradient of an LSTM needs its forward step in the same program.');
  const slopes = split(o, rows(o, o.input(8), time * batch, units), time);
  const cells = o.node.inputs.length > 9 ? split(o, rows(o, o.input(9), time * batch, units), time) : undefined;
  const back = o.op('Transpose', [o.input(2)], { perm: [1, 0] });
  const one = o.float(1);
  const stacked = new Array<string>(time);
  let dh: string | undefined;
  let dc: string | undefined;
  for (let t = time - 1; t >= 0; t--) {
    const { gates, cellBefore, shown } = at(steps, t);
    const [i = '', f = '', g = '', out = ''] = gates;
    const slope = (gate: string): string => o.op('Mul', [gate, o.op('Sub', [one, gate])]);
    const flat = (y: string): string => o.op('Sub', [one, o.op('Mul', [y, y])]);
    const up: string = dh === undefined ? at(slopes, t) : o.op('Add', [dh, at(slopes, t)]);
    let inside: string = o.op('Mul', [o.op('Mul', [up, out]), flat(shown)]);
    if (dc !== undefined) inside = o.op('Add', [inside, dc]);
    if (cells) inside = o.op('Add', [inside, at(cells, t)]);
    const dz = o.op(
      'Concat',
      [
        o.op('Mul', [o.op('Mul', [inside, g]), slope(i)]),
        o.op('Mul', [o.op('Mul', [inside, cellBefore]), slope(f)]),
        o.op('Mul', [o.op('Mul', [inside, i]), flat(g)]),
        o.op('Mul', [o.op('Mul', [up, shown]), slope(out)]),
      ],
      { axis: 1 },
    );
    stacked[t] = dz;
    dh = o.op('Gemm', [dz, back]);
    dc = o.op('Mul', [inside, f]);
  }
  const all = stacked.length === 1 ? at(stacked, 0) : o.op('Concat', stacked, { axis: 0 });
  const x = rows(o, o.input(0), time * batch, n);
  const earlier = time > 1 ? [o.input(3), ...slicedRows(o, o.input(5), time, batch, units)] : [o.input(3)];
  const before = earlier.length === 1 ? at(earlier, 0) : o.op('Concat', earlier, { axis: 0 });
  const dx = o.op('Gemm', [all, o.input(1)], { transB: 1 });
  o.set(o.op('Reshape', [dx, o.ints([time, batch, n])]), 'rows', 0);
  o.set(o.op('Gemm', [x, all], { transA: 1 }), 'rows', 1);
  o.set(o.op('Gemm', [before, all], { transA: 1 }), 'rows', 2);
  o.set(o.op('ReduceSum', [all, o.ints([0])], { keepdims: 0 }), 'rows', 3);
  o.set(dh ?? '', 'rows', 4);
  o.set(dc ?? '', 'rows', 5);
}

/** `recurrent` is where the recurrent kernel [u, 4u] stands among the inputs. */
function sizes(o: O, recurrent: number) {
  const [time = 1, batch = 1, n = 1] = at(o.node.inputs, 0).shape;
  return { time, batch, n, units: at(at(o.node.inputs, recurrent).shape, 0) };
}

function rows(o: O, name: string, count: number, width: number): string {
  return o.op('Reshape', [name, o.ints([count, width])]);
}

/** All h but the last as rows. */
function slicedRows(o: O, h: string, time: number, batch: number, units: number): readonly string[] {
  const kept = (time - 1) * batch;
  return [o.op('Slice', [rows(o, h, time * batch, units), o.ints([0]), o.ints([kept]), o.ints([0])])];
}

function split(o: O, name: string, parts: number, axis = 0): readonly string[] {
  return parts === 1 ? [name] : o.ops('Split', [name], parts, { axis, num_outputs: parts });
}

function stack(o: O, steps: readonly string[], shape: readonly number[]): string {
  const joined = steps.length === 1 ? at(steps, 0) : o.op('Concat', steps, { axis: 0 });
  return o.op('Reshape', [joined, o.ints(shape)]);
}
