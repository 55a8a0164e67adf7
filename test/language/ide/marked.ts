/** Texts with a cursor (`▮`) in them, checked without any file on disk. */
import { type Analyser, type CheckedFile, createAnalyser, type Files, type Known } from '../../../language/index.ts';

export const noFiles: Files = { source: () => 'missing', header: () => undefined };

export interface Marked {
  readonly file: CheckedFile;
  readonly text: string;
  readonly offset: number;
  readonly known: Known;
  readonly analyser: Analyser;
}

export function marked(source: string, files: Files = noFiles): Marked {
  const offset = source.indexOf('▮');
  const text = offset < 0 ? source : source.slice(0, offset) + source.slice(offset + 1);
  const analyser = createAnalyser(files);
  const file = analyser.analyse('/t.model', text);
  const known: Known = { syntax: analyser.syntax, checked: (name) => (name === '/t.model' ? file : undefined) };
  return { file, text, offset: Math.max(0, offset), known, analyser };
}
