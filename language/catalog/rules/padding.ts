/** Rows that are padded to one length: what reads them without a mask reads the padding too. */
import type { TensorType } from '../../shapes/type.ts';
import type { RuleContext, RuleInputs } from '../entry.ts';
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

/** A hint where rows and their padding are laid out together. */
export function hintPadding(callee: string, x: TensorType, context: RuleContext): void {
  if (x.facts.padded) context.remark(remark('hint', 'data/padding-laid-out', { callee }));
}
