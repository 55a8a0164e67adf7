/** Requests about more than the open document: closed programs, pulled problems, renamed files, texts made from a program. */
import { afterEach, expect, test } from 'vitest';
import { type Client, type Range, startClient } from './client.ts';

const blocks = `## Two layers.
block Pair(width: int) {
  input x: [n]
  output x -> Dense(width, relu) -> Dense(width)
}
`;
const net = `import Pair from "./blocks.model"

model Net {
  input x: float32[8]
  output y = x -> Pair(4) -> Pair(2)
}
`;
const other = `import Pair from "../blocks.model"

model Other {
  input x: float32[8]
  output y = x -> Pair(3)
}
`;
const programs = () => ({ '/w/blocks.model': blocks, '/w/net.model': net, '/w/deep/other.model': other });
const uri = 'file:///w/blocks.model';
const netUri = 'file:///w/net.model';
const otherUri = 'file:///w/deep/other.model';
let client: Client;
afterEach(() => client.close());

type Located = { uri: string; range: Range }[];

test('references and rename reach programs that are not open', async () => {
  client = await startClient(undefined, { programs: programs() });
  await client.open(uri, blocks);
  const position = client.position(uri, 'Pair(width', 1);
  const uses = await client.ask<Located>('textDocument/references', uri, {
    position,
    context: { includeDeclaration: true },
  });
  const count = (of: string) => uses.filter((use) => use.uri === of).length;
  expect([count(uri), count(netUri), count(otherUri)]).toEqual([1, 3, 2]);
  const renamed = await client.ask<{ changes: Record<string, unknown[]> }>('textDocument/rename', uri, {
    position,
    newName: 'Twice',
  });
  expect(Object.entries(renamed.changes).map(([of, edits]) => [of, edits.length])).toEqual(
    expect.arrayContaining([
      [uri, 1],
      [netUri, 3],
      [otherUri, 2],
    ]),
  );
  await expect(client.ask('textDocument/rename', uri, { position, newName: 'Net' })).rejects.toThrow('something else');
});

test('who uses whom, across files', async () => {
  client = await startClient(undefined, { programs: programs() });
  await client.open(uri, blocks);
  const [item] = await client.ask<object[]>('textDocument/prepareCallHierarchy', uri, {
    position: client.position(uri, 'Pair(width', 1),
  });
  type Incoming = { from: { name: string; uri: string }; fromRanges: Range[] }[];
  const incoming = await client.connection.sendRequest<Incoming>('callHierarchy/incomingCalls', { item });
  expect(incoming.map((call) => [call.from.name, call.fromRanges.length])).toEqual([
    ['Net', 2],
    ['Other', 1],
  ]);
  const [caller] = incoming;
  type Outgoing = { to: { name: string } }[];
  const outgoing = await client.connection.sendRequest<Outgoing>('callHierarchy/outgoingCalls', { item: caller?.from });
  expect(outgoing.map((call) => call.to.name)).toEqual(['Pair']);
});

test('a renamed file: imports follow, in the file itself and in others', async () => {
  client = await startClient(undefined, { programs: programs() });
  const edit = await client.connection.sendRequest<{ changes: Record<string, { newText: string }[]> }>(
    'workspace/willRenameFiles',
    { files: [{ oldUri: uri, newUri: 'file:///w/lib/pairs.model' }] },
  );
  expect(edit.changes).toEqual({
    [netUri]: [expect.objectContaining({ newText: './lib/pairs.model' })],
    [otherUri]: [expect.objectContaining({ newText: '../lib/pairs.model' })],
  });
  const moved = await client.connection.sendRequest<{ changes: Record<string, { newText: string }[]> }>(
    'workspace/willRenameFiles',
    { files: [{ oldUri: 'file:///w/deep', newUri: 'file:///w/deep/er' }] },
  );
  expect(moved.changes).toEqual({ [otherUri]: [expect.objectContaining({ newText: '../../blocks.model' })] });
});

test('an unknown name that another program declares is imported by a fix', async () => {
  client = await startClient(undefined, { programs: { '/w/blocks.model': blocks } });
  const published = await client.open(netUri, net.replace('import Pair from "./blocks.model"\n\n', ''));
  const { range } = published.diagnostics[0]!;
  const actions = await client.ask<
    { title: string; edit: { changes: Record<string, { range: Range; newText: string }[]> } }[]
  >('textDocument/codeAction', netUri, { range, context: { diagnostics: [] } });
  const fix = actions.find((action) => action.title === 'Import `Pair` from "./blocks.model"');
  expect(fix?.edit.changes[netUri]?.[0]?.newText).toBe('import Pair from "./blocks.model"\n\n');
});

const bad = 'model Bad {\n  input x: float32[8]\n  output y = x -> Dens(2)\n}\n';

test('problems for a client that asks: of an open document, of closed programs; unchanged where nothing changed', async () => {
  client = await startClient(undefined, {
    programs: { '/w/bad.model': bad },
    capabilities: { textDocument: { diagnostic: {} } },
  });
  client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: netUri, languageId: 'model', version: 1, text: bad.replace('Bad', 'Worse') },
  });
  type Report = { kind: string; resultId: string; uri: string; items: { message: string; code: string }[] };
  const first = await client.ask<Report>('textDocument/diagnostic', netUri);
  expect(first.items.map((item) => item.code)).toEqual(['name/unknown']);
  const again = await client.ask<Report>('textDocument/diagnostic', netUri, { previousResultId: first.resultId });
  expect(again).toEqual({ kind: 'unchanged', resultId: first.resultId });
  const ask = (previousResultIds: { uri: string; value: string }[]) =>
    client.connection.sendRequest<{ items: Report[] }>('workspace/diagnostic', { previousResultIds });
  const all = await ask([]);
  expect(all.items.map((item) => [item.uri, item.items.length])).toEqual([
    [netUri, 1],
    ['file:///w/bad.model', 1],
  ]);
  // Nothing changed: the answer waits, and comes when a document is closed.
  const later = ask(all.items.map((item) => ({ uri: item.uri, value: item.resultId })));
  client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: netUri } });
  expect((await later).items.map((item) => [item.uri, item.items.length])).toEqual([[netUri, 0]]);
  expect(client.logged).toEqual([]);
});

test('what is pushed is not given a second time', async () => {
  client = await startClient(undefined, {
    programs: { '/w/bad.model': bad },
    capabilities: { textDocument: { diagnostic: {} } },
    options: { push: true },
  });
  const published = await client.open(netUri, bad);
  expect(published.diagnostics.length).toBe(1);
  const all = await client.connection.sendRequest<{ items: { uri: string; items: unknown[] }[] }>(
    'workspace/diagnostic',
    { previousResultIds: [] },
  );
  expect(all.items.map((item) => [item.uri, item.items.length])).toEqual([
    [netUri, 0],
    ['file:///w/bad.model', 1],
  ]);
});

test('each problem leads to its page', async () => {
  client = await startClient();
  const published = await client.open(netUri, bad);
  expect(published.diagnostics[0]).toMatchObject({
    codeDescription: { href: 'file:///docs/problems/name/unknown.md' },
  });
});

test('the table of shapes, and the word to ask again when the program changes', async () => {
  client = await startClient(undefined, { programs: programs() });
  await client.open(netUri, net);
  const content = `modelwright-shape:/net.txt?${encodeURIComponent(netUri)}`;
  const ask = () => client.connection.sendRequest<{ text: string }>('workspace/textDocumentContent', { uri: content });
  expect((await ask()).text).toMatchInlineSnapshot(`
    "Net in net.model

    Layer               Shape       Parameters
    ──────────────────────────────────────────
    input x             float32[8]
    Net/Pair.0/Dense.0  [4]                 36
    Net/Pair.0/Dense.1  [4]                 20
    Net/Pair.1/Dense.0  [2]                 10
    Net/Pair.1/Dense.1  [2]                  6
    output y            float32[2]
    ──────────────────────────────────────────
    Parameters: 72
    "
  `);
  const told = new Promise((resolve) =>
    client.connection.onRequest('workspace/textDocumentContent/refresh', (p: { uri: string }) => {
      resolve(p.uri);
      return null;
    }),
  );
  await client.edit(netUri, 'Pair(2)', 'Pair(5)');
  expect(await told).toBe(content);
  expect((await ask()).text).toContain('[5]');
});

test('colours: only what changed is sent again', async () => {
  client = await startClient(undefined, { programs: programs() });
  await client.open(netUri, net);
  type Tokens = { resultId: string; data: number[] };
  const full = await client.ask<Tokens>('textDocument/semanticTokens/full', netUri);
  await client.edit(netUri, 'input x', 'input xx');
  const delta = await client.ask<{ resultId: string; edits: { start: number; deleteCount: number; data: number[] }[] }>(
    'textDocument/semanticTokens/full/delta',
    netUri,
    { previousResultId: full.resultId },
  );
  const now = await client.ask<Tokens>('textDocument/semanticTokens/full', netUri);
  const patched = [...full.data];
  for (const edit of delta.edits) patched.splice(edit.start, edit.deleteCount, ...edit.data);
  expect(patched).toEqual(now.data);
  expect(delta.edits[0]!.data.length).toBeLessThan(now.data.length / 2);
});

test('requests about documents that are not there are answered by nothing', async () => {
  client = await startClient();
  const nowhere = 'file:///nowhere.model';
  const position = { line: 3, character: 4 };
  const range = { start: position, end: position };
  for (const [method, more] of [
    ['textDocument/hover', { position }],
    ['textDocument/completion', { position }],
    ['textDocument/definition', { position }],
    ['textDocument/typeDefinition', { position }],
    ['textDocument/references', { position, context: { includeDeclaration: true } }],
    ['textDocument/codeAction', { range, context: { diagnostics: [] } }],
    ['textDocument/inlayHint', { range }],
    ['textDocument/codeLens', {}],
    ['textDocument/semanticTokens/full', {}],
    ['textDocument/diagnostic', {}],
    ['textDocument/prepareCallHierarchy', { position }],
    ['textDocument/formatting', { options: {} }],
    ['textDocument/onTypeFormatting', { position, ch: '}', options: {} }],
    ['textDocument/documentLink', {}],
    ['textDocument/selectionRange', { positions: [position] }],
  ] as const) {
    await expect(client.ask(method, nowhere, more)).resolves.toBeDefined();
  }
  for (const method of ['completionItem/resolve', 'codeLens/resolve', 'inlayHint/resolve', 'documentLink/resolve']) {
    await expect(client.connection.sendRequest(method, { label: 'x' })).resolves.toEqual({ label: 'x' });
    const stale = { label: 'x', data: { list: 99, index: 3, uri: nowhere, file: '/n', unit: 'M', offset: 3 } };
    await expect(client.connection.sendRequest(method, stale)).resolves.toBeDefined();
  }
  expect(client.logged).toEqual([]);
});

type Item = {
  label: string;
  textEdit: { newText: string; range: Range };
  documentation?: { value: string };
  additionalTextEdits?: { newText: string }[];
};

test('suggestions: paths in strings, names in imports, names that are imported as they are accepted', async () => {
  client = await startClient(undefined, { programs: { ...programs(), '/w/data/points.csv': 'a,b\n1,2\n' } });
  await client.connection.sendRequest('workspace/symbol', { query: '' });
  const text =
    'import  from "./blocks.model"\nimport X from "./"\n\nmodel A {\n  input x: float32[8]\n  output y = x -> \n}\n\ndata D {\n  source: csv("data/")\n  v: float32 = a\n}\n';
  await client.open('file:///w/a.model', text);
  const ask = async (find: string, into: number): Promise<Item[]> =>
    (
      await client.ask<{ items: Item[] }>('textDocument/completion', 'file:///w/a.model', {
        position: client.position('file:///w/a.model', find, into),
      })
    ).items;
  expect((await ask('import  from', 7)).map((item) => item.label)).toEqual(['Pair']);
  expect((await ask('import X from "./', 17)).map((item) => item.label)).toEqual(
    expect.arrayContaining(['blocks.model', 'net.model', 'deep/']),
  );
  expect((await ask('csv("data/', 10)).map((item) => item.label)).toEqual(['points.csv']);
  const pair = (await ask('x -> ', 5)).find((item) => item.label === 'Pair');
  expect(pair?.additionalTextEdits?.[0]?.newText).toMatch(/Pair/);
  const resolved = await client.connection.sendRequest<Item>('completionItem/resolve', pair);
  expect(resolved.documentation?.value).toBe('Two layers.');
});

test('a new line formats the lines above it, not the one that is begun', async () => {
  client = await startClient();
  await client.open(netUri, 'block B {\n  input x:[4]\n    y=x->Dense(3)\n  \n  output y\n}\n');
  const edits = await client.ask<{ newText: string }[]>('textDocument/onTypeFormatting', netUri, {
    position: { line: 3, character: 2 },
    ch: '\n',
    options: {},
  });
  expect(edits.map((edit) => edit.newText)).toEqual(['  input x: [4]', '  y = x -> Dense(3)']);
});

test('a model as a Keras program, and its cost on hover', async () => {
  client = await startClient(undefined, { programs: programs() });
  await client.open(
    netUri,
    net.replace('-> Pair(4) -> Pair(2)', '-> Dense(4, relu) -> Dense(2)').replace(/^import.*\n/, ''),
  );
  const content = `modelwright-keras:/net.py?${encodeURIComponent(netUri)}`;
  const { text } = await client.connection.sendRequest<{ text: string }>('workspace/textDocumentContent', {
    uri: content,
  });
  expect(text).toContain('import keras');
  expect(text).toContain('Dense(4, activation="relu"');
  const hover = await client.ask<{ contents: { value: string } }>('textDocument/hover', netUri, {
    position: client.position(netUri, 'model Net', 7),
  });
  expect(hover.contents.value).toContain('40 multiply-adds · ');
});

test('messages, titles and documentation in the language of the client', async () => {
  client = await startClient(undefined, { programs: programs(), locale: 'zh-cn' });
  const published = await client.open(netUri, bad);
  expect(published.diagnostics[0]!.message).toMatch(/\p{Script=Han}/u);
  const { range } = published.diagnostics[0]!;
  const actions = await client.ask<{ title: string }[]>('textDocument/codeAction', netUri, {
    range,
    context: { diagnostics: [] },
  });
  for (const action of actions) expect(action.title).toMatch(/\p{Script=Han}/u);
  await client.open(uri, blocks);
  const lenses = await client.ask<{ command: { title: string } }[]>('textDocument/codeLens', uri);
  for (const lens of lenses) expect(lens.command.title).toMatch(/\p{Script=Han}/u);
});

test('a refactoring makes a place to type in of the name that it made up, where the client can', async () => {
  client = await startClient(undefined, {
    programs: programs(),
    capabilities: { workspace: { workspaceEdit: { snippetEditSupport: true } } },
  });
  await client.open(netUri, net);
  const range = {
    start: client.position(netUri, 'Pair(4)'),
    end: client.position(netUri, 'Pair(2)', 7),
  };
  type Edit = { documentChanges: { edits: { snippet: { value: string } }[] }[] };
  const actions = await client.ask<{ title: string; edit: Edit }[]>('textDocument/codeAction', netUri, {
    range,
    context: { diagnostics: [], only: ['refactor'] },
  });
  const extract = actions.find((action) => action.title === 'Extract into a block');
  const place = `\${1:Extracted}`;
  expect(extract?.edit.documentChanges[0]?.edits.map((edit) => edit.snippet.value)).toEqual([
    `block ${place} {\n  input x: float32[8]\n  output x -> Pair(4) -> Pair(2)\n\\}\n\n`,
    place,
  ]);
});
