/** The server through its protocol: what an editor sends, what it gets. */
import { afterEach, expect, test } from 'vitest';
import type { Files } from '../../language/index.ts';
import { CURSOR_NOTIFICATION, DECLARATIONS_REQUEST, PLAN_REQUEST, type PlanResult } from '../../protocol/index.ts';
import { examplePrograms } from '../language/syntax/examples.ts';
import { type Client, type Range, startClient, tableFiles } from './client.ts';

const uri = 'file:///work/digits.model';
const digits = examplePrograms().find(([name]) => name.startsWith('1-'))![1];
let client: Client;
afterEach(() => client.close());

async function start(text = digits): Promise<void> {
  client = await startClient();
  expect((await client.open(uri, text)).diagnostics.filter((d) => d.severity <= 2)).toEqual([]);
}

test('an error is pushed with the version of its text and with where the numbers came from, and vanishes when mended', async () => {
  await start();
  const wrong = await client.edit(uri, 'MaxPool2D(2)', 'MaxPool2D(299)');
  expect(wrong.version).toBe(2);
  expect(wrong.diagnostics[0]?.message).toContain('299');
  expect(wrong.diagnostics[0]?.relatedInformation.length).toBeGreaterThan(0);
  expect(wrong.diagnostics[0]?.relatedInformation[0]?.location.uri).toBe(uri);
  const right = await client.edit(uri, 'MaxPool2D(299)', 'MaxPool2D(2)');
  expect(right.diagnostics).toEqual([]);
});

test('a run that finds no room in memory is warned of when the program has rested, and the fix mends it', async () => {
  await start();
  await client.edit(uri, 'batch: 64', 'batch: 100_000_000');
  const rested = await client.next(uri);
  const warning = rested.diagnostics.find((d) => d.code === 'train/memory');
  expect(warning?.message).toMatch(/^Training at batch 100000000 takes about [\d.]+ TiB of memory, but there are/u);
  const actions = await client.ask<{ title: string }[]>('textDocument/codeAction', uri, {
    range: warning!.range,
    context: { diagnostics: [] },
  });
  expect(actions[0]?.title).toMatch(/^Change to `batch: \d+`$/u);
  expect((await client.edit(uri, 'batch: 100_000_000', 'batch: 64')).diagnostics).toEqual([]);
});

test('what is unfinished where the cursor stands is a hint until the cursor leaves the line', async () => {
  await start();
  const typing = await client.edit(uri, '-> Flatten -> Dense(128, relu)', '->');
  const unfinished = typing.diagnostics.find((d) => d.code === 'syntax/missing-layer');
  expect(unfinished?.severity).toBe(4);
  const left = client.next(uri);
  client.connection.sendNotification(CURSOR_NOTIFICATION, { uri, line: 0 });
  expect((await left).diagnostics.find((d) => d.code === 'syntax/missing-layer')?.severity).toBe(1);
});

test('a quick fix mends the text', async () => {
  await start();
  const wrong = await client.edit(uri, 'image -> Conv2D', 'image |> Conv2D');
  const { range } = wrong.diagnostics[0]!;
  const actions = await client.ask<
    { title: string; isPreferred: boolean; edit: { changes: Record<string, { range: Range; newText: string }[]> } }[]
  >('textDocument/codeAction', uri, { range, context: { diagnostics: [] } });
  expect(actions[0]?.title).toBe('Change to `->`');
  expect(actions[0]?.isPreferred).toBe(true);
  expect(actions[0]?.edit.changes[uri]?.[0]).toEqual({ range, newText: '->' });
});

test('the title of a quick fix says the shape that it leads to, and the text is checked as it stands afterwards', async () => {
  await start();
  const wrong = await client.edit(uri, '-> Flatten -> Dense', '-> Dense');
  const { range } = wrong.diagnostics.find((d) => d.code === 'shape/missing-flatten')!;
  const ask = () =>
    client.ask<{ title: string; isPreferred: boolean }[]>('textDocument/codeAction', uri, {
      range,
      context: { diagnostics: [] },
    });
  const actions = await ask();
  expect(actions[0]?.title).toMatch(/^Insert Flatten before Dense \(→ \d+\)$/u);
  expect(actions[0]?.isPreferred).toBe(true);
  expect(actions[1]?.title).toMatch(/^Insert GlobalAvgPool2D before Dense \(→ \d+, [\d.]+× fewer weights\)$/u);
  expect(await ask()).toEqual(actions);
  expect((await client.edit(uri, '-> Dense(128', '-> Flatten -> Dense(128')).diagnostics).toEqual([]);
});

test('hover, hints, lenses, completion, definition, references, rename, symbols, folds, tokens, formatting', async () => {
  await start();
  const hover = await client.ask<{ contents: { value: string } }>('textDocument/hover', uri, {
    position: client.position(uri, 'Conv2D', 2),
  });
  expect(hover.contents.value).toContain('26 = 28 − 3 + 1 (window 3, padding: valid)');
  const hints = await client.ask<{ label: string }[]>('textDocument/inlayHint', uri, {
    range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
  });
  expect(hints.map((h) => h.label)).toEqual([': [128]', ': [10]']);
  type Lens = { command?: { title: string; command: string; arguments?: unknown[] } };
  const lenses = await client.ask<Lens[]>('textDocument/codeLens', uri);
  expect(lenses.map((l) => l.command?.title)).toEqual([
    '$(table) Look at data',
    '$(play) Train',
    '$(type-hierarchy-sub) Graph',
    '693,962 parameters',
    undefined,
    '$(play) Train',
    '$(beaker) Evaluate',
  ]);
  const cost = await client.connection.sendRequest<Lens>('codeLens/resolve', lenses[4]);
  expect(cost.command?.title).toMatch(/^888,192 multiply-adds · [\d.]+ MiB to train at batch 64$/);
  for (const at of [1, 5]) expect(lenses[at]?.command?.arguments).toEqual([{ uri, declaration: 'Digits' }]);
  const list = await client.ask<{ items: { label: string }[] }>('textDocument/completion', uri, {
    position: client.position(uri, 'Flatten'),
  });
  expect(list.items.slice(0, 6).map((i) => i.label)).toContain('Conv2D');
  const definition = await client.ask<{ targetRange: Range }[]>('textDocument/definition', uri, {
    position: client.position(uri, 'classes, softmax'),
  });
  expect(definition[0]?.targetRange.start).toEqual(client.position(uri, 'classes: int'));
  const uses = await client.ask<unknown[]>('textDocument/references', uri, {
    position: client.position(uri, 'digit ='),
    context: { includeDeclaration: true },
  });
  expect(uses.length).toBe(4);
  const renamed = await client.ask<{ changes: Record<string, unknown[]> }>('textDocument/rename', uri, {
    position: client.position(uri, 'digit ='),
    newName: 'number',
  });
  expect(renamed.changes[uri]?.length).toBe(4);
  await expect(
    client.ask('textDocument/rename', uri, { position: client.position(uri, 'digit ='), newName: '3' }),
  ).rejects.toThrow('cannot be a name');
  const symbols = await client.ask<{ name: string }[]>('textDocument/documentSymbol', uri);
  expect(symbols.map((s) => s.name)).toEqual(['Mnist', 'Digits', 'train Digits', 'evaluate Digits']);
  expect((await client.ask<unknown[]>('textDocument/foldingRange', uri)).length).toBe(4);
  const tokens = await client.ask<{ data: number[] }>('textDocument/semanticTokens/full', uri);
  expect(tokens.data.length % 5).toBe(0);
  expect(tokens.data.length).toBeGreaterThan(100);
  await client.edit(uri, 'epochs: 5', 'epochs:5');
  const edits = await client.ask<{ newText: string }[]>('textDocument/formatting', uri, { options: {} });
  expect(edits.map((e) => e.newText)).toEqual(['  epochs: 5']);
  const runs = await client.connection.sendRequest(DECLARATIONS_REQUEST, { uri });
  expect(runs).toEqual([
    { name: 'Mnist', kind: 'data', model: '', line: 1, expect: [] },
    { name: 'Digits', kind: 'train', model: 'Digits', line: 16, expect: [] },
    {
      name: 'Digits',
      kind: 'evaluate',
      model: 'Digits',
      line: 24,
      expect: [
        {
          text: 'accuracy(digit, label) > 95%',
          range: { start: { line: 25, character: 10 }, end: { line: 25, character: 38 } },
        },
      ],
    },
  ]);
  expect(client.logged).toEqual([]);
});

test('signature help follows the cursor', async () => {
  await start();
  const help = async (find: string, into: number) =>
    client.ask<{ activeParameter: number; signatures: { label: string }[] }>('textDocument/signatureHelp', uri, {
      position: client.position(uri, find, into),
    });
  const first = await help('Conv2D(32, 3', 7);
  expect(first.signatures[0]?.label).toMatch(/^Conv2D\(filters, kernel = 3/);
  expect(first.activeParameter).toBe(0);
  expect((await help('Conv2D(32, 3', 11)).activeParameter).toBe(1);
});

test('an imported file is read through the port, and an open buffer wins', async () => {
  const text =
    'import Digits from "./digits.model"\n\nblock Use {\n  input x: float32[28, 28, 1]\n  output x -> Digits\n}\n';
  client = await startClient(tableFiles({ '/work/digits.model': digits }));
  const published = await client.open('file:///work/use.model', text);
  expect(published.diagnostics).toEqual([]);
  const target = await client.ask<{ targetUri: string }[]>('textDocument/definition', 'file:///work/use.model', {
    position: client.position('file:///work/use.model', '-> Digits', 4),
  });
  expect(target[0]?.targetUri).toBe(uri);
});

test('selection grows outwards; symbols of all open programs; a closing brace formats its declaration', async () => {
  await start();
  type Selection = { range: Range; parent?: Selection };
  const [selection] = await client.ask<Selection[]>('textDocument/selectionRange', uri, {
    positions: [client.position(uri, 'relu) ->', 1)],
  });
  const texts: string[] = [];
  const lines = digits.split('\n');
  for (let at: Selection | undefined = selection; at !== undefined; at = at.parent) {
    const { start: from, end } = at.range;
    if (from.line === end.line) texts.push(lines[from.line]!.slice(from.character, end.character));
  }
  expect(texts.slice(0, 4)).toEqual(['relu', '32, 3, relu', '(32, 3, relu)', 'Conv2D(32, 3, relu)']);
  const symbols = await client.connection.sendRequest<{ name: string }[]>('workspace/symbol', { query: 'digi' });
  expect(symbols.map((s) => s.name)).toEqual(['Digits', 'train Digits', 'evaluate Digits']);
  await client.edit(uri, '  epochs: 5', 'epochs:5');
  const edits = await client.ask<{ newText: string }[]>('textDocument/onTypeFormatting', uri, {
    position: client.position(uri, 'batch: 64\n}', 11),
    ch: '}',
    options: {},
  });
  expect(edits.map((e) => e.newText)).toEqual(['  epochs: 5']);
});

test('changes that come together are checked once, and the last text counts', async () => {
  await start();
  let publications = 0;
  const last = new Promise<number>((resolve) => {
    client.connection.onNotification(
      'textDocument/publishDiagnostics',
      (p: { version: number; diagnostics: unknown[] }) => {
        publications++;
        if (p.version === 41) resolve(p.diagnostics.length);
      },
    );
  });
  const position = client.position(uri, '2) -> Flatten');
  let length = 1;
  for (let version = 2; version <= 41; version++) {
    const text = version % 2 === 0 ? '299' : '2';
    const range = { start: position, end: { line: position.line, character: position.character + length } };
    length = text.length;
    client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }
  expect(await last).toBe(0);
  expect(publications).toBeLessThan(5);
});

test('a document that is closed has no problems', async () => {
  await start();
  await client.edit(uri, 'MaxPool2D(2)', 'MaxPool2D(299)');
  const gone = client.next(uri);
  client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  expect((await gone).diagnostics).toEqual([]);
});

test('a program with errors has no plan, and its first error is told with its place; a stale version is refused', async () => {
  await start();
  await client.edit(uri, 'MaxPool2D(2)', 'MaxPool2D(299)');
  const params = { uri, version: 2, declaration: 'Digits', action: 'train', overrides: {} };
  const refused = await client.connection.sendRequest<PlanResult>(PLAN_REQUEST, params);
  expect(refused.kind).toBe('problems');
  const [first] = refused.kind === 'problems' ? refused.problems : [];
  expect(first?.uri).toBe(uri);
  expect(first?.range.start).toEqual(client.position(uri, 'MaxPool2D'));
  expect(await client.connection.sendRequest(PLAN_REQUEST, { ...params, version: 1 })).toEqual({ kind: 'stale' });
});

test('a plan is made of open buffers', async () => {
  await start();
  const header = (path: string) =>
    path.includes('images')
      ? { ok: true, value: { kind: 'idx', dtype: 'uint8', shape: [60000, 28, 28] } }
      : { ok: true, value: { kind: 'idx', dtype: 'uint8', shape: [60000], range: [0, 9] } };
  const known = { ...tableFiles({}), header: (_: string, path: string) => header(path) } as Files;
  client.close();
  client = await startClient(known);
  await client.open(uri, digits.replace('epochs: 5', 'epochs: 7'));
  const params = { uri, version: 1, declaration: undefined, action: 'train', overrides: {} };
  const result = await client.connection.sendRequest<PlanResult>(PLAN_REQUEST, params);
  expect(result.kind).toBe('plan');
  expect(result.kind === 'plan' ? result.plan.train?.epochs : undefined).toBe(7);
});

test('a text that is too large is not analysed, which is said once; the next request is answered', async () => {
  client = await startClient();
  const published = await client.open(uri, '# a\n'.repeat(1_300_000));
  expect(published.diagnostics.map((d) => d.code)).toEqual(['syntax/too-large']);
  expect(await client.ask('textDocument/formatting', uri, { options: {} })).toEqual([]);
  expect(await client.ask('textDocument/hover', uri, { position: { line: 3, character: 0 } })).toBe(null);
  expect((await client.open('file:///work/small.model', digits)).diagnostics).toEqual([]);
});

test('problems of one kind are mended together', async () => {
  await start('block B {\n  input x: [4]\n  y = x -> Dense(3)\n  z = y -> Dense(3)\n  output z\n}\n');
  await client.edit(uri, 'x -> Dense', 'x |> Dense');
  const wrong = await client.edit(uri, 'y -> Dense', 'y |> Dense');
  const [first] = wrong.diagnostics.filter((d) => d.code.startsWith('syntax/'));
  const actions = await client.ask<{ title: string; edit: { changes: Record<string, unknown[]> } }[]>(
    'textDocument/codeAction',
    uri,
    { range: first!.range, context: { diagnostics: [] } },
  );
  const all = actions.find((action) => action.title.startsWith('Fix all problems of this kind'));
  expect(all?.edit.changes[uri]?.length).toBe(2);
});
