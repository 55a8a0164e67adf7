/** Tables as text, with the names of their columns in the first line. */
import { wordOf } from '../checked.ts';
import { source } from '../define.ts';
import { atSetting, refuse } from '../refuse.ts';
import { tableColumns, textsOf } from '../rules/files.ts';
import { names, text } from '../settings.ts';

export const csv = source('csv', {
  doc: 'Reads a table of comma-separated values; each name of the first line is a raw column. A name that is no name of the language is written as `column("Sepal Length")`.',
  source: 'RFC 4180',
  examples: ['csv("data/housing.csv")', 'csv("data/iris.data", columns: [length, width, kind], separator: ";")'],
  settings: {
    file: text('The file, relative to the program or to the data folder.'),
    columns: names('Names of the columns, for a file whose first line is a row like the others.'),
    separator: text('What stands between cells; else it is found out.', { default: null, named: true }),
    missing: names('What stands for an empty cell, besides nothing; else the usual words (`NA`, `nan`, `?`, …).'),
  },
  filesByColumn: false,
  columns(settings, header) {
    const separator = wordOf(settings, 'separator');
    if (separator === '' || (separator !== undefined && separator.length > 1)) {
      return {
        columns: undefined,
        problems: [refuse('data/separator', { separator }, { at: atSetting('separator') })],
      };
    }
    const columns = textsOf(settings, 'columns');
    const missing = textsOf(settings, 'missing');
    return tableColumns(settings, header, {
      kind: 'csv',
      ...(separator === undefined ? {} : { separator }),
      ...(columns === undefined ? {} : { columns }),
      ...(missing === undefined ? {} : { missing: ['', ...missing] }),
    });
  },
});
