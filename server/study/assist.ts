/** What the tools for assistants work with inside the thread that studies programs: texts of open buffers win over the disk. */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerTool, type Desk, type ProgramTool, type ToolAnswer, unreadable } from '../../assist/index.ts';
import { createAnalyser, type Files } from '../../language/index.ts';

export interface AssistQuestion {
  readonly tool: ProgramTool;
  readonly input: unknown;
  /** Folder that relative paths begin at. */
  readonly folder: string;
  /** Where the pages about problems lie, as a URI that ends in `/`. */
  readonly pages: string | undefined;
}

/** The answer of a tool about programs. */
export function assist({ tool, input, folder, pages }: AssistQuestion, files: Files): ToolAnswer {
  return answerTool(tool, input, deskOf(files, folder, pages));
}

function deskOf(files: Files, folder: string, pages: string | undefined): Desk {
  const place = (path: string) => resolve(folder, path);
  return {
    analyser: createAnalyser(files),
    place,
    read(path) {
      const file = place(path);
      const source = files.source(file, file);
      if (typeof source === 'object') return { ok: true, file, text: source.text };
      return unreadable(path, folder);
    },
    shown(file) {
      const path = relative(folder, file);
      return path === '' || path.startsWith('..') ? file : path;
    },
    page: (code) => (pages === undefined ? undefined : readPage(new URL(`${code}.md`, pages))),
  };
}

function readPage(address: URL): string | undefined {
  try {
    return readFileSync(fileURLToPath(address), 'utf8');
  } catch {
    return undefined;
  }
}
