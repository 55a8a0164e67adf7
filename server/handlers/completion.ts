/** Suggestions. Their documentation is sent for the one that is looked at: the list is long, and made anew while one types. */
import type {
  CompletionItem,
  CompletionItemKind,
  CompletionList,
  CompletionParams,
  Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type Completion,
  type CompletionEntry,
  type CompletionKind,
  completion,
  type FolderEntry,
  pathAt,
  pathCompletion,
} from '../../language/index.ts';
import { rangeOf } from '../convert.ts';
import { complete, guarded, type Session } from '../session.ts';

/** Names in a folder, as it is written in a program. */
export type FolderNames = (program: string, folder: string) => Promise<readonly FolderEntry[]>;

/** Numbers of the protocol: they choose the icon. */
const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  layer: 7, // Class
  function: 3, // Function
  unit: 9, // Module
  data: 22, // Struct
  variable: 6, // Variable
  parameter: 25, // TypeParameter
  size: 21, // Constant
  setting: 10, // Property
  key: 10, // Property
  word: 20, // EnumMember
  keyword: 14, // Keyword
  type: 8, // Interface
  file: 17, // File
  folder: 19, // Folder
};

/** A list that was sent: which one, and which of its items. */
interface ItemData {
  readonly list: number;
  readonly index: number;
}

export function registerCompletion(session: Session, names: FolderNames): void {
  let last: { readonly list: number; readonly entries: readonly CompletionEntry[] } = { list: 0, entries: [] };

  const sent = (found: Completion, document: TextDocument): CompletionList => {
    last = { list: last.list + 1, entries: found.items };
    const range = rangeOf(document, found.replace);
    const { list } = last;
    return {
      isIncomplete: false,
      items: found.items.map((entry, index) => itemOf(entry, index, range, { data: { list, index }, document })),
    };
  };

  const paths = async ({ textDocument, position }: CompletionParams): Promise<CompletionList | undefined> => {
    const checked = session.documents.checked(textDocument.uri);
    if (checked === undefined) return undefined;
    const { document, file } = checked.open;
    const asked = pathAt(checked.file, document.offsetAt(position));
    if (asked === undefined) return undefined;
    const entries = await names(file, asked.folder);
    await session.workspace.ready();
    const around = { file, programs: session.workspace.trees(), tell: session.tell };
    return sent(pathCompletion(asked, entries, around), document);
  };

  session.wire.onRequest('textDocument/completion', async (params: CompletionParams) => {
    const asked = guarded(session, 'completion', null, (p: CompletionParams) => onCompletion(session, p, sent));
    try {
      return (await paths(params)) ?? asked(params);
    } catch (error) {
      session.wire.error(`completion: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return null;
    }
  });
  complete(session, 'completionItem/resolve', (item: CompletionItem): CompletionItem => {
    const data: ItemData | undefined = item.data;
    const entry = data?.list === last.list ? last.entries[data.index] : undefined;
    if (entry === undefined || entry.doc === '') return item;
    return { ...item, documentation: { kind: 'markdown', value: entry.doc } };
  });
}

function onCompletion(
  session: Session,
  { textDocument, position, context }: CompletionParams,
  sent: (found: Completion, document: TextDocument) => CompletionList,
): CompletionList | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const { document } = checked.open;
  const offset = document.offsetAt(position);
  const before = document.getText().slice(Math.max(0, offset - 24), offset);
  if (!asksAfter(context?.triggerCharacter, before)) return null;
  // What is known of other programs now: they are looked for meanwhile, for the next time.
  void session.workspace.ready();
  const programs = session.workspace.trees();
  const found = completion(checked.file, offset, { locale: session.locale, programs });
  return found === undefined ? null : sent(found, document);
}

/** A space alone asks for nothing; after `->`, `:`, `,`, `on` it does. Quotes and `/` ask for paths only. */
function asksAfter(trigger: string | undefined, before: string): boolean {
  if (trigger === '"' || trigger === '/') return false;
  return trigger !== ' ' || /(?:->|[:,]|\b(?:on|train|evaluate|tune|export|output|layer|import)) $/.test(before);
}

function itemOf(
  entry: CompletionEntry,
  index: number,
  range: Range,
  { data, document }: { readonly data: ItemData; readonly document: TextDocument },
): CompletionItem {
  return {
    label: entry.label,
    kind: kinds[entry.kind],
    detail: entry.detail,
    sortText: String(index).padStart(4, '0'),
    insertTextFormat: entry.snippet ? 2 : 1,
    textEdit: { range, newText: entry.insert },
    preselect: index === 0 ? true : undefined,
    commitCharacters: commits(entry),
    command: /(?:: |\/)$/.test(entry.insert) ? { title: '', command: 'editor.action.triggerSuggest' } : undefined,
    additionalTextEdits: entry.also?.map((edit) => ({ range: rangeOf(document, edit), newText: edit.newText })),
    data,
  };
}

/** In brackets no new name can be written: what ends a word accepts it. */
function commits(entry: CompletionEntry): string[] | undefined {
  return entry.kind === 'word' && !entry.snippet ? [',', ')'] : undefined;
}
