/** A softmax over one number, which is 1 whatever the number is: meant was `sigmoid`, or another axis. */
import { constant, type Dim } from '../../shapes/dim.ts';
import { type Facts, noFacts } from '../../shapes/type.ts';
import { callOf, numberOf } from '../checked.ts';
import type { CheckedSettings, FixIdea, Refusal, RuleContext } from '../entry.ts';
import { atSetting, remark, setTo } from '../refuse.ts';
import { markedBy } from './types.ts';

/** Warns where `size`, along which a softmax runs, is 1. True: it is. */
export function warnSingle(
  size: Dim | undefined,
  context: RuleContext,
  at: Refusal['at'],
  fixes: readonly FixIdea[],
): boolean {
  if (!size || constant(size) !== 1) return false;
  context.remark(remark('warning', 'shape/softmax-of-one', {}, { at, fixes }));
  return true;
}

/** What a layer's activation makes of its result, whose last axis is `size` long. A softmax of one marks nothing: one mistake, one message. */
export function activatedBy(settings: CheckedSettings, size: Dim, context: RuleContext): Facts {
  const activation = callOf(settings, 'activation');
  const along = activation && numberOf(activation.settings, 'axis');
  const fixes = [setTo('shape/softmax-of-one/sigmoid', 'activation', 'sigmoid')];
  const last = activation?.call === 'model/softmax' && along === -1;
  return last && warnSingle(size, context, atSetting('activation'), fixes) ? noFacts : markedBy(activation);
}
