/** What the tools about programs work with: whoever offers them (the command line, the language server) gives it. */
import type { Analyser } from '../language/index.ts';

export interface Program {
  /** Absolute path: names in the program are looked for from there. */
  readonly file: string;
  readonly text: string;
}

export interface Desk {
  readonly analyser: Analyser;
  /** The absolute path of what an assistant calls a file. */
  place(path: string): string;
  /** A program: of the open editor, else of the disk; or why there is none. */
  read(path: string): ({ readonly ok: true } & Program) | { readonly ok: false; readonly message: string };
  /** A path as the assistant would write it. */
  shown(file: string): string;
  /** The page about a problem code, as Markdown. */
  page(code: string): string | undefined;
}

/** What is said of a program that cannot be read; `folder` is where relative paths begin. */
export function unreadable(path: string, folder: string): { readonly ok: false; readonly message: string } {
  const message = `\`${path}\` cannot be read. Give the path of a .model file in ${folder}, or its text.`;
  return { ok: false, message };
}
