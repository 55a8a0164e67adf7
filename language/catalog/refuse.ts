/**
 * Short ways to say why a rule cannot go on. Texts stand in `messages/rules.ts`; here are only their keys and values.
 */
import type { Message, ProblemCode, Severity } from '../problem.ts';
import type { Dim } from '../shapes/dim.ts';
import type { FixIdea, Refusal } from './entry.ts';

type Values = Message['values'];

interface Details {
  /** Told apart within one code: the message key is `code.variant`. */
  readonly variant?: string;
  readonly at?: Refusal['at'];
  readonly blame?: readonly Dim[];
  readonly fixes?: readonly FixIdea[];
}

/** A refusal; it stands at the callee's name unless `at` says otherwise. */
export function refuse(code: ProblemCode, values: Values, details: Details = {}): Refusal {
  return {
    refused: code,
    message: { key: details.variant === undefined ? code : `${code}.${details.variant}`, values },
    at: details.at ?? { part: 'callee' },
    blame: details.blame ?? [],
    fixes: details.fixes ?? [],
  };
}

/** The same with a severity, for `RuleContext.remark`. */
export function remark(
  severity: Severity,
  code: ProblemCode,
  values: Values,
  details: Details = {},
): Refusal & { readonly severity: Severity } {
  return { ...refuse(code, values, details), severity };
}

export const atInput = (name: string): Refusal['at'] => ({ part: 'input', name });
export const atSetting = (name: string): Refusal['at'] => ({ part: 'setting', name });
export const atCallee: Refusal['at'] = { part: 'callee' };
export const atCall: Refusal['at'] = { part: 'call' };

/** `-> stage` put in front of this call. */
export function insertBefore(id: string, stage: string): FixIdea {
  return { kind: 'insert-before', id, stage, title: { key: 'fix/insert-before', values: { stage } } };
}

/** `-> stage` put behind this call. */
export function insertAfter(id: string, stage: string): FixIdea {
  return { kind: 'insert-after', id, stage, title: { key: 'fix/insert-after', values: { stage } } };
}

/** A setting of this call added or replaced. */
export function setTo(id: string, setting: string, value: string): FixIdea {
  return { kind: 'set', id, setting, value, title: { key: 'fix/set', values: { setting, value } } };
}

/** Another entry in place of this one. */
export function replaceWith(id: string, text: string): FixIdea {
  return { kind: 'replace-callee', id, text, title: { key: 'fix/replace', values: { text } } };
}

/** Tells a refusal from what a rule or one of its helpers found. */
export function isRefusal(found: unknown): found is Refusal {
  return typeof found === 'object' && found !== null && 'refused' in found;
}
