/** Requests of the editor for "New Model…": the templates, data made for one, and the program that one makes for some data. */

/** `modelwright/templates`: answers `TemplateBrief[]`, in the reader's language. */
export const TEMPLATES_REQUEST = 'modelwright/templates';

export interface TemplateBrief {
  readonly family: string;
  readonly title: string;
  /** Which data it takes. */
  readonly takes: string;
  /** It takes a folder, a file, or either. */
  readonly choose: 'file' | 'folder' | 'either';
  /** Endings of files that it takes. */
  readonly endings: readonly string[];
}

/** `modelwright/exampleData`: small data for a template, to be written beside the program. */
export const EXAMPLE_DATA_REQUEST = 'modelwright/exampleData';

export interface ExampleDataAnswer {
  /** What the program names. */
  readonly path: string;
  readonly folder: boolean;
  readonly files: readonly {
    /** Relative to the program, with `/`. */
    readonly path: string;
    /** Base 64. */
    readonly content: string;
  }[];
}

/** `modelwright/newProgram`. */
export const NEW_PROGRAM_REQUEST = 'modelwright/newProgram';

export interface NewProgramParams {
  readonly family: string;
  /** Where the program will stand. */
  readonly uri: string;
  /** Data file or folder as the program will name it, with `/`. */
  readonly data: string;
  readonly folder: boolean;
}

export type NewProgramAnswer =
  | { readonly kind: 'program'; readonly text: string }
  | { readonly kind: 'unfit'; readonly message: string };
