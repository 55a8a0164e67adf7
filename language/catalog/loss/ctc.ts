/** How surprised moments are by a text that they should spell, wherever its characters stand. */
import { constant, type Dim, known, multiply, order, printDim } from '../../shapes/dim.ts';
import { printType, type TensorType } from '../../shapes/type.ts';
import { dimOf, isNone } from '../checked.ts';
import { loss } from '../define.ts';
import type { CheckedSettings, Refusal, RuleContext, RuleInputs } from '../entry.ts';
import { input, maybeNum, optional, wordAt } from '../planned.ts';
import { atInput, atSetting, refuse, remark } from '../refuse.ts';
import { logProbabilities } from '../rules/classes.ts';
import { spell } from '../rules/ctc.ts';
import { oneNumber, reduceSetting } from '../rules/loss.ts';
import { needBool, needFloat, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const ctc = loss('ctc', {
  doc: 'Minus the log probability that moments spell a text, over all ways to do so: each moment says a character again, the next one, or nothing (the blank class). Where the characters stand need not be known. A text of L characters needs at least L moments, and one more for each character that follows its like. With `reduce: mean` it is divided by the number of characters.',
  source: 'Graves et al. (2006); PyTorch `CTCLoss` (`reduction="mean"`), Keras 3 `CTC` is `reduce: sum`',
  examples: ['ctc(moments, text)', 'ctc(moments, text, reduce: sum)'],
  inputs: [
    { name: 'scores', doc: 'Scores or probabilities `[T, classes]`, the blank class among them.', dtype: 'float32' },
    { name: 'text', doc: 'Class numbers `int32[L]`.', dtype: 'int32' },
    { name: 'where', doc: 'Which characters are real (`bool[L]`); these come first.', dtype: 'bool', optional: true },
    { name: 'moments', doc: 'Which moments are real (`bool[T]`); these come first.', dtype: 'bool', optional: true },
    { name: 'weights', doc: 'How much each example counts.', dtype: 'float32', optional: true },
  ],
  settings: {
    blank: integer('The class that means "nothing"; the last one unless said.', { min: 0, default: null, named: true }),
    reduce: reduceSetting,
  },
  result(inputs, settings, context) {
    const [scores, text] = [typeOf(inputs, 'scores'), typeOf(inputs, 'text')];
    const refused =
      refuseForms(scores, text) ??
      refuseChoices(inputs, scores, text) ??
      refuseBlank(scores, text, settings, isPadded(inputs));
    return refused ?? refuseShort(inputs, scores, text, context) ?? [oneNumber([scores, text])];
  },
  lower(b, inputs, _weights, settings) {
    const scores = input(inputs, 'scores');
    const { surprise, count } = spell(b, {
      logs: logProbabilities(b, scores),
      text: b.cast(input(inputs, 'text'), 'int32'),
      real: optional(inputs, 'where'),
      moments: optional(inputs, 'moments'),
      blank: maybeNum(settings, 'blank') ?? (scores.shape[1] ?? 1) - 1,
    });
    const each =
      wordAt(settings, 'reduce') === 'sum'
        ? surprise
        : b.binary('divide', surprise, b.binary('maximum', count, b.scalar(1)));
    const weights = optional(inputs, 'weights');
    return weights ? b.binary('multiply', each, weights) : each;
  },
});

function refuseForms(scores: TensorType, text: TensorType): Refusal | undefined {
  const refused = needFloat('ctc', scores, 'scores');
  if (refused) return refused;
  const values = { callee: 'ctc', prediction: printType(scores), truth: printType(text) };
  const wrong = text.dtype !== undefined && text.dtype !== 'int32' && text.dtype !== 'uint8';
  if (wrong || (text.shape && text.shape.length !== 1)) {
    return refuse('loss/moments', values, { at: atInput('text'), blame: text.shape ?? [] });
  }
  if (!scores.shape || scores.shape.length === 2) return undefined;
  return refuse('loss/moments', values, { at: atInput('scores') });
}

function refuseChoices(inputs: RuleInputs, scores: TensorType, text: TensorType): Refusal | undefined {
  const masks = [
    ['where', text.shape?.[0]],
    ['moments', scores.shape?.[0]],
  ] as const;
  for (const [name, size] of masks) {
    if (inputs[name] === undefined) continue;
    const type = typeOf(inputs, name);
    const refused = needBool('ctc', type, name);
    if (refused) return refused;
    const fits = !type.shape || (type.shape.length === 1 && (!size || sameSize(type.shape[0], size)));
    if (fits) continue;
    const values = { callee: 'ctc', name, type: printType(type), places: `[${size ? printDim(size) : '?'}]` };
    return refuse('loss/choice', values, { at: atInput(name), blame: type.shape ?? [] });
  }
  const { shape } = typeOf(inputs, 'weights');
  if (inputs.weights === undefined || !shape || shape.length === 0) return undefined;
  const values = { callee: 'ctc', name: 'weights', type: printType(typeOf(inputs, 'weights')), places: '[]' };
  return refuse('loss/choice', values, { at: atInput('weights'), blame: shape });
}

function sameSize(a: Dim | undefined, c: Dim): boolean {
  return a === undefined || !['less', 'greater'].includes(order(a, c));
}

/** The blank class is a class, and no character of the text. */
function refuseBlank(
  scores: TensorType,
  text: TensorType,
  settings: CheckedSettings,
  padded: boolean,
): Refusal | undefined {
  const classes = scores.shape?.[1];
  const count = classes && constant(classes);
  if (!classes || count === undefined) return undefined;
  const blank = isNone(settings, 'blank') ? count - 1 : constant(dimOf(settings, 'blank'));
  if (blank === undefined) return undefined;
  if (blank >= count) {
    const values = { callee: 'ctc', blank, classes: count, last: count - 1 };
    return refuse('loss/blank', values, { at: atSetting('blank') });
  }
  const [low, high] = text.facts.range ?? [];
  if (low === undefined || high === undefined) return undefined;
  const values = { low, high, classes: count, blank, needed: high + 2 };
  const few = high >= count || (high === count - 1 && blank === high);
  if (few) return refuse('loss/no-blank', values, { at: atInput('scores') });
  // Padding may have the blank's number.
  if (padded || blank < low || blank > high) return undefined;
  return refuse('loss/no-blank', values, { variant: 'taken', at: atInput('scores') });
}

/** Padded texts are mostly shorter than their field. */
function isPadded(inputs: RuleInputs): boolean {
  return inputs.where !== undefined || typeOf(inputs, 'text').facts.padded === true;
}

/** Fewer moments than characters can spell no text; with characters twice in a row it takes nearly twice as many. */
function refuseShort(
  inputs: RuleInputs,
  scores: TensorType,
  text: TensorType,
  context: RuleContext,
): Refusal | undefined {
  const [time, length] = [scores.shape?.[0], text.shape?.[0]];
  if (!time || !length) return undefined;
  const values = { time: printDim(time), length: printDim(length), safe: printDim(multiply(length, known(2))) };
  // Without blame: a layer that works on each moment alone is as it should be here.
  const details = { at: atInput('scores') };
  const padded = isPadded(inputs);
  const never = order(time, length) === 'less';
  if (never && !padded) return refuse('loss/short', values, details);
  if (never) context.remark(remark('warning', 'loss/short', values, { ...details, variant: 'padded' }));
  else if (!padded && order(time, multiply(length, known(2))) === 'less') {
    context.remark(remark('warning', 'loss/short', values, { ...details, variant: 'repeats' }));
  }
  return undefined;
}
