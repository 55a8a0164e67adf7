/** The language, rule by rule: small programs in which each is used as the reference says. Nothing is said of any of them. */
import { expect, test } from 'vitest';
import { render } from '../../../language/index.ts';
import { analyse } from './check.ts';
import { world } from './world.ts';

const programs: Readonly<Record<string, string>> = {
  'one unknown name in linear arithmetic is solved': `block Pairs { input x: [2 * N]
 output y = x -> reshape([2, N]) }
block Later { input x: [N + 1, C]
 output y = x[1..] -> reshape([N * C]) }
model M { input x: float32[10]
 input z: float32[5, 3]
 output a: [2, 5] = x -> Pairs
 output b: [12] = z -> Later }`,
  'layers with several results; `_` drops one': `model M { input x: float32[10, 8]
 (y, h, c) = x -> LSTM(4, state: true, sequences: true)
 (_, k) = x -> GRU(4, state: true)
 output a: [16] = concat(y[-1], h, c, k) }`,
  'repeat over several values': `block Two { input x: [N]
 input s: [N]
 output a = x -> Dense(N)
 output b = s + x }
model M { input x: float32[10]
 input s: float32[10]
 (p, q) = (x, s) -> repeat(3) { Two }
 output o = p + q }`,
  'repeat whose shape changes from round to round': `block Two(w: int) { input x: [N]
 input s: [K]
 output a = x -> Dense(w)
 output b = concat(s, x) }
model M { input x: float32[10]
 input s: float32[10]
 (p, q) = (x, s) -> repeat(3) { i => Two(2 ** i) }
 output o: [4] = p
 output r: [23] = q }`,
  'a layer parameter in braces, nested': `block Level(width: int, inner: layer) { input x: [H, W, C]
 down = x -> Conv2D(width, 3, padding: same) -> MaxPool2D(2)
 output down -> inner -> UpSample2D(2) -> Conv2D(C, 1) }
block Bottom { input x: [H, W, C]
 output x -> Conv2D(C, 3, relu, padding: same) }
model U { input x: float32[16, 16, 3]
 output y: [16, 16, 3] = x -> Level(8) { Level(16) { Bottom } } }`,
  'lists of sizes and numbers': `model M(sizes: [int] = [64, 32], rates: [float] = [0.1, 0.2]) { input x: float32[8]
 h = x -> repeat(len(sizes)) { i => Dense(sizes[i], relu) -> Dropout(rates[i]) }
 total = sum(sizes)
 last = sizes[-1]
 output y: [32] = h
 output z: [32] = h -> Dense(total, relu) -> Dense(last) }`,
  'words through parameters': `block Conv(filters: int, padding = same, activation = relu) { input x: [H, W, C]
 output x -> Conv2D(filters, 3, activation, padding: padding) }
model M { input x: float32[8, 8, 3]
 output y: [6, 6, 4] = x -> Conv(4, padding: valid, activation: gelu) }`,
  'variants, of variants too': `model Mixer(width: int, depth: int = 2) { input x: float32[8]
 output y = x -> Dense(width, relu) -> repeat(depth) { Dense(width, relu) } }
model S = Mixer(width: 16, depth: 3)
model T = S(depth: 4)`,
  'a unit without inputs is a value': `block Scores(w: int, heads: int) { output b = Weight([heads, w, w], zeros) }
model M { input x: float32[7, 16]
 output y = x -> Attention(2, scoreBias: Scores(7, 2)) }`,
  'outputs while training stay inside at a use': `model M { input x: float32[8]
 h = x -> Dense(4, relu)
 output y = h -> Dense(2)
 output aux = h -> Dense(2) while training }
block K { input x: [8]
 output y: [2] = x -> M }`,
  'lines break after operators and before arrows': `model M {
 input x: float32[3]
 y = x
   + x
   -> Dense(
     3
   )
 output y
 output w = x -> residual {
   Dense(3)
 }
}`,
  'inputs by arrow, by name and at once': `block Score { input user: [N]
 input item: [N]
 output sum(user * item) }
model M { input a: float32[4]
 input b: float32[4]
 output y = (a, b) -> Score
 output z = a -> Score(item: b)
 output v = (item: a, user: b) -> Score
 output u = Score(user: a, item: b) }`,
  'a promised division is exact': `block A(k: int) { input x: [N, C]
 require C % k == 0
 output y = x -> reshape([N, k, C / k]) -> reshape([N, C])
 output z = concat(x, x) -> reshape([N, k, 2 * C / k]) }`,
  'sizes as ordinary numbers': `model M(a: int = 7) { input x: float32[4]
 s = a / 2
 by = if a > 7 { 3 } else { 0 }
 output y = x * s * (1 / a) + by }`,
  'whole numbers in tensors': `model M { input t: int32[T]
 output even = t % 2 == 0
 output half: int32[T] = t // 2 + 1
 output part: float32[T] = t / 2
 output places = concat(range(T), t) }`,
  'branches of unlike shapes where sizes are open': `block S(k: int) { input x: [H, W, C]
 s = if k == 1 { x } else { x -> MaxPool2D(k) }
 output y = if H > 7 { s } else { x } }
model M { input x: float32[8, 8, 3]
 output b: [4, 4, 3] = x -> S(2) }`,
  'rows of varying length': `data Words { source: csv("nowhere.csv")
 wave: float32[T, 193] = frames
 label: int32 = word -> Index }
model M { input wave: float32[T, 193]
 output y = wave -> GRU(5) -> Dense(3) }
train M on Words { loss: crossEntropy(y, label) }`,
  'texts with parameters in them': `data D(part: string = "train", n: int = 3) {
 source: idx(images: "{part}/images-{n}", labels: "labels-\\{n")
 image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
 label: int32 = labels
}`,
};

test.each(Object.entries(programs))('%s', (_, text) => {
  const { file } = analyse(text, world);
  const said = file.problems.filter(({ severity, code }) => severity !== 'hint' && code !== 'data/missing-file');
  expect(said.map(({ severity, code, message }) => `${severity} ${code}: ${render(message)}`)).toEqual([]);
});
