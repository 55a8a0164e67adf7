/** A plain text: its characters and its lines. */
import { tensor } from '../../shapes/type.ts';
import { source } from '../define.ts';
import { headerOf, unreadable, wrongKind } from '../rules/files.ts';
import { text as textSetting } from '../settings.ts';

export const text = source('text', {
  doc: 'Reads a text in UTF-8. `characters` has one character a row, `lines` one line a row.',
  source: 'Our own',
  examples: ['text("data/shakespeare.txt")'],
  settings: { file: textSetting('The file, relative to the program or to the data folder.') },
  filesByColumn: false,
  columns(settings, header) {
    const found = headerOf(settings, 'file', header, { kind: 'text' })?.found;
    const alphabet = found?.ok && found.value.kind === 'text' ? found.value.alphabet : undefined;
    const columns = ['characters', 'lines'].map((name) => {
      const distinct = name === 'characters' && alphabet !== undefined ? { distinct: alphabet } : {};
      return { name, type: tensor('string', [], { facts: { column: name, ...distinct } }) };
    });
    if (found === undefined) return { columns, problems: [] };
    if (!found.ok) return { columns, problems: [unreadable('file', found)] };
    return { columns, problems: found.value.kind === 'text' ? [] : [wrongKind('file', 'text', found.value.kind)] };
  },
});
