/** What the view of models is told: the declarations of open and closed programs, with sizes and errors. */
import { afterEach, expect, test } from 'vitest';
import type { ExampleDataAnswer, ProgramBrief, TemplateBrief } from '../../protocol/index.ts';
import { type Client, startClient } from './client.ts';

const net = `model Net(units: int = 4) {
  input x: float32[8]
  output y = x -> Dense(units)
}

model Wide = Net(units: 8)
`;
const bad = 'model Bad {\n  input x: float32[8]\n  output y = x -> Dens(2)\n}\n';
let client: Client;
afterEach(() => client.close());

const ask = (uri?: string) => client.connection.sendRequest<ProgramBrief[]>('modelwright/models', { uri });

test('all programs, open and closed, with parameters, lines and errors', async () => {
  client = await startClient(undefined, { programs: { '/w/net.model': net, '/w/bad.model': bad } });
  const programs = await ask();
  expect(programs.map((one) => [one.uri, one.errors])).toEqual([
    ['file:///w/bad.model', 1],
    ['file:///w/net.model', 0],
  ]);
  expect(programs[1]?.declarations).toEqual([
    { kind: 'model', name: 'Net', model: '', parameters: '36 parameters', at: { line: 0, character: 0 }, errors: 0 },
    { kind: 'model', name: 'Wide', model: '', parameters: '', at: { line: 5, character: 0 }, errors: 0 },
  ]);
  expect(programs[0]?.declarations[0]).toMatchObject({ kind: 'model', name: 'Bad', errors: 1 });
});

test('one program, as it is typed; runs name their model, and a change is told', async () => {
  const disk: Record<string, string> = {};
  client = await startClient(undefined, { programs: disk });
  const uri = 'file:///w/typed.model';
  await client.open(uri, `${net}\ntrain Net on Points as first {\n  epochs: 1\n}\n`);
  const [program] = await ask(uri);
  expect(program?.declarations.map(({ kind, name, model }) => [kind, name, model])).toEqual([
    ['model', 'Net', ''],
    ['model', 'Wide', ''],
    ['train', 'first', 'Net'],
  ]);
  expect(program?.errors).toBeGreaterThan(0);
  expect(await ask('file:///w/none.model')).toEqual([]);
  const told = new Promise<void>((resolve) => {
    client.connection.onNotification('modelwright/modelsChanged', resolve);
  });
  disk['/w/new.model'] = bad;
  client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: 'file:///w/new.model', type: 1 }],
  });
  await ask();
  await told;
});

test('new programs: templates with their texts, data as bytes, a program or why there is none', async () => {
  client = await startClient();
  const send = <T>(method: string, params = {}) => client.connection.sendRequest<T>(`modelwright/${method}`, params);
  const templates = await send<TemplateBrief[]>('templates');
  expect(templates.map(({ family }) => family)).toEqual(
    expect.arrayContaining(['table', 'image', 'sequence', 'vae', 'gpt', 'bert', 'speech', 'recommender']),
  );
  expect(templates[0]).toMatchObject({ title: 'Table, dense network', choose: 'file' });
  const data = await send<ExampleDataAnswer>('exampleData', { family: 'table' });
  expect(Buffer.from(data.files[0]?.content ?? '', 'base64').toString()).toMatch(/^leaf,stem,light,ground,kind\n/);
  const made = await send('newProgram', { family: 'table', uri: 'file:///w/new.model', data: 'x.csv', folder: false });
  expect(made).toEqual({ kind: 'unfit', message: expect.stringContaining('`x.csv` cannot be read') });
  await expect(send('exampleData', { family: 'none' })).rejects.toThrow('There is no template none');
});
