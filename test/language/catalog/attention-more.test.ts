/** Shared key heads, rotary places, biases of the scores: against Keras and PyTorch, and what is refused. */
import { expect, test } from 'vitest';
import { apply, type Numbers, numbers, refusalOf, shapesOf, slope, weightShapes } from './apply.ts';
import { type Asked, askReference, batched, closeTo, missingReference } from './reference.ts';

const [time, width] = [5, 12];
const x: Numbers = { shape: [time, width], data: numbers(2 * time * width, 3) };
const memory: Numbers = { shape: [3, 7], data: numbers(42, 5) };
const real: Numbers = { shape: [time], data: [1, 1, 0, 1, 1, 1, 0, 1, 1, 0], dtype: 'bool' };
const bias = (heads: number): Numbers => ({
  shape: [heads, time, time],
  data: numbers(heads * time * time, 9),
  constant: true,
});

/** One formula for all: heads apart, scores with bias and mask, softmax, together again. */
const formula = (lines: { readonly rotary?: boolean; readonly mask?: string; readonly bias?: boolean }) => `
def apart(value, kernel, shift, heads):
    y = value @ kernel + shift
    return y.reshape(*y.shape[:-1], heads, -1).transpose(-2, -3)
def turn(y):
    half = y.shape[-1] // 2
    angle = torch.arange(y.shape[-2])[:, None] / 10000 ** (torch.arange(half) / half)
    a, b = y[..., :half], y[..., half:]
    return torch.cat([a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin()], -1)
q, k, v = apart(x, qk, qb, heads), apart(memory, kk, kb, shared), apart(memory, vk, vb, shared)
${lines.rotary ? 'q, k = turn(q), turn(k)' : ''}
k, v = k.repeat_interleave(heads // shared, -3), v.repeat_interleave(heads // shared, -3)
scores = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
${lines.bias ? 'scores = scores + bias' : ''}
${lines.mask ?? ''}
mixed = (torch.softmax(scores, -1) @ v).transpose(-2, -3)
result = (mixed.reshape(*mixed.shape[:-2], -1) @ ok + ob) * slope`;

interface Case {
  readonly what: string;
  readonly settings: Readonly<Record<string, never>> | Record<string, unknown>;
  readonly given?: Readonly<Record<string, Numbers>>;
  readonly lines?: Parameters<typeof formula>[0];
}

const causal = 'scores = scores.masked_fill(torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1), -1e9)';
const cases: readonly Case[] = [
  { what: 'key heads', settings: { heads: 6, keyHeads: 2 } },
  { what: 'one key head', settings: { heads: 4, keyHeads: 1, keyWidth: 5 } },
  { what: 'rotary', settings: { heads: 3, rotary: true }, lines: { rotary: true } },
  {
    what: 'rotary, key heads, causal',
    settings: { heads: 6, keyHeads: 3, rotary: true, mask: ['causal'] },
    lines: { rotary: true, mask: causal },
  },
  { what: 'a bias of the scores', settings: { heads: 2 }, given: { scoreBias: bias(2) }, lines: { bias: true } },
  {
    what: 'a bias and a mask of real places',
    settings: { heads: 4, keyHeads: 2, mask: ['causal'] },
    given: { scoreBias: bias(4), mask: real },
    lines: { bias: true, mask: `${causal}\nscores = scores.masked_fill(~mask[:, None, None, :], -1e9)` },
  },
  { what: 'memory', settings: { heads: 6, keyHeads: 2, rotary: true }, given: { memory }, lines: { rotary: true } },
];

test('values and gradients of all forms', (context) => {
  if (missingReference !== undefined) context.skip(missingReference);
  const ours = cases.map(({ settings, given }) =>
    apply('model/Attention', { x, ...given }, { settings: settings as never }),
  );
  const answers = askReference(
    cases.map(({ settings, given, lines }, i): Asked => {
      const weights = weightShapes('model/Attention', { x, ...given }, settings as never);
      const named = Object.fromEntries(
        Object.entries(weights).map(([name, shape]) => [
          `${name[0]}${name.endsWith('kernel') ? 'k' : 'b'}`,
          { shape, data: ours[i]!.weights[`Test/${name}`]! },
        ]),
      );
      const heads = Number(settings.heads);
      const more = Object.entries(given ?? {}).map(([name, value]) => [
        name === 'scoreBias' ? 'bias' : name,
        value.constant ? value : batched(value),
      ]);
      const slopes = { shape: [time, width], data: slope(time * width) };
      const head = `heads, shared = ${heads}, ${Number(settings.keyHeads ?? heads)}\n`;
      const looked = given?.memory ? '' : 'memory = x\n';
      return {
        code: `${head}${looked}${formula(lines ?? {})}`,
        given: { x: batched(x), ...named, ...Object.fromEntries(more), slope: slopes },
        slopes: Object.keys(named),
      };
    }),
  );
  cases.forEach(({ what }, i) => {
    const flat = slope(time * width);
    closeTo(
      ours[i]!.outputs[0]!.map((value, k) => value * flat[k % flat.length]!),
      answers[i]!.value,
      what,
    );
    for (const [name, gradient] of Object.entries(ours[i]!.gradients)) {
      if (name.startsWith('in/')) continue;
      const short = `${name[0]}${name.endsWith('kernel') ? 'k' : 'b'}`;
      // Ours is of the mean over the two examples.
      closeTo(
        gradient.map((value) => value * 2),
        answers[i]!.slopes[short]!,
        `${what}: ${name}`,
      );
    }
  });
});

test('key heads as Keras’ GroupedQueryAttention', (context) => {
  if (missingReference !== undefined) context.skip(missingReference);
  const ran = apply('model/Attention', { x }, { settings: { heads: 6, keyHeads: 2 } });
  const shapes = weightShapes('model/Attention', { x }, { heads: 6, keyHeads: 2 });
  const given = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name.replace('/', '_'),
      { shape, data: ran.weights[`Test/${name}`]! },
    ]),
  );
  const [answer] = askReference([
    {
      code: `
layer = keras.layers.GroupQueryAttention(head_dim=2, num_query_heads=6, num_key_value_heads=2)
n = lambda t: t.detach().numpy()
value = n(x)
layer.build(value.shape, value.shape)
layer.set_weights([
  n(query_kernel).reshape(12, 6, 2), n(query_bias).reshape(6, 2), n(key_kernel).reshape(12, 2, 2), n(key_bias).reshape(2, 2),
  n(value_kernel).reshape(12, 2, 2), n(value_bias).reshape(2, 2), n(output_kernel).reshape(6, 2, 12), n(output_bias)])
result = keras.ops.convert_to_numpy(layer(value, value))`,
      given: { x: batched(x), ...given },
    },
  ]);
  closeTo(ran.outputs[0]!, answer!.value, 'GroupQueryAttention');
});

test('Rotary turns pairs; products depend on the distance alone', () => {
  const ran = apply('model/Rotary', { x });
  const rows = (data: readonly number[]) =>
    Array.from({ length: 2 * time }, (_, i) => data.slice(i * width, (i + 1) * width));
  const [before, after] = [rows(x.data), rows(ran.outputs[0]!)];
  before.forEach((row, i) => {
    expect(Math.hypot(...after[i]!)).toBeCloseTo(Math.hypot(...row), 9);
    const angle = (i % time) / 10000 ** (2 / width);
    expect(after[i]![1]).toBeCloseTo(row[1]! * Math.cos(angle) - row[7]! * Math.sin(angle), 9);
  });
  const same: Numbers = { shape: [4, 6], data: Array.from({ length: 8 }, () => numbers(6, 7)).flat() };
  const turned = apply('model/Rotary', { x: same }).outputs[0]!;
  const dot = (a: number, b: number) =>
    [0, 1, 2, 3, 4, 5].reduce((sum, k) => sum + turned[a * 6 + k]! * turned[b * 6 + k]!, 0);
  expect(dot(0, 2)).toBeCloseTo(dot(1, 3), 9);
  expect(dot(0, 2)).not.toBeCloseTo(dot(0, 3), 3);
});

test('sizes and refusals', () => {
  const settings = { heads: 4, keyHeads: 2, bias: false };
  expect(weightShapes('model/Attention', { x: { shape: [5, 8], data: [] } }, settings)).toEqual({
    'query/kernel': [8, 8],
    'key/kernel': [8, 4],
    'value/kernel': [8, 4],
    'output/kernel': [8, 8],
  });
  expect(shapesOf('model/Attention', { x: { shape: [3, 5, 8], data: [] } }, settings)).toEqual([[3, 5, 8]]);
  const refused = (given: Record<string, Numbers>, more: Record<string, never> | Record<string, unknown>) =>
    refusalOf('model/Attention', given, more as never).message.key;
  expect(refused({ x }, { heads: 4, keyHeads: 3 })).toBe('shape/key-heads');
  expect(refused({ x }, { heads: 4, rotary: true })).toBe('shape/odd');
  expect(refused({ x, scoreBias: { shape: [3, 5, 5], data: [] } }, { heads: 4 })).toBe('shape/score-bias');
  expect(refused({ x, scoreBias: { shape: [4, 5, 1], data: [] } }, { heads: 4 })).toBe('shape/score-bias');
  expect(refusalOf('model/Rotary', { x: { shape: [4, 5], data: [] } }).message.key).toBe('shape/odd');
});
