/**
 * What can be asked of a process that holds a trained model warm, by kind: one question, one answer, and parts of an answer
 * that comes bit by bit. A kind's messages and guards stand in a file of its own; here is only the list.
 */
import type { Check } from './guard.ts';
import { isUseExampleAnswer, isUseExampleAsk, type UseExampleAnswer, type UseExampleAsk } from './use-example.ts';
import { isUseFormAnswer, isUseFormAsk, type UseFormAnswer } from './use-form.ts';
import {
  isUseGenerateAnswer,
  isUseGenerateAsk,
  isUseGeneratePart,
  type UseGenerateAnswer,
  type UseGenerateAsk,
  type UseGeneratePart,
} from './use-generate.ts';
import { isUseLayersAnswer, isUseLayersAsk, type UseLayersAnswer, type UseLayersAsk } from './use-layers.ts';
import { isUsePredictAnswer, isUsePredictAsk, type UsePredictAnswer, type UsePredictAsk } from './use-predict.ts';
import { isUseRowsAnswer, isUseRowsAsk, type UseRowsAnswer, type UseRowsAsk } from './use-rows.ts';

/** Message types by kind. `part` is `never` where an answer comes in one piece. */
export interface UseKinds {
  /** What the model can be given, and what it can make. */
  readonly form: {
    readonly ask: Readonly<Record<string, never>>;
    readonly answer: UseFormAnswer;
    readonly part: never;
  };
  /** A row of the run's data, and what the model says of it. */
  readonly example: { readonly ask: UseExampleAsk; readonly answer: UseExampleAnswer; readonly part: never };
  /** Text or examples that the model makes. */
  readonly generate: {
    readonly ask: UseGenerateAsk;
    readonly answer: UseGenerateAnswer;
    readonly part: UseGeneratePart;
  };
  /** What is inside of the model. */
  readonly layers: { readonly ask: UseLayersAsk; readonly answer: UseLayersAnswer; readonly part: never };
  /** The outputs for one example that is given. */
  readonly predict: { readonly ask: UsePredictAsk; readonly answer: UsePredictAnswer; readonly part: never };
  /** Rows of an evaluation. */
  readonly rows: { readonly ask: UseRowsAsk; readonly answer: UseRowsAnswer; readonly part: never };
}

export type UseKind = keyof UseKinds;

interface UseChecks {
  readonly ask: Check;
  readonly answer: Check;
  readonly part: Check;
}

const never: Check = () => false;

const CHECKS: Readonly<Record<UseKind, UseChecks>> = {
  form: { ask: isUseFormAsk, answer: isUseFormAnswer, part: never },
  example: { ask: isUseExampleAsk, answer: isUseExampleAnswer, part: never },
  generate: { ask: isUseGenerateAsk, answer: isUseGenerateAnswer, part: isUseGeneratePart },
  layers: { ask: isUseLayersAsk, answer: isUseLayersAnswer, part: never },
  predict: { ask: isUsePredictAsk, answer: isUsePredictAnswer, part: never },
  rows: { ask: isUseRowsAsk, answer: isUseRowsAnswer, part: never },
};

export const USE_KINDS = Object.keys(CHECKS) as readonly UseKind[];

/** Whether `body` is what a message of that kind carries. */
export function isUseBody(part: keyof UseChecks, kind: unknown, body: unknown): boolean {
  return typeof kind === 'string' && Object.hasOwn(CHECKS, kind) && CHECKS[kind as UseKind][part](body);
}

/** Whether a value names a kind. */
export function isUseKind(kind: unknown): kind is UseKind {
  return typeof kind === 'string' && Object.hasOwn(CHECKS, kind);
}
