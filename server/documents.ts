/**
 * The open documents and what is known of each. A change marks its document; the check runs in the next turn of the event
 * loop, so that changes that come together are checked once. A request that comes sooner is answered from a fresh check.
 */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyser, CheckedFile, FileProblem } from '../language/index.ts';
import { fileOf, type Lines, linesOf } from './convert.ts';

export interface Open {
  readonly document: TextDocument;
  readonly file: string;
  /** The line in which the cursor stands, as far as it is known: that of the last edit, or what the client says. */
  readonly typing: number | undefined;
}

export interface Documents {
  all(): readonly Open[];
  get(uri: string): Open | undefined;
  /** By the key of the analyser. */
  byFile(file: string): Open | undefined;
  open(document: TextDocument): void;
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void;
  /** Where the cursor stands; answers whether that is another line than before. */
  cursor(uri: string, line: number | undefined): boolean;
  close(uri: string): void;
  /** The document's check, made now if its text changed since the last. */
  checked(uri: string): { readonly open: Open; readonly file: CheckedFile } | undefined;
  /** Problems of a text that were found beside its check; answers whether they are others than before. */
  add(uri: string, text: string, problems: readonly FileProblem[]): boolean;
  /** Lines of any file that was analysed, open or imported. */
  lines(file: string): Lines | undefined;
  /** What files on disk say has changed: every kept check may be stale. */
  outdate(): void;
}

interface Held {
  document: TextDocument;
  readonly file: string;
  typing: number | undefined;
  checked: CheckedFile | undefined;
  added: { readonly text: string; readonly problems: readonly FileProblem[] } | undefined;
}

export function createDocuments(analyser: Analyser, changed: (uri: string) => void): Documents {
  const held = new Map<string, Held>();
  const files = new Map<string, Held>();
  const lineTables = new WeakMap<object, Lines>();

  function forgetChecks(): void {
    for (const one of held.values()) one.checked = undefined;
  }

  return {
    all: () => [...held.values()],
    get: (uri) => held.get(uri),
    byFile: (file) => files.get(file),
    open(document) {
      const one: Held = {
        document,
        file: fileOf(document.uri),
        typing: undefined,
        checked: undefined,
        added: undefined,
      };
      held.set(document.uri, one);
      files.set(one.file, one);
      forgetChecks();
      changed(document.uri);
    },
    change(uri, version, changes) {
      const one = held.get(uri);
      if (one === undefined) return;
      one.document = TextDocument.update(one.document, [...changes], version);
      // Imports read this text: what is kept for the other documents may be stale as well.
      forgetChecks();
      one.typing = lastLine(changes) ?? one.typing;
      changed(uri);
    },
    cursor(uri, line) {
      const one = held.get(uri);
      if (one === undefined || one.typing === line) return false;
      one.typing = line;
      return true;
    },
    close(uri) {
      const one = held.get(uri);
      if (one === undefined) return;
      held.delete(uri);
      files.delete(one.file);
      analyser.forget(one.file);
      forgetChecks();
    },
    checked(uri) {
      const one = held.get(uri);
      if (one === undefined) return undefined;
      one.checked ??= withAdded(analyser.analyse(one.file, one.document.getText()), one);
      return { open: one, file: one.checked };
    },
    add(uri, text, problems) {
      const one = held.get(uri);
      if (one === undefined || one.document.getText() !== text) return false;
      const before = one.added?.text === text ? one.added.problems : [];
      if (before.length === 0 && problems.length === 0) return false;
      one.added = { text, problems };
      one.checked = undefined;
      return true;
    },
    lines(file) {
      const one = files.get(file);
      if (one !== undefined) return one.document;
      const syntax = analyser.syntax(file);
      if (syntax === undefined) return undefined;
      const kept = lineTables.get(syntax) ?? linesOf(syntax.text);
      lineTables.set(syntax, kept);
      return kept;
    },
    outdate: forgetChecks,
  };
}

function withAdded(file: CheckedFile, { document, added }: Held): CheckedFile {
  if (added === undefined || added.text !== document.getText()) return file;
  return { ...file, problems: [...file.problems, ...added.problems] };
}

/** The line in which the last change ends. */
function lastLine(changes: readonly TextDocumentContentChangeEvent[]): number | undefined {
  const last = changes.at(-1);
  if (last === undefined || !('range' in last)) return undefined;
  return last.range.start.line + (last.text.match(/\n/g)?.length ?? 0);
}
