/** Topic `try`: an example that a person gives, or that the model makes; asked of the run's warm model. */
import { type Check, isCount, isNumber, isOneOf, isRecord, isText, shaped } from './guard.ts';
import { isUsedCheckpoint, USE_DOINGS, type UseDoing, type UsedCheckpoint } from './use.ts';
import { isUseExampleAnswer, isUseExampleAsk, type UseExampleAnswer, type UseExampleAsk } from './use-example.ts';
import { isUseFormAnswer, type UseFormAnswer } from './use-form.ts';
import {
  isUseGenerateAnswer,
  isUseGenerateAsk,
  isUseGeneratePart,
  type UseGenerateAnswer,
  type UseGenerateAsk,
  type UseGeneratePart,
} from './use-generate.ts';
import { isUsePredictAnswer, isUsePredictAsk, type UsePredictAnswer, type UsePredictAsk } from './use-predict.ts';

/** Who answered, and how long it took there. */
export interface TryModel {
  readonly engine: string;
  readonly checkpoint: UsedCheckpoint;
  readonly ms: number;
}

export type TryAsk =
  /** What can be given. */
  | { readonly kind: 'form' }
  | { readonly kind: 'predict'; readonly ask: UsePredictAsk }
  | { readonly kind: 'example'; readonly ask: UseExampleAsk }
  /** `stream` names it in what is told meanwhile. */
  | { readonly kind: 'generate'; readonly stream: number; readonly ask: UseGenerateAsk }
  /** Ends what is being generated. */
  | { readonly kind: 'stop'; readonly stream: number };

export type TryAnswer =
  | { readonly kind: 'form'; readonly model: TryModel; readonly answer: UseFormAnswer }
  | { readonly kind: 'predict'; readonly model: TryModel; readonly answer: UsePredictAnswer }
  | { readonly kind: 'example'; readonly model: TryModel; readonly answer: UseExampleAnswer }
  | { readonly kind: 'generate'; readonly model: TryModel; readonly answer: UseGenerateAnswer }
  /** It was stopped. */
  | { readonly kind: 'stopped' };

export type TryTell =
  /** A text as far as it has come. */
  | { readonly kind: 'part'; readonly stream: number; readonly part: UseGeneratePart }
  /** What the model's process does before it can answer: whatever tab asks it waits for that. */
  | { readonly kind: 'doing'; readonly what: UseDoing };

const isModel = shaped({ engine: isText, checkpoint: isUsedCheckpoint, ms: isNumber });

const ASKS: Readonly<Record<TryAsk['kind'], Check>> = {
  form: isRecord,
  predict: shaped({ ask: isUsePredictAsk }),
  example: shaped({ ask: isUseExampleAsk }),
  generate: shaped({ stream: isCount, ask: isUseGenerateAsk }),
  stop: shaped({ stream: isCount }),
};

const ANSWERS: Readonly<Record<TryAnswer['kind'], Check>> = {
  form: shaped({ model: isModel, answer: isUseFormAnswer }),
  predict: shaped({ model: isModel, answer: isUsePredictAnswer }),
  example: shaped({ model: isModel, answer: isUseExampleAnswer }),
  generate: shaped({ model: isModel, answer: isUseGenerateAnswer }),
  stopped: isRecord,
};

export const isTryAsk: Check = (value) => byKind(ASKS, value);
export const isTryAnswer: Check = (value) => byKind(ANSWERS, value);
const TELLS: Readonly<Record<TryTell['kind'], Check>> = {
  part: shaped({ stream: isCount, part: isUseGeneratePart }),
  doing: shaped({ what: isOneOf(...USE_DOINGS) }),
};
export const isTryTell: Check = (value) => byKind(TELLS, value);

function byKind(checks: Readonly<Record<string, Check>>, value: unknown): boolean {
  if (!isRecord(value) || typeof value.kind !== 'string') return false;
  return Object.hasOwn(checks, value.kind) && checks[value.kind]?.(value) === true;
}
