/** Sources of several forms, from the program to the numbers. */
import { expect, test } from 'vitest';
import { Failure } from '../../trainer/failure.ts';
import { fieldOf, npy, write } from './transform-run.ts';

test('csv with settings', async () => {
  write('bare.data', '1;-;x\n2;3;y\n4;5;x\n');
  const source = '  source: csv("bare.data", columns: [a, b, c], separator: ";", missing: "-")\n';
  expect((await fieldOf(`${source}  x: int32 = b -> fill(0)`, 'int32')).values).toEqual([0, 3, 5]);
  write('names.csv', 'Sepal Length,test\n1.5,3\n2.5,4\n');
  const named = await fieldOf(
    '  source: csv("names.csv")\n  x: float32[2] = stack(column("Sepal Length"), column("test"))',
    'float32[2]',
  );
  expect(named.values).toEqual([1.5, 3, 2.5, 4]);
});

test('JSON lines', async () => {
  write('rows.jsonl', '{"v":[1,2],"a":3,"t":true,"s":"x"}\n{"v":[3,4.5],"t":false,"s":null}\n');
  const source = '  source: jsonl("rows.jsonl")\n';
  expect((await fieldOf(`${source}  x: float32[2] = v`, 'float32[2]')).values).toEqual([1, 2, 3, 4.5]);
  expect((await fieldOf(`${source}  x: float32 = a -> fill(mean)`, 'float32')).values).toEqual([3, 3]);
  expect((await fieldOf(`${source}  x: float32 = t`, 'float32')).values).toEqual([1, 0]);
  expect((await fieldOf(`${source}  x: int32 = s -> Index`, 'int32')).values).toEqual([1, 0]);
  write('broken.jsonl', '{"a":1}\nnothing\n{"a":2}\n');
  await expect(fieldOf('  source: jsonl("broken.jsonl")\n  x: float32 = a', 'float32')).rejects.toThrow(
    'Line 2 of "broken.jsonl" is no JSON object: nothing.',
  );
});

test('NumPy arrays', async () => {
  write('a.npy', npy('<f8', '(2, 2)', new Float64Array([1, 2, 3, 4.5]).buffer));
  write('b.npy', npy('<i8', '(2,)', new BigInt64Array([7n, -1n]).buffer));
  const source = '  source: npy(a: "a.npy", b: "b.npy")\n';
  expect((await fieldOf(`${source}  x: float32[2] = a`, 'float32[2]')).values).toEqual([1, 2, 3, 4.5]);
  expect((await fieldOf(`${source}  x: float32 = b`, 'float32')).values).toEqual([7, -1]);
  write('short.npy', npy('<i4', '(3,)', new Int32Array([1, 2]).buffer));
  await expect(fieldOf('  source: npy(a: "short.npy")\n  x: float32 = a', 'float32')).rejects.toThrow(Failure);
  write('wide.npy', npy('<i8', '(1,)', new BigInt64Array([2n ** 40n]).buffer));
  await expect(fieldOf('  source: npy(a: "wide.npy")\n  x: float32 = a', 'float32')).rejects.toThrow(
    'does not fit into int32',
  );
});
