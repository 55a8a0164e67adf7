/** What rules refuse and remark, as people read it; and that no rule ever throws, whatever it is given. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type {
  CheckedSettings,
  CheckedValue,
  Entry,
  InputDef,
  Refusal,
  RuleInputs,
  SettingDef,
} from '../../../language/catalog/entry.ts';
import { entries } from '../../../language/catalog/index.ts';
import type { Settings } from '../../../language/index.ts';
import { messages, render } from '../../../language/messages/render.ts';
import { constant, known, multiply, symbol, unknown } from '../../../language/shapes/dim.ts';
import { printShape, type TensorType, tensor } from '../../../language/shapes/type.ts';
import type { DTypeName } from '../../../language/syntax/tree.ts';
import { type Given, type Numbers, refusalOf, rule, ruleContext } from './apply.ts';

const of = (shape: readonly number[], dtype: DTypeName = 'float32', facts: Numbers['facts'] = {}): Numbers => ({
  shape,
  data: [],
  dtype,
  facts,
});
const refused = (key: string, given: Given, settings: Settings = {}) => render(refusalOf(key, given, settings).message);
const fixes = (key: string, given: Given, settings: Settings = {}) =>
  refusalOf(key, given, settings).fixes.map((fix) => render(fix.title));

test('shapes that do not fit', () => {
  expect(refused('operator/+', { a: of([28, 28, 32]), b: of([26, 26, 32]) })).toBe(
    '`+` needs equal shapes, but the first axes differ: 28 on the left, 26 on the right ([28, 28, 32] and [26, 26, 32]).',
  );
  expect(refused('model/Conv2D', { x: of([1, 4, 8]) }, { filters: 4 })).toBe(
    'A window of 3 does not fit into height 1.',
  );
  expect(fixes('model/Conv2D', { x: of([1, 4, 8]) }, { filters: 4 })).toEqual(['Set `padding: same`']);
  expect(refused('model/LSTM', { x: of([26, 26, 32]) }, { units: 4 })).toBe(
    '`LSTM` needs a sequence `[time, features]`, but gets [26, 26, 32], which has 3 axes.',
  );
  expect(fixes('model/LSTM', { x: of([26, 26, 32]) }, { units: 4 })).toEqual(['Put `reshape([26, 832])` in front']);
  expect(refused('model/Conv2D', { x: of([28, 28]) }, { filters: 4 })).toBe(
    '`Conv2D` needs an image `[height, width, channels]`, but gets [28, 28], which has 2 axes.',
  );
  expect(fixes('model/Conv2D', { x: of([28, 28]) }, { filters: 4 })).toEqual(['Put `expand` in front']);
  expect(refused('model/reshape', { x: of([3136]) }, { shape: [7, 7, 63] })).toBe(
    '[3136] has 3136 numbers, but [7, 7, 63] has 3087.',
  );
  expect(refused('model/concat', { x: [of([13, 12, 4]), of([12, 12, 4])] }, { axis: 2 })).toBe(
    '`concat` along axis 2 needs all other axes equal, but axis 0 is 13 and 12.',
  );
  expect(refused('operator/@', { a: of([2, 3]), b: of([4, 5]) })).toBe(
    '`@` needs as many columns on the left as rows on the right: [2, 3] has 3, [4, 5] has 4.',
  );
  expect(refused('model/squeeze', { x: of([3, 2]) })).toBe(
    '`squeeze` takes away axes of size 1, but axis 1 of [3, 2] is 2.',
  );
  expect(refused('model/mean', { x: of([3, 2]) }, { axis: 2 })).toBe(
    '`mean` has no axis 2: [3, 2] has the axes 0 to 1 (or −2 to −1).',
  );
  expect(refused('model/index', { x: of([3]) }, { items: [3] })).toBe(
    'There is no place 3 on axis 0: it is 3 long, so places run from 0 to 2.',
  );
  expect(refused('model/Attention', { x: of([5, 65]) }, { heads: 8 })).toBe(
    '`Attention` shares the width among its heads: 65 % 8 is 1.',
  );
  expect(fixes('model/Attention', { x: of([5, 65]) }, { heads: 8 })).toEqual(['Set `heads: 5`']);
  expect(refused('model/Conv2D', { x: of([8, 8, 6]) }, { filters: 8, groups: 4 })).toBe(
    '`groups` of `Conv2D` must divide the channels of the image: 6 % 4 is 2.',
  );
  expect(refused('model/reshape', { x: of([4]) }, { shape: [-1, 2] })).toBe(
    'A size in `shape` of `reshape` must be at least 1, but one is −1: write the size itself (names and arithmetic are fine).',
  );
  expect(refused('model/split', { x: of([7]) }, { parts: [1001] })).toBe(
    '`split` makes at most 1000 parts, but 1001 are asked for.',
  );
  expect(refused('model/split', { x: of([7]) }, { parts: [2] })).toBe(
    '`split` needs equal parts: 7 along axis 0 does not divide by 2 (1 left over).',
  );
});

test('element types that do not fit', () => {
  expect(refused('model/Embedding', { x: of([28]) }, { size: 3, width: 2 })).toBe(
    '`Embedding` looks up whole numbers (int32), but gets float32[28].',
  );
  expect(refused('model/Dense', { x: of([28], 'uint8') }, { units: 2 })).toContain('scale(0..255, 0..1)');
  expect(fixes('model/Dense', { x: of([28], 'uint8') }, { units: 2 })).toEqual(['Put `scale(0..255, 0..1)` in front']);
  expect(refused('model/Dense', { x: of([28], 'int32') }, { units: 2 })).toContain('`Embedding`');
  expect(refused('operator/*', { a: of([2]), b: of([2], 'int32') })).toContain(
    'does not mix whole and decimal numbers',
  );
  expect(refused('operator/+', { a: of([2], 'uint8'), b: of([2]) })).toContain('raw bytes');
  expect(refused('operator/and', { a: of([2]), b: of([2], 'bool') })).toContain('needs true and false');
  expect(refused('operator/<', { a: of([2], 'bool'), b: of([2], 'bool') })).toContain('compares like with like');
});

test('whole numbers written in the program fit decimal ones; whole numbers stay whole but for /', () => {
  const dtype = (key: string, a: Numbers, b: Numbers) => (rule(key, { a, b }) as readonly TensorType[])[0]!.dtype;
  const two = of([], 'int32', { literal: true });
  expect(dtype('operator/*', of([2]), two)).toBe('float32');
  expect(dtype('operator/*', of([2], 'int32'), two)).toBe('int32');
  expect(dtype('operator//', of([2], 'int32'), two)).toBe('float32');
  expect(dtype('operator/==', of([2], 'int32'), two)).toBe('bool');
  expect(dtype('operator/>', of([2]), two)).toBe('bool');
});

test('a missing axis in a sum draws a hint; weights, products and single numbers draw none', () => {
  const remarks = (key: string, a: Numbers, b: Numbers) => {
    const found: Refusal[] = [];
    rule(key, { a, b }, {}, found);
    return found.map((one) => one.refused);
  };
  const map = of([4, 4, 3]);
  expect(remarks('operator/+', map, of([3]))).toEqual(['shape/stretched']);
  expect(remarks('operator/*', map, of([3]))).toEqual([]);
  expect(remarks('operator/+', map, { ...of([3]), constant: true })).toEqual([]);
  expect(remarks('operator/-', map, of([]))).toEqual([]);
  expect(remarks('operator/-', map, of([1, 1, 3]))).toEqual([]);
});

test('sizes say where they come from', () => {
  const whys = (key: string, x: Numbers, settings: Settings) =>
    (rule(key, { x }, settings) as readonly TensorType[])[0]!.shape!.map((dim) => dim.why && render(dim.why.text));
  expect(whys('model/Conv2D', of([28, 28, 1]), { filters: 32 })).toEqual([
    '26 = 28 − 3 + 1 (window 3, padding: valid)',
    '26 = 28 − 3 + 1 (window 3, padding: valid)',
    '32 = `filters` of `Conv2D`',
  ]);
  expect(whys('model/MaxPool2D', of([3, 4, 1]), {}).slice(0, 1)).toEqual([
    '1 = (3 − 2) // 2 + 1 (window 2, stride 2, padding: valid)',
  ]);
  expect(whys('model/Conv2D', of([28, 28, 1]), { filters: 1, padding: 'same' })[0]).toBe(
    '28 = 28 divided by stride 1, rounded up (padding: same)',
  );
  expect(whys('model/Conv2D', of([28, 28, 1]), { filters: 1, padding: 1, dilation: 2 })[0]).toBe(
    '26 = 28 + 1 + 1 − 5 + 1 (window 3, dilation 2, padding: 1)',
  );
});

test('symbolic sizes: what holds for all of them is said, the rest is let through', () => {
  const [h, w, c] = ['H', 'W', 'C'].map((name) => symbol(name));
  const x = tensor('float32', [h!, w!, c!]);
  const conv = entries.find((entry) => entry.name === 'Conv2D');
  if (conv?.kind !== 'operation') throw new Error('no Conv2D');
  const settings = {
    filters: known(8),
    kernel: 3,
    stride: symbol('stride'),
    padding: 'same',
    dilation: 1,
    groups: 1,
    bias: true,
    activation: null,
  };
  const found = conv.result({ x } as RuleInputs, settings, ruleContext()) as readonly TensorType[];
  expect(printShape(found[0]!.shape)).toBe('[(H − 1) // stride + 1, (W − 1) // stride + 1, 8]');
  const weights = conv.weights?.({ x } as RuleInputs, settings);
  expect(constant(weights!.kernel!.shape[0]!)).toBe(3);
});

// ---- nothing throws

const dtypes: readonly (DTypeName | undefined)[] = ['float32', 'int32', 'uint8', 'bool', 'string', undefined];
const dim = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((n) => known(n)),
  fc.constantFrom('H', 'T').map((name) => symbol(name)),
  fc.constant(unknown),
  fc.constant(multiply(known(2), symbol('H'))),
);
const anyType = fc
  .record({
    dtype: fc.constantFrom(...dtypes),
    shape: fc.option(fc.array(dim, { maxLength: 4 }), { nil: undefined }),
    perExample: fc.boolean(),
    facts: fc.constantFrom(
      {},
      { mark: 'softmax' as const },
      { padded: true },
      { literal: true as const },
      { range: [0, 12] as const },
    ),
  })
  .map((type): TensorType => type);

function anySetting(def: SettingDef): fc.Arbitrary<CheckedValue | undefined> {
  const size = fc.oneof(
    dim,
    fc.integer({ min: -3, max: 9 }).map((n) => known(n)),
  );
  const list = fc.array(size, { maxLength: 4 });
  const { type } = def;
  const fitting = ((): fc.Arbitrary<CheckedValue | undefined> => {
    switch (type.kind) {
      case 'integer':
        return size;
      case 'number':
      case 'rate':
        return fc.double({ noNaN: true });
      case 'flag':
        return fc.boolean();
      case 'word':
        return fc.constantFrom(...type.words);
      case 'text':
      case 'metric':
      case 'literal':
        return fc.constant('text');
      case 'pair':
        return fc.array(size, { minLength: type.count, maxLength: type.count });
      case 'padding':
        return fc.oneof(
          fc.constantFrom('valid', 'same'),
          size,
          fc.array(fc.tuple(size, size), { minLength: type.count, maxLength: type.count }),
        );
      case 'axis':
        return fc.oneof(fc.integer({ min: -5, max: 5 }), list);
      case 'shape':
        return list;
      case 'numbers':
      case 'range':
        return fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 2 });
      case 'names':
      case 'layers':
        return fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 });
      case 'items':
        return fc.array(fc.oneof(size, fc.constant('...'), fc.tuple(fc.option(size), fc.option(size), size)), {
          maxLength: 5,
        });
      case 'activation':
        return fc.constantFrom(null, { call: 'model/softmax', settings: {} });
      case 'initialiser':
        return fc.constant({ call: 'initialiser/zeros', settings: {} });
    }
  })();
  const standard = fc.constant(def.default as CheckedValue | undefined);
  return fc.oneof(
    { weight: 5, arbitrary: fitting },
    { weight: 2, arbitrary: standard },
    fc.constant(undefined),
    fc.constant(unknown),
  );
}

function anyInputs(inputs: readonly InputDef[]): fc.Arbitrary<RuleInputs> {
  const parts: Record<string, fc.Arbitrary<unknown>> = {};
  for (const input of inputs) {
    if (input.many !== undefined) parts.list = fc.array(anyType, { minLength: 1, maxLength: 3 });
    else
      for (const name of input.parts ?? [input.name])
        parts[name] = input.optional ? fc.option(anyType, { nil: undefined }) : anyType;
  }
  return fc.record(parts) as unknown as fc.Arbitrary<RuleInputs>;
}

type Ruled = Extract<Entry, { kind: 'operation' | 'metric' | 'transform' }>;
const ruled = entries.filter((entry): entry is Ruled => 'result' in entry);

test('no rule throws, and whatever is refused has a text and names its own settings and inputs', () => {
  for (const entry of ruled) {
    const settings = fc.record(
      Object.fromEntries(Object.entries(entry.settings).map(([name, def]) => [name, anySetting(def)])),
    );
    fc.assert(
      fc.property(anyInputs(entry.inputs), settings, fc.boolean(), (inputs, given, inData) => {
        const remarks: Refusal[] = [];
        const checked = given as CheckedSettings;
        const found = entry.result(inputs, checked, ruleContext(remarks, inData));
        for (const one of 'refused' in found ? [found, ...remarks] : remarks) readable(entry, one);
        if ('refused' in found) return;
        if (entry.kind === 'operation') entry.weights?.(inputs, checked);
      }),
      { numRuns: 120, seed: 11 },
    );
  }
});

function readable(entry: Ruled, refusal: Refusal): void {
  expect(messages[refusal.message.key], `${entry.name}: ${refusal.message.key}`).toBeDefined();
  const text = render(refusal.message);
  expect(text, `${entry.name}: ${text}`).not.toMatch(/undefined|NaN|\[object/u);
  for (const fix of refusal.fixes) expect(render(fix.title)).not.toMatch(/undefined|^fix\//u);
  const { at } = refusal;
  if (at.part === 'setting') expect(Object.keys(entry.settings), entry.name).toContain(at.name);
  if (at.part === 'input')
    expect(
      entry.inputs.map((input) => input.name),
      entry.name,
    ).toContain(at.name);
}
