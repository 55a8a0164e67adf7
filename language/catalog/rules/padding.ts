/** Rows that are padded to one length: what reads them without a mask reads the padding too. */
import type { TensorType } from '../../shapes/type.ts';
import { flagOf } from '../checked.ts';
import type { CheckedSettings, RuleContext, RuleInputs } from '../entry.ts';
import { remark } from '../refuse.ts';

/** A warning where a layer that takes a mask gets none. */
export function warnPadding(
  callee: string,
  setting: string,
  x: TensorType,
  inputs: RuleInputs,
  context: RuleContext,
): void {
  if (!x.facts.padded || inputs[setting] !== undefined) return;
  context.remark(remark('warning', 'data/padding-without-mask', { callee, setting }));
}

/**
 * The same for a layer that walks along a sequence. Read forwards, with an output for each step, what is real comes before the
 * padding and does not depend on it: a model of letters or words needs no mask, only a loss that says `where`.
 */
export function warnWalkPadding(
  callee: string,
  x: TensorType,
  inputs: RuleInputs,
  settings: CheckedSettings,
  context: RuleContext,
): void {
  const forwards = flagOf(settings, 'sequences') && !flagOf(settings, 'backwards') && !flagOf(settings, 'state');
  if (!forwards) warnPadding(callee, 'mask', x, inputs, context);
}

/** A hint where rows and their padding are laid out together. */
export function hintPadding(callee: string, x: TensorType, context: RuleContext): void {
  if (x.facts.padded) context.remark(remark('hint', 'data/padding-laid-out', { callee }));
}
