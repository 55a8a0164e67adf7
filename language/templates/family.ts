/** The families of models that a new program may begin as, and what each of them reads. */
import type { DataHeader } from '../files.ts';
import type { Message } from '../problem.ts';

export const FAMILIES = ['table', 'image', 'sequence', 'vae', 'gpt', 'bert', 'speech', 'recommender'] as const;

export type Family = (typeof FAMILIES)[number];

/** What a template makes its program of. */
export interface TemplateData {
  /** The path as the program writes it. */
  readonly path: string;
  readonly header: DataHeader;
  /** Names of columns for a table whose first line is a row like the others. */
  readonly columns?: readonly string[];
  /** Of images in one file: the file with their labels, where it was found. */
  readonly labels?: { readonly path: string; readonly header: DataHeader };
}

/** A program, or nothing where the data don't suit the family. */
export type Template = (data: TemplateData) => string | undefined;

export function isFamily(word: string): word is Family {
  return FAMILIES.some((family) => family === word);
}

/** What a family is called and what it takes, as messages. */
export function familyMessages(family: Family): { readonly title: Message; readonly takes: Message } {
  return {
    title: { key: `editor/new-family.${family}`, values: {} },
    takes: { key: `editor/new-takes.${family}`, values: {} },
  };
}
