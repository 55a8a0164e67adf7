/** Answers assistants in the editor what they ask about programs: the same tools as `modelwright mcp`, over open buffers too. */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerTool, type Desk, PROGRAM_TOOLS } from '../../assist/index.ts';
import { createAnalyser, type Files } from '../../language/index.ts';
import { ASSIST_REQUEST, type AssistParams, type AssistResult } from '../../protocol/index.ts';
import type { Session } from '../session.ts';

/** `createFiles` reads at once: an assistant waits for the answer, and is not on the typing path. `pages`: where the pages about problems lie. */
export function registerAssist(session: Session, createFiles: () => Files, pages: string | undefined): void {
  session.wire.onRequest<AssistParams, AssistResult>(ASSIST_REQUEST, ({ tool, input, folder }: AssistParams) => {
    const known = PROGRAM_TOOLS.find((each) => each === tool);
    if (known === undefined) return { ok: false, message: `There is no tool ${tool} about programs.` };
    return answerTool(known, input, deskOf(session, createFiles(), folder, pages));
  });
}

function deskOf(session: Session, files: Files, folder: string, pages: string | undefined): Desk {
  const place = (path: string) => resolve(folder, path);
  return {
    analyser: createAnalyser(files),
    place,
    read(path) {
      const file = place(path);
      const open = session.documents.byFile(file);
      if (open !== undefined) return { ok: true, file, text: open.document.getText() };
      const source = files.source(file, file);
      if (typeof source === 'object') return { ok: true, file, text: source.text };
      return {
        ok: false,
        message: `\`${path}\` cannot be read. Give the path of a .model file in ${folder}, or its text.`,
      };
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
