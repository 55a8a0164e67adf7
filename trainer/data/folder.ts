/** Files of a folder, one a row: `file` is the path of each, `folder` the first folder below the source, then the parts of its name. */
import { join } from 'node:path';
import { listFolder } from '../../files/index.ts';
import { fittingFiles, type PlanPlace, partsOfName, type Settings } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { columnOfCells } from './csv-readers.ts';
import type { Column, Table } from './source.ts';
import { grouped } from './values.ts';

/** A run lists what there is, where looking while one types stops much earlier. */
const BOUNDS = { files: 20_000_000, folders: 1_000_000, depth: 32 };

/** Lists the folder at `root`; `path` is how the program calls it. */
export function readFolder(root: string, path: string, settings: Settings, at: PlanPlace): Table {
  const listing = listFolder(root, BOUNDS);
  if (!listing.whole) {
    throw new Failure(
      'data/too-many-files',
      `The folder "${path}" has more than ${grouped(listing.paths.length)} files or goes too deep. Name a folder below it, or put the rows into one file.`,
      at,
    );
  }
  const { files, separator } = settings;
  const paths = fittingFiles(listing, typeof files === 'string' ? { files } : {});
  const where = (row: number): string => `"${path}/${paths[row] ?? ''}"`;
  const texts = (cells: readonly string[]): Column => ({
    gather: (rows) => ({
      dtype: 'string',
      shape: [],
      count: rows.length,
      data: Array.from(rows, (row) => cells[row] ?? ''),
    }),
    where,
  });
  const columns = new Map<string, Column>([
    ['file', texts(paths.map((one) => join(root, one)))],
    ['folder', texts(paths.map((one) => one.slice(0, Math.max(0, one.indexOf('/')))))],
  ]);
  const names = Array.isArray(settings.parts) ? settings.parts.map(String) : [];
  const parts = names.length === 0 ? [] : paths.map((one) => namedParts(one, String(separator ?? '_'), names, at));
  names.forEach((name, index) => {
    columns.set(
      name,
      columnOfCells(
        parts.map((cells) => cells[index] ?? ''),
        where,
      ),
    );
  });
  return { rows: paths.length, kind: 'rows', columns };
}

function namedParts(path: string, separator: string, names: readonly string[], at: PlanPlace): readonly string[] {
  const parts = partsOfName(path, separator);
  if (parts.length === names.length) return parts;
  throw new Failure(
    'data/name-parts',
    `The name of "${path}" has ${parts.length} parts, but \`parts\` names ${names.length} (${names.join(', ')}). Name all of them, or leave such files out with \`files:\`.`,
    at,
  );
}
