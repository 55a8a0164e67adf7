/** Files in a folder, one a row. */
import type { FolderHeader } from '../../files.ts';
import { type TensorType, tensor } from '../../shapes/type.ts';
import { wordOf } from '../checked.ts';
import { source } from '../define.ts';
import type { Refusal } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';
import { columnOf, headerOf, textsOf, unreadable, wrongKind } from '../rules/files.ts';
import { names, text } from '../settings.ts';

export const folder = source('folder', {
  doc: 'Reads the files of a folder and of the folders in it, one a row. `file` is the file’s name, `folder` the first folder below the source: the class, where there is one folder a class. `parts` makes raw columns of the parts of each file’s name.',
  source: 'Keras 3 `keras.utils.image_dataset_from_directory`',
  examples: ['folder("data/flowers")', 'folder("data/digits", files: "*.wav", parts: [digit, speaker, take])'],
  settings: {
    path: text('The folder, relative to the program or to the data folder.'),
    files: text('Which files count, like `"*.png"` or `"*.{jpg,png}"`; else all.', { default: null, named: true }),
    parts: names('Names for the parts of each file’s name, without its ending.'),
    separator: text('What stands between these parts.', { default: '_', named: true }),
  },
  filesByColumn: false,
  columns(settings, header) {
    const parts = textsOf(settings, 'parts') ?? [];
    const files = wordOf(settings, 'files');
    const separator = wordOf(settings, 'separator') ?? '_';
    const wish = { kind: 'folder' as const, parts, separator, ...(files === undefined ? {} : { files }) };
    const read = headerOf(settings, 'path', header, wish);
    const columns = (found?: FolderHeader) => columnsOf(parts, found);
    if (!read) return { columns: columns(), problems: [] };
    const { path, found } = read;
    if (!found.ok) return { columns: columns(), problems: [unreadable('path', found)] };
    if (found.value.kind !== 'folder')
      return { columns: columns(), problems: [wrongKind('path', 'folder', found.value.kind)] };
    const { value } = found;
    const problems = troubles(value, path, files, parts.length);
    return { columns: columns(value), problems, ...(value.whole ? { rows: value.files } : {}) };
  },
});

function columnsOf(parts: readonly string[], found: FolderHeader | undefined) {
  const { classes, sample } = found ?? {};
  const text = (name: string, facts: TensorType['facts']) => ({
    name,
    type: tensor('string', [], { facts: { column: name, ...facts } }),
  });
  const named =
    found && found.parts.length > 0
      ? found.parts.map(columnOf)
      : parts.map((name) => ({ name, type: { ...tensor(undefined, []), facts: { column: name } } }));
  return [text('file', sample ? { files: sample } : {}), text('folder', classes ? { classes } : {}), ...named];
}

function troubles(found: FolderHeader, path: string, files: string | undefined, parts: number): readonly Refusal[] {
  if (found.files === 0) {
    const variant = files !== undefined && found.other !== undefined ? 'pattern' : undefined;
    const at = atSetting(variant ? 'files' : 'path');
    const values = { path, files: files ?? '', other: found.other ?? '' };
    return [refuse('data/empty-folder', values, { ...(variant ? { variant } : {}), at })];
  }
  if (!found.unlike) return [];
  const values = { file: found.unlike.file, count: found.unlike.count, parts };
  return [refuse('data/name-parts', values, { at: atSetting('parts') })];
}
