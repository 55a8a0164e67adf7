/** Kind `form` of a warm model: what it can be given, as a person gives it, and what it can make by itself. */
import { type Check, isCount, isFlag, isNumber, isOneOf, isRecord, isText, listOf, optional, shaped } from './guard.ts';

/** One thing that is given; `name`: the column, or the input of the model, that it is given as. */
export type FormInput =
  /** Pixels, drawn or taken from a picture; `digits`: like those of MNIST, which are centred. */
  | { readonly kind: 'drawing'; readonly name: string; readonly shape: readonly number[]; readonly digits: boolean }
  /** A file with a picture; `shape` as the model gets it. `sized`: the program brings pictures of any size to one. */
  | { readonly kind: 'picture'; readonly name: string; readonly shape: readonly number[]; readonly sized: boolean }
  /** A file with a sound; samples a second where the program says so. */
  | { readonly kind: 'sound'; readonly name: string; readonly rate: number | undefined }
  | { readonly kind: 'text'; readonly name: string; readonly long: boolean }
  /** `open`: others are taken too. `more`: so many were left out. */
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly values: readonly (string | number)[];
      readonly more: number;
      readonly open: boolean;
      readonly optional: boolean;
    }
  /** Mean and deviation of the training rows, where they were measured. */
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly mean: number | undefined;
      readonly deviation: number | undefined;
      readonly optional: boolean;
    }
  /** Numbers in nested lists. */
  | { readonly kind: 'numbers'; readonly name: string; readonly shape: readonly number[] };

/** What the model can make by itself. */
export type FormGenerate =
  /** Text, token by token; `length`: tokens that it sees at a time; `ends`: it may come to an end by itself. */
  | { readonly kind: 'text'; readonly length: number; readonly ends: boolean }
  /** Examples of these outputs, from numbers drawn by chance. */
  | { readonly kind: 'samples'; readonly outputs: readonly string[] };

export interface UseFormAnswer {
  readonly inputs: readonly FormInput[];
  readonly generate: FormGenerate | undefined;
  /** Outputs that the run did not train: what they say comes from weights as they began. */
  readonly untrained: readonly string[];
  /** Rows by part, as the run counted them. */
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number } | undefined;
}

const maybe = optional(isNumber);

const INPUTS: Readonly<Record<FormInput['kind'], Check>> = {
  drawing: shaped({ shape: listOf(isCount), digits: isFlag }),
  picture: shaped({ shape: listOf(isCount), sized: isFlag }),
  sound: shaped({ rate: maybe }),
  text: shaped({ long: isFlag }),
  choice: shaped({
    values: listOf((value) => isText(value) || isNumber(value)),
    more: isCount,
    open: isFlag,
    optional: isFlag,
  }),
  number: shaped({ mean: maybe, deviation: maybe, optional: isFlag }),
  numbers: shaped({ shape: listOf(isCount) }),
};

const isInput: Check = (value) =>
  isRecord(value) &&
  isText(value.name) &&
  isOneOf(...Object.keys(INPUTS))(value.kind) &&
  INPUTS[value.kind as FormInput['kind']](value);

const isGenerate: Check = (value) =>
  isRecord(value) &&
  (value.kind === 'text'
    ? shaped({ length: isCount, ends: isFlag })(value)
    : value.kind === 'samples' && shaped({ outputs: listOf(isText) })(value));

export const isUseFormAsk: Check = isRecord;

export const isUseFormAnswer: Check = shaped({
  inputs: listOf(isInput),
  generate: optional(isGenerate),
  untrained: listOf(isText),
  rows: optional(shaped({ train: isCount, validation: isCount, test: isCount })),
});
