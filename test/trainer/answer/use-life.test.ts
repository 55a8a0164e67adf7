/** How long a warm process lives: while it is asked, while its input is open, and while somebody asks within its patience. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { UseLine } from '../../../protocol/index.ts';
import { use } from '../../../trainer/answer/use.ts';
import { catalogArithmetic } from '../../../trainer/run/arithmetic.ts';
import { realDisk } from '../../../trainer/run/disk.ts';
import { fakeEngine } from '../fake-engine.ts';
import { fakeRun, tinyPlan } from '../run-helper.ts';

async function life(lines: readonly string[], options: { readonly patience?: number; readonly open?: boolean } = {}) {
  const { folder } = await fakeRun(tinyPlan());
  const said: UseLine[] = [];
  const feed = (async function* () {
    yield* lines;
    // An input that stays open says nothing more.
    if (options.open) await new Promise<never>(() => undefined);
  })();
  const deps = {
    disk: realDisk,
    openEngine: () => Promise.resolve(fakeEngine()),
    prepare: () => Promise.reject(new Error('no data')),
    dataFolder: undefined,
    threads: 1,
    arithmetic: catalogArithmetic,
  };
  const patience = options.patience === undefined ? {} : { patience: options.patience };
  const doings: string[] = [];
  const say = (line: UseLine): void => {
    if (line.kind === 'doing') doings.push(line.what);
    else said.push(line);
  };
  await use(folder, deps, { lines: feed, say, ...patience });
  expect(doings).toEqual(['checkpoint', 'engine', 'model']);
  return said;
}

const ask = (id: number) =>
  JSON.stringify({ id, kind: 'predict', ask: { inputs: { x: { kind: 'value', value: 1 } } } });

test('it ends when its input ends, after a last word on everything that was asked', async () => {
  const said = await life([ask(1), ask(2)]);
  expect(said.map(({ kind }) => kind)[0]).toBe('ready');
  expect(said.filter(({ kind }) => kind === 'answer' || kind === 'failed')).toHaveLength(2);
});

test('it ends by itself when nothing is asked any more', async () => {
  const said = await life([ask(1)], { open: true, patience: 20 });
  expect(said.map(({ kind }) => kind)).toEqual(['ready', 'answer']);
});

test('a line that is no question is told, and nothing ends', async () => {
  const said = await life(['{', ask(7)]);
  expect(said.slice(1)).toMatchObject([{ kind: 'failed', id: 0 }, { id: 7 }]);
});

test('its folder for files goes with it', async () => {
  const own = mkdtempSync(join(tmpdir(), 'mw-own-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = own;
  try {
    const file = { kind: 'file', name: 'a.json', bytes: Buffer.from('[1]').toString('base64') };
    const said = await life([JSON.stringify({ id: 1, kind: 'predict', ask: { inputs: { x: file } } })]);
    expect(said.at(-1)).toMatchObject({ kind: 'answer' });
    expect(readdirSync(own).filter((name) => name.startsWith('modelwright-use-'))).toEqual([]);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
});
