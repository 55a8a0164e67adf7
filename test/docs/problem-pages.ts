/** The pages of problems on disk, and the files that their programs read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataHeader, FileResult, Files, FileTrouble } from '../../language/files.ts';
import { type ProblemPage, readProblemPage } from '../../language/reference/problems.ts';

export const folder = join(import.meta.dirname, '..', '..', 'docs', 'problems');

export interface PageOnDisk extends ProblemPage {
  readonly path: string;
  readonly text: string;
}

export const pages: readonly PageOnDisk[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /[\\/]/u.test(name) && name.endsWith('.md'))
  .sort()
  .map((name) => {
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    return { ...readProblemPage(text), path, text };
  });

/** The file that the programs of a page are checked as. */
export const PROGRAM = 'example.model';

/** What a page says of the disk: `files` are headers or troubles by path, `sources` other programs. All else is missing. */
export function filesOf(page: Pick<ProblemPage, 'notes'>, program: string): Files {
  const headers: Record<string, DataHeader | FileTrouble> = JSON.parse(page.notes.files ?? '{}');
  const sources: Record<string, string> = { ...JSON.parse(page.notes.sources ?? '{}'), [PROGRAM]: program };
  return {
    source(_from, path) {
      const name = path.replace(/^\.\//u, '');
      const text = sources[name];
      return text === undefined ? 'missing' : { file: name, text };
    },
    header(_from, path): FileResult<DataHeader> {
      const header = headers[path] ?? 'missing';
      return typeof header === 'string' ? { ok: false, trouble: header, path } : { ok: true, value: header };
    },
  };
}
