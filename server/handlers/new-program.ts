/** "New Model…": templates, data made for them, and the program for some data. Nothing is written here. */
import { FAMILIES, type Family, familyMessages, isFamily, render } from '../../language/index.ts';
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

/** The making is done in the thread for what takes longer, which has the templates. */
export function registerNewProgram(session: Session): void {
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
  wire.onRequest(EXAMPLE_DATA_REQUEST, async ({ family }: { readonly family: string }): Promise<ExampleDataAnswer> => {
    const { data } = await session.study({ kind: 'exampleData', family: known(session, family) });
    if (data === undefined) throw new Refusal(session.tell('new-failed'));
    const files = data.files.map(({ path, content }) => ({ path, content: Buffer.from(content).toString('base64') }));
    return { path: data.path, folder: data.folder, files };
  });
  wire.onRequest(NEW_PROGRAM_REQUEST, async (params: NewProgramParams): Promise<NewProgramAnswer> => {
    const { uri, data, folder } = params;
    const request = { family: known(session, params.family), file: fileOf(uri), data, folder };
    const { program } = await session.study({ kind: 'newProgram', request });
    if (program === undefined) throw new Refusal(session.tell('new-failed'));
    return program.kind === 'program' ? program : { kind: 'unfit', message: render(program.message, locale) };
  });
}

function known({ tell }: Session, family: string): Family {
  if (isFamily(family)) return family;
  throw new Refusal(tell('no-template', { family, families: FAMILIES.join(', ') }));
}
