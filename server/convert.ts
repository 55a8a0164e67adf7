/** The border: the only place that knows lines and columns, URIs and the protocol's own shapes. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type {
  DiagnosticSeverity,
  DiagnosticTag,
  Location,
  Diagnostic as LspDiagnostic,
  Range,
  TextEdit,
} from 'vscode-languageserver';
import type { Diagnostic, FilePlace, Severity } from '../language/index.ts';
import type { Session } from './session.ts';

/** Lines of a text, to turn offsets into positions. Open documents keep theirs; other texts are cut once. */
export interface Lines {
  positionAt(offset: number): { readonly line: number; readonly character: number };
}

/** The key under which a document is analysed: its path on disk, or the URI itself where it has none. */
export function fileOf(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    return fileURLToPath(uri);
  } catch {
    // A file URI with a host, as Windows shares have: no path of this machine.
    return uri;
  }
}

export function uriOf(file: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(file) && !/^[a-z]:[\\/]/i.test(file) ? file : pathToFileURL(file).href;
}

export function rangeOf(lines: Lines, span: { readonly start: number; readonly end: number }): Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}

/** Lines of a text that is not open. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    positionAt(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low, character: offset - (starts[low] ?? 0) };
    },
  };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  information: 3,
  hint: 4,
};

const tags: Readonly<Record<Diagnostic['tags'][number], DiagnosticTag>> = { unnecessary: 1 };

export function diagnosticOf(
  diagnostic: Diagnostic,
  lines: Lines,
  { documents, client }: Pick<Session, 'documents' | 'client'>,
): LspDiagnostic {
  const href = client.problemPage?.(diagnostic.code);
  return {
    range: rangeOf(lines, diagnostic),
    severity: severities[diagnostic.severity],
    code: diagnostic.code,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(diagnostic.tags.length === 0 ? {} : { tags: diagnostic.tags.map((tag) => tags[tag]) }),
    source: 'model',
    message: diagnostic.message,
    relatedInformation: diagnostic.related.flatMap((related) => {
      const location = locationOf(related.at, documents.lines);
      return location === undefined ? [] : [{ location, message: related.message }];
    }),
  };
}

export function locationOf(place: FilePlace, linesOfFile: (file: string) => Lines | undefined): Location | undefined {
  const lines = linesOfFile(place.file);
  return lines === undefined ? undefined : { uri: uriOf(place.file), range: rangeOf(lines, place) };
}

/** Edits by document. */
export function changesOf(
  edits: readonly (FilePlace & { readonly newText: string })[],
  linesOfFile: (file: string) => Lines | undefined,
): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of edits) {
    const lines = linesOfFile(edit.file);
    if (lines === undefined) continue;
    const uri = uriOf(edit.file);
    changes[uri] ??= [];
    changes[uri].push({ range: rangeOf(lines, edit), newText: edit.newText });
  }
  return changes;
}
