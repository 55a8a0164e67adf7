/** Values that are decoded from files: pictures of one size, or one alone of any size. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { DataNode, PlanData } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { nameOf, type TransformContext } from './context.ts';
import { decodePicture, type Picture } from './image/decode.ts';
import { reason } from './locate.ts';
import { reachable } from './nodes.ts';
import { isColumn } from './source.ts';
import { alike, isNumbers, type Values } from './values.ts';

/** A file of more bytes is no picture or sound of a data set. */
const MOST_BYTES = 512 * 1024 * 1024;

/** The bytes of a file that a row names. Read at once: small files come faster so than through threads of their own. */
export function readMedia(path: string, row: number, context: TransformContext): Buffer {
  const say = (what: string): Failure =>
    new Failure('data/unreadable', `The file of ${context.where(row)} cannot be read: ${what}.`, context.node.place);
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      if (size > MOST_BYTES) throw say(`it has ${size} bytes, and at most ${MOST_BYTES} are read`);
      return readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw error instanceof Failure ? error : say(reason(error));
  }
}

/** The pictures of some files in one array. */
export async function decodePictures(
  paths: readonly string[],
  channels: number,
  context: TransformContext,
): Promise<Values> {
  const pictures = await decodeEach(paths, channels, context);
  const { height, width } = pictures[0] ?? { height: 0, width: 0 };
  const size = height * width * channels;
  const data = new Uint8Array(pictures.length * size);
  for (const [row, picture] of pictures.entries()) data.set(picture.data, row * size);
  return { dtype: 'uint8', shape: [height, width, channels], count: pictures.length, data };
}

/** The pictures of some files; all must have one size. */
export async function decodeEach(
  paths: readonly string[],
  channels: number,
  context: TransformContext,
): Promise<readonly Picture[]> {
  const pictures = await Promise.all(paths.map((path, row) => pictureOf(path, row, channels, context)));
  const [first] = pictures;
  const { height, width } = first ?? { height: 0, width: 0 };
  for (const [row, picture] of pictures.entries()) {
    if (picture.height !== height || picture.width !== width) {
      throw new Failure(
        'data/unlike-sizes',
        `Pictures have many sizes (${height} × ${width} in ${context.where(0)}, ${picture.height} × ${picture.width} in ${context.where(row)}): bring them to one, \`decodeImage -> resize(${height}, ${width})\`.`,
        context.node.place,
      );
    }
  }
  return pictures;
}

async function pictureOf(path: string, row: number, channels: number, context: TransformContext): Promise<Picture> {
  const picture = await decodePicture(readMedia(path, row, context), channels);
  if (typeof picture !== 'string') return picture;
  throw new Failure(
    'data/not-picture',
    `The file of ${context.where(row)} is no picture that can be read: ${picture}. Take it out of the folder, or choose files with \`files:\`.`,
    context.node.place,
  );
}

/** How many channels a picture gets: as written, else as the field that is made of it states, else 3. */
export function channelsOf(node: DataNode, data: PlanData): number {
  if (typeof node.settings.channels === 'number') return node.settings.channels;
  const stated = data.fields
    .filter((field) => field.shape.length === 3 && reachable(data, [field.node]).has(node.id))
    .map((field) => field.shape[2] ?? 0)
    .find((count) => count === 1 || count === 3 || count === 4);
  return stated ?? 3;
}

const SIZERS: ReadonlySet<string> = new Set(['resize', 'centerCrop', 'fit']);
const DECODERS: ReadonlySet<string> = new Set(['decodeImage', 'decodeAudio']);

/** True of what is made of decoded files. */
export function isDecoded(data: PlanData, id: number): boolean {
  return [...reachable(data, [id])].some((each) => DECODERS.has(nameOf(data.nodes[each]?.op ?? '')));
}

/** The raw columns that name the files to decode. */
export function columnsOfFiles(data: PlanData): ReadonlySet<string> {
  const decoders = data.nodes.filter((node) => DECODERS.has(nameOf(node.op))).flatMap((node) => node.inputs);
  const columns = [...reachable(data, decoders)]
    .map((id) => data.nodes[id])
    .filter((node) => node !== undefined && isColumn(node.op));
  return new Set(columns.map((node) => String(node?.settings.name)));
}

/** True where files of many sizes come in and one size goes out: such a node works on one row at a time. */
export function bringsToOneSize(node: DataNode, data: PlanData): boolean {
  if (!SIZERS.has(nameOf(node.op))) return false;
  const decodes = (id: number): boolean => {
    const input = data.nodes[id];
    if (input === undefined || SIZERS.has(nameOf(input.op))) return false;
    return DECODERS.has(nameOf(input.op)) || input.inputs.some(decodes);
  };
  return node.inputs.some(decodes);
}

/** The values of single rows as those of all of them. */
export function stacked(rows: readonly Values[], node: DataNode): Values {
  const [first] = rows;
  if (first === undefined || rows.length === 1)
    return first ?? { dtype: 'uint8', shape: [], count: 0, data: new Uint8Array(0) };
  const { data } = first;
  if (!isNumbers(data)) throw new Failure('data/plan', `\`${nameOf(node.op)}\` works on numbers.`, node.place);
  const all = alike(data, rows.length * data.length);
  for (const [place, row] of rows.entries()) if (isNumbers(row.data)) all.set(row.data, place * data.length);
  return { ...first, count: rows.length, data: all };
}
