/** `modelwright/models`: the declarations of all programs of the open folders, for the view of models and the lenses. */
import type { LinePosition } from './language.ts';

export const MODELS_REQUEST = 'modelwright/models';

export interface ModelsParams {
  /** Only this program; left out: all of the open folders. */
  readonly uri: string | undefined;
}

export interface ProgramBrief {
  readonly uri: string;
  /** Errors of the whole program. */
  readonly errors: number;
  /** In the order of the text. */
  readonly declarations: readonly DeclarationBrief[];
}

export interface DeclarationBrief {
  readonly kind: 'model' | 'train' | 'tune' | 'evaluate' | 'data';
  readonly name: string;
  /** Of a run: the model that it is about; else ''. */
  readonly model: string;
  /** Of a model: `693,962 parameters`, or the formula where a size is open; '' where they are not known. */
  readonly parameters: string;
  readonly at: LinePosition;
  /** Errors that stand in it. */
  readonly errors: number;
}

/** `modelwright/modelsChanged`, to a client that has asked for the models: what it was told may have changed. */
export const MODELS_CHANGED_NOTIFICATION = 'modelwright/modelsChanged';
