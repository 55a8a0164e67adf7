/** A prediction that cannot get where the truth is: `sigmoid` against prices, `tanh` against pixels from 0 to 1. */
import type { TensorType } from '../../shapes/type.ts';
import type { RuleContext } from '../entry.ts';
import { atInput, remark } from '../refuse.ts';
import { numbersIn } from './facts.ts';

/** Warns where the truth lies outside of what the prediction can be; a hint where half of that is never needed. */
export function warnReach(callee: string, prediction: TensorType, truth: TensorType, context: RuleContext): void {
  const { values, activation } = prediction.facts;
  if (!values || activation === undefined || truth.facts.literal) return;
  const [low, high] = values;
  const shown = { callee, activation, low, high };
  const at = atInput('prediction');
  const bounds = Number.isFinite(high) ? 'between' : 'above';
  if (truth.facts.normalised) {
    const variant = `${bounds}-normalised`;
    context.remark(remark('warning', 'loss/out-of-reach', shown, { variant, at }));
    return;
  }
  const range = numbersIn(truth.facts);
  if (!range) return;
  const [least, most] = range;
  const slack = (most - least) * SLACK;
  if (least < low - slack || most > high + slack) {
    const told = { ...shown, least, most };
    context.remark(remark('warning', 'loss/out-of-reach', told, { variant: bounds, at }));
  } else if (low < 0 && least >= 0 && most > least && Number.isFinite(high)) {
    context.remark(remark('hint', 'loss/half-used', { ...shown, least, most }, { at }));
  }
}

/** Labels a hair outside (1.0001) are no reason for a warning. */
const SLACK = 0.02;

/** Warns where what should be shares from 0 to 1 (a probability for each) has other numbers. */
export function warnShares(callee: string, truth: TensorType, context: RuleContext): void {
  const at = atInput('truth');
  if (truth.facts.normalised) {
    context.remark(remark('warning', 'loss/shares', { callee }, { variant: 'normalised', at }));
    return;
  }
  const [low, high] = numbersIn(truth.facts) ?? [];
  if (low === undefined || high === undefined || (low >= -SLACK && high <= 1 + SLACK)) return;
  context.remark(remark('warning', 'loss/shares', { callee, low, high }, { at }));
}
