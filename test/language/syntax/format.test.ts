/** The formatter: one style, nothing lost, a second time changes nothing. */
import { expect, test } from 'vitest';
import { format } from '../../../language/index.ts';
import { examplePrograms } from './examples.ts';
import { halfTyped, more } from './half-typed.ts';

test.each(examplePrograms())('%s is in the style already', (_, text) => {
  expect(format(text)).toBe(text);
});

test('spaces and indentation', () => {
  const ugly = `import A from "a"
import B from "b"
model  X( n:int=3 ){
input x:float32[ n,n ]   # trailing
  # inner
 y = x->Conv2D( 32,( 3,3 ),padding:same )->relu
-> Flatten
  # next
    -> Dense(
3,
   relu
   )
 z = if n==3{x}else{ - y }
 w = x[..by 2, 1 .. -1,... ] % 3 - -1
 (a,b:[3])=x->F{i=>G(2**i)}


 q = "a"  ;r=not a

output w ** -2
}
train X on Y {loss:mse(a,b),epochs:3}`;
  expect(format(ugly)).toBe(`import A from "a"
import B from "b"

model X(n: int = 3) {
  input x: float32[n, n]  # trailing
  # inner
  y = x -> Conv2D(32, (3, 3), padding: same) -> relu
    -> Flatten
    # next
    -> Dense(
      3,
      relu
    )
  z = if n == 3 { x } else { -y }
  w = x[.. by 2, 1..-1, ...] % 3 - -1
  (a, b: [3]) = x -> F { i => G(2 ** i) }

  q = "a"; r = not a

  output w ** -2
}

train X on Y { loss: mse(a, b), epochs: 3 }
`);
});

test('a range after a comma keeps its distance, as every item of an index does', () => {
  const text = 'block A {\n  input x: [n, m]\n  output x[.., ..-1] + x[0.., ..]\n}\n';
  expect(format(text)).toBe(text);
  expect(format(text.replace(', ..-1', ',..-1').replace('0.., ..', '0 .. ,..'))).toBe(text);
});

test('line ends of Windows are kept', () => {
  expect(format('model A {\r\ninput x:[3]\r\n}\r\n')).toBe('model A {\r\n  input x: [3]\r\n}\r\n');
});

test.each(Object.entries({ ...halfTyped, ...more }))('half-typed code loses nothing: %s', (_, text) => {
  const once = format(text);
  expect(once.replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
  expect(format(once)).toBe(once);
});

test('an empty file stays empty', () => {
  expect(format('')).toBe('');
  expect(format('\n\n')).toBe('');
  expect(format('# only this')).toBe('# only this\n');
});
