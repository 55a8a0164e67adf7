/** "New Model…": templates, data made for them, and the program for some data. Nothing is written here. */
import {
  exampleData,
  FAMILIES,
  type Family,
  type Files,
  familyMessages,
  isFamily,
  newProgram,
  render,
} from '../../language/index.ts';
import {
  EXAMPLE_DATA_REQUEST,
  type ExampleDataAnswer,
  NEW_PROGRAM_REQUEST,
  type NewProgramAnswer,
  type NewProgramParams,
  TEMPLATES_REQUEST,
  type TemplateBrief,
} from '../../protocol/index.ts';
import { fileOf } from '../convert.ts';
import type { Session } from '../session.ts';
import { Refusal } from '../wire.ts';

/** What is chosen in the dialog of files. */
const CHOOSE: Readonly<Record<Family, TemplateBrief['choose']>> = {
  table: 'file',
  image: 'either',
  sequence: 'file',
  vae: 'either',
  gpt: 'file',
  bert: 'file',
  speech: 'folder',
  recommender: 'file',
};

const TABLES = ['csv', 'tsv', 'jsonl', 'ndjson', 'parquet'];
const ARRAYS = ['npy', 'idx', 'idx.gz', 'ubyte', 'ubyte.gz'];

const ENDINGS: Readonly<Record<Family, readonly string[]>> = {
  table: TABLES,
  image: ARRAYS,
  sequence: [...TABLES, 'txt'],
  vae: ARRAYS,
  gpt: ['txt'],
  bert: TABLES,
  speech: [],
  recommender: TABLES,
};

/** `files` reads at once: a template must know the header of its data. */
export function registerNewProgram(session: Session, files: () => Files): void {
  const { wire, locale } = session;
  wire.onRequest(TEMPLATES_REQUEST, (): readonly TemplateBrief[] =>
    FAMILIES.map((family) => {
      const { title, takes } = familyMessages(family);
      return {
        family,
        title: render(title, locale),
        takes: render(takes, locale),
        choose: CHOOSE[family],
        endings: ENDINGS[family],
      };
    }),
  );
  wire.onRequest(EXAMPLE_DATA_REQUEST, ({ family }: { readonly family: string }): ExampleDataAnswer => {
    const { path, folder, files: made } = exampleData(known(family));
    return {
      path,
      folder,
      files: made.map((file) => ({ path: file.path, content: Buffer.from(file.content).toString('base64') })),
    };
  });
  wire.onRequest(NEW_PROGRAM_REQUEST, ({ family, uri, data, folder }: NewProgramParams): NewProgramAnswer => {
    const made = newProgram(files(), { family: known(family), file: fileOf(uri), data, folder });
    return made.kind === 'program' ? made : { kind: 'unfit', message: render(made.message, locale) };
  });
}

function known(family: string): Family {
  if (isFamily(family)) return family;
  throw new Refusal(`There is no template ${family}; there are ${FAMILIES.join(', ')}.`);
}
