/** What building does by itself: equal nodes once, constants folded, broadcasts and changes of shape left out. */
import { expect, test } from 'vitest';
import { createGraph } from '../../compiler/program/graph.ts';
import { add, binary, multiply, scale } from '../../compiler/program/ops/binary.ts';
import { broadcastTo } from '../../compiler/program/ops/broadcast.ts';
import { constantOf, scalar } from '../../compiler/program/ops/constant.ts';
import { reduce } from '../../compiler/program/ops/reduce.ts';
import { reshape } from '../../compiler/program/ops/reshape.ts';
import { transpose } from '../../compiler/program/ops/transpose.ts';
import { unary } from '../../compiler/program/ops/unary.ts';
import { finish } from '../../compiler/program/program.ts';

const start = () => {
  const g = createGraph();
  return { g, x: g.input({ dtype: 'float32', shape: [2, 3] }) };
};

test('an equal node is made once', () => {
  const { g, x } = start();
  expect(unary(g, 'exp', x)).toBe(unary(g, 'exp', x));
  expect(scalar(g, 0)).not.toBe(scalar(g, -0));
  expect(scalar(g, 1)).not.toBe(scalar(g, 1, 'int32'));
});

test('what is known is computed at once', () => {
  const { g } = start();
  const sum = add(g, constantOf(g, [1, 2, 3], [3]), scalar(g, 0.5));
  expect(Array.from(g.known(sum)!)).toEqual([1.5, 2.5, 3.5]);
  expect(g.nodes.every((node) => node.primitive.name === 'constant')).toBe(true);
});

test('sums with 0 and products with 1 are the other side', () => {
  const { g, x } = start();
  expect(scale(g, x, 1)).toBe(x);
  expect(add(g, scalar(g, 0), x)).toBe(x);
  expect(binary(g, 'divide', x, scalar(g, 1))).toBe(x);
  expect(binary(g, 'subtract', scalar(g, 0), x)).not.toBe(x);
  const row = g.input({ dtype: 'float32', shape: [3] });
  expect(multiply(g, constantOf(g, [1], [1, 1, 1]), row).shape).toEqual([1, 1, 3]);
});

test('changes of shape meet in one', () => {
  const { g, x } = start();
  expect(reshape(g, reshape(g, x, [6]), [2, 3])).toBe(x);
  expect(transpose(g, transpose(g, x, [1, 0]), [1, 0])).toBe(x);
  expect(unary(g, 'negate', unary(g, 'negate', x))).toBe(x);
});

test('a broadcast before an operation that broadcasts is left out', () => {
  const { g, x } = start();
  const row = g.input({ dtype: 'float32', shape: [3] });
  const product = multiply(g, x, broadcastTo(g, row, [2, 3]));
  expect(g.producer(product)!.inputs).toEqual([x, row]);
  const alone = multiply(g, broadcastTo(g, row, [2, 3]), row);
  expect(alone.shape).toEqual([2, 3]);
});

test('a finished program holds what its outputs need', () => {
  const { g, x } = start();
  const unused = g.input({ dtype: 'float32', shape: [] });
  unary(g, 'exp', x);
  const y = reduce(g, 'sum', x, [0, 1], false);
  const program = finish(
    g,
    [
      { kind: 'field', name: 'x', tensor: x },
      { kind: 'rate', name: 'rate', tensor: unused },
    ],
    [{ kind: 'loss', name: 'loss', tensor: y }],
  );
  expect(program.nodes.map((node) => node.primitive.name)).toEqual(['reduce']);
  expect(program.inputs.map((input) => input.name)).toEqual(['x']);
});
