/** The type and weights of `Attention`: heads that share the width, masks, and the memory that is looked at. */
import { differ } from '../../shapes/assume.ts';
import { agree, broadcast } from '../../shapes/broadcast.ts';
import { constant, type Dim, divideExactly, known, modulo, multiply, printDim, unknown } from '../../shapes/dim.ts';
import { printShape, printType } from '../../shapes/type.ts';
import { dimOf, flagOf, isNone } from '../checked.ts';
import type { CheckedSettings, Refusal, RuleContext, RuleInputs, RuleResult, WeightDef } from '../entry.ts';
import { atInput, atSetting, refuse, setTo } from '../refuse.ts';
import { refuseOdd } from './rotary.ts';
import { sized } from './sizes.ts';
import { made, needBool, needFloat, typeOf } from './types.ts';
import { startOf, trained } from './weights.ts';

/** Names of the values of `mask: (a, b, c)`. */
export const maskParts: readonly string[] = ['mask', 'mask2', 'mask3'];

export function attentionType(inputs: RuleInputs, settings: CheckedSettings, context: RuleContext): RuleResult {
  const x = typeOf(inputs, 'x');
  const refused =
    needFloat('Attention', x) ??
    needPlaces(inputs, 'x') ??
    refuseMemory(inputs) ??
    refuseHeads(x.shape?.at(-1), settings) ??
    refuseKeyHeads(settings) ??
    refuseTurn(x.shape?.at(-1), settings) ??
    refuseMasks(inputs) ??
    refuseScoreBias(inputs, settings);
  if (refused) return refused;
  if (!x.shape) return [made('float32', undefined, [x])];
  const width = isNone(settings, 'width')
    ? (x.shape.at(-1) ?? unknown)
    : sized(context, dimOf(settings, 'width'), 'width', 'Attention');
  const facts = x.facts.padded ? { padded: true } : {};
  return [made('float32', [...x.shape.slice(0, -1), width], [x, ...memoryOf(inputs)], facts)];
}

/** Four projections, each with kernel and bias. */
export function attentionWeights(
  settings: CheckedSettings,
  size: { readonly x: Dim; readonly memory: Dim; readonly width: Dim },
): Readonly<Record<string, WeightDef>> {
  const all = innerWidth(size.x, settings, 'heads');
  const shared = isNone(settings, 'keyHeads') ? all : innerWidth(size.x, settings, 'keyHeads');
  const shapes: readonly (readonly [string, Dim, Dim])[] = [
    ['query', size.x, all],
    ['key', size.memory, shared],
    ['value', size.memory, shared],
    ['output', all, size.width],
  ];
  const start = startOf(settings, 'init', 'glorotUniform');
  const weights: Record<string, WeightDef> = {};
  for (const [name, from, to] of shapes) {
    weights[`${name}/kernel`] = trained([from, to], start);
    if (flagOf(settings, 'bias')) weights[`${name}/bias`] = trained([to], startOf(settings, 'biasInit', 'zeros'));
  }
  return weights;
}

/** The width of so many heads together: that of the input itself where its heads share it. */
function innerWidth(width: Dim, settings: CheckedSettings, count: 'heads' | 'keyHeads'): Dim {
  if (isNone(settings, 'keyWidth') && count === 'heads') return width;
  return multiply(dimOf(settings, count), headWidth(width, settings));
}

/** The width of one head. */
function headWidth(width: Dim, settings: CheckedSettings): Dim {
  if (!isNone(settings, 'keyWidth')) return dimOf(settings, 'keyWidth');
  const each = divideExactly(width, dimOf(settings, 'heads'));
  return each === 'inexact' ? unknown : each;
}

function memoryOf(inputs: RuleInputs) {
  return inputs.memory === undefined ? [] : [typeOf(inputs, 'memory')];
}

function needPlaces(inputs: RuleInputs, name: string): Refusal | undefined {
  const { shape } = typeOf(inputs, name);
  if (!shape || shape.length >= 2) return undefined;
  const values = { callee: 'Attention', shape: printShape(shape), axes: shape.length, plural: 'axis' };
  return refuse('shape/rank', values, { variant: 'sequence', blame: shape });
}

/** The heads share the width, unless each has a width of its own. */
function refuseHeads(width: Dim | undefined, settings: CheckedSettings): Refusal | undefined {
  if (!isNone(settings, 'keyWidth') || !width) return undefined;
  const heads = dimOf(settings, 'heads');
  if (divideExactly(width, heads) !== 'inexact') {
    const rest = constant(modulo(width, heads));
    if (rest === undefined || rest === 0) return undefined;
  }
  const values = {
    callee: 'Attention',
    width: printDim(width),
    heads: printDim(heads),
    rest: printDim(modulo(width, heads)),
  };
  return refuse('shape/heads', values, { at: atSetting('heads'), blame: [width], fixes: headFixes(width, heads) });
}

/** Heads that look are shared out evenly among the key heads. */
function refuseKeyHeads(settings: CheckedSettings): Refusal | undefined {
  if (isNone(settings, 'keyHeads')) return undefined;
  const [heads, keyHeads] = [dimOf(settings, 'heads'), dimOf(settings, 'keyHeads')];
  const rest = constant(modulo(heads, keyHeads));
  if (rest === undefined || rest === 0) return undefined;
  const values = { callee: 'Attention', heads: printDim(heads), keyHeads: printDim(keyHeads) };
  return refuse('shape/key-heads', values, { at: atSetting('keyHeads'), blame: [heads, keyHeads] });
}

/** Numbers are turned in pairs. */
function refuseTurn(width: Dim | undefined, settings: CheckedSettings): Refusal | undefined {
  if (!flagOf(settings, 'rotary') || !width) return undefined;
  return refuseOdd('Attention', headWidth(width, settings), atSetting('rotary'));
}

/** The nearest number of heads that divides the width. */
function headFixes(width: Dim, heads: Dim) {
  const [w, h] = [constant(width), constant(heads)];
  if (w === undefined || h === undefined) return [];
  for (let away = 1; away < h; away++) {
    for (const other of [h - away, h + away]) {
      if (other >= 1 && w % other === 0) return [setTo('shape/heads/nearest', 'heads', String(other))];
    }
  }
  return [];
}

function refuseMemory(inputs: RuleInputs): Refusal | undefined {
  if (inputs.memory === undefined) return undefined;
  const [x, memory] = [typeOf(inputs, 'x'), typeOf(inputs, 'memory')];
  const refused = needFloat('Attention', memory, 'memory') ?? needPlaces(inputs, 'memory');
  if (refused || !x.shape || !memory.shape) return refused;
  if (agree(x.shape.slice(0, -2), memory.shape.slice(0, -2)).ok) return undefined;
  const values = { callee: 'Attention', x: printShape(x.shape), memory: printShape(memory.shape) };
  return refuse('shape/memory', values, { at: atInput('memory'), blame: [...x.shape, ...memory.shape] });
}

function refuseMasks(inputs: RuleInputs): Refusal | undefined {
  const x = typeOf(inputs, 'x').shape;
  const looked = (inputs.memory === undefined ? x : typeOf(inputs, 'memory').shape)?.at(-2);
  const time = x?.at(-2);
  for (const name of maskParts) {
    if (inputs[name] === undefined) continue;
    const mask = typeOf(inputs, name);
    const refused = needBool('Attention', mask, 'mask');
    if (refused) return refused;
    if (!x || !time || !looked || !mask.shape || maskFits(mask.shape, [...x.slice(0, -2), time, looked])) continue;
    const wanted = `bool${printShape([looked])} or bool${printShape([time, looked])} (true where it may look)`;
    const values = { callee: 'Attention', mask: printType(mask), wanted };
    return refuse('shape/mask', values, { at: atInput('mask'), blame: [...mask.shape, time, looked] });
  }
  return undefined;
}

/** `[T, S]`, `[heads, T, S]`, or that with the axes in front of the sequence. */
function refuseScoreBias(inputs: RuleInputs, settings: CheckedSettings): Refusal | undefined {
  if (inputs.scoreBias === undefined) return undefined;
  const [x, bias] = [typeOf(inputs, 'x').shape, typeOf(inputs, 'scoreBias')];
  const refused = needFloat('Attention', bias, 'scoreBias');
  const looked = (inputs.memory === undefined ? x : typeOf(inputs, 'memory').shape)?.at(-2);
  const time = x?.at(-2);
  if (refused || !x || !time || !looked || !bias.shape) return refused;
  const wanted = [dimOf(settings, 'heads'), time, looked];
  const scores = [...x.slice(0, -2), ...wanted];
  const { length } = bias.shape;
  if (length >= 2 && length <= scores.length && broadcast(bias.shape, scores.slice(-length)).ok) {
    if (agree(bias.shape.slice(-2), [time, looked]).ok) return undefined;
  }
  const values = { callee: 'Attention', bias: printType(bias), wanted: printShape(wanted) };
  return refuse('shape/score-bias', values, { at: atInput('scoreBias'), blame: [...bias.shape, time, looked] });
}

/** A mask fits where it agrees with the last axes of the scores and stretches over the rest. */
function maskFits(mask: readonly Dim[], scores: readonly Dim[]): boolean {
  if (mask.length === 0 || mask.length > scores.length) return false;
  const last = scores.at(-1) ?? unknown;
  if (differ(mask.at(-1) ?? unknown, last)) return false;
  return mask.every((dim, index) => {
    const other = scores[scores.length - mask.length + index] ?? known(1);
    return (
      broadcast([dim], [other]).ok && (constant(other) !== 1 || constant(dim) === 1 || constant(dim) === undefined)
    );
  });
}
