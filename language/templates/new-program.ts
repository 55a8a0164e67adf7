/** Makes a new program of a family for the data that were chosen: what it needs to know it reads from their header. */
import type { DataHeader, Files, FolderHeader, HeaderWish } from '../files.ts';
import type { Message } from '../problem.ts';
import { bert } from './bert.ts';
import type { Family, Template } from './family.ts';
import { gpt } from './gpt.ts';
import { image } from './image.ts';
import { recommender } from './recommender.ts';
import { sequence } from './sequence.ts';
import { labelsPath, missingNames } from './sources.ts';
import { speech } from './speech.ts';
import { table } from './table.ts';
import { vae } from './vae.ts';

const TEMPLATES: Readonly<Record<Family, Template>> = {
  table,
  image,
  sequence,
  vae,
  gpt,
  bert,
  speech,
  recommender,
};

export interface NewProgramRequest {
  readonly family: Family;
  /** Where the program will stand: paths are relative to it. */
  readonly file: string;
  /** Data file or folder as the program will name it, with `/`. */
  readonly data: string;
  readonly folder: boolean;
}

export type NewProgram =
  | { readonly kind: 'program'; readonly text: string }
  /** The data cannot be read, or are none for this family. */
  | { readonly kind: 'unfit'; readonly message: Message };

/** The program's text, or what stands in the way. */
export function newProgram(files: Files, request: NewProgramRequest): NewProgram {
  const { family, data, file } = request;
  const seen = request.folder ? folderOf(files, request) : headerOf(files, file, data);
  const columns = seen && missingNames(seen);
  const header = columns === undefined ? seen : headerOf(files, file, data, { kind: 'csv', columns });
  if (header === undefined) return { kind: 'unfit', message: { key: 'editor/new-unreadable', values: { data } } };
  const labels = header.kind === 'idx' || header.kind === 'npy' ? labelsOf(files, file, data) : undefined;
  const text = TEMPLATES[family]({
    path: data,
    header,
    ...(labels === undefined ? {} : { labels }),
    ...(columns === undefined ? {} : { columns }),
  });
  if (text !== undefined) return { kind: 'program', text };
  const inner = { key: `editor/new-takes.${family}`, values: {} };
  return { kind: 'unfit', message: { key: 'editor/new-unfit', values: { data, found: header.kind }, inner } };
}

function headerOf(files: Files, file: string, path: string, wish?: HeaderWish): DataHeader | undefined {
  const found = files.header(file, path, wish);
  return found?.ok === true ? found.value : undefined;
}

function labelsOf(files: Files, file: string, data: string) {
  const path = labelsPath(data);
  const header = path === undefined ? undefined : headerOf(files, file, path);
  return path === undefined || header === undefined ? undefined : { path, header };
}

/** Names for what stands in the names of files: `7_theo_3.wav`. */
const PARTS = ['word', 'second', 'third', 'fourth'];

/** A folder; where its files are sounds without folders of their own, with the parts of their names. */
function folderOf(files: Files, { family, file, data }: NewProgramRequest): FolderHeader | undefined {
  const ask = (parts: readonly string[]): FolderHeader | undefined => {
    const pattern = family === 'speech' ? { files: '*.wav' } : {};
    const found = files.header(file, data, { kind: 'folder', parts, separator: '_', ...pattern });
    return found?.ok === true && found.value.kind === 'folder' ? found.value : undefined;
  };
  const plain = ask([]);
  if (plain === undefined || family !== 'speech' || (plain.classes?.count ?? 0) >= 2) return plain;
  for (let count = PARTS.length; count >= 2; count--) {
    const header = ask(PARTS.slice(0, count));
    if (header !== undefined && header.unlike === undefined && header.parts.length === count) return header;
  }
  return plain;
}
