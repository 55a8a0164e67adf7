/**
 * `modelwright mcp` as an assistant meets it, through the protocol's own client: a wrong program is checked, mended by the
 * returned edits alone, trained after the person has agreed, evaluated, and its result read.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { beforeAll, expect, test } from 'vitest';
import { TOOLS } from '../../assist/index.ts';
import { mended, WRONG } from '../assist/mend.ts';
import { bundleTrainer } from '../trainer/bundle.ts';

let cli: string;
let folder: string;
beforeAll(async () => {
  cli = join(dirname(await bundleTrainer()), 'cli.js');
  folder = mkdtempSync(join(tmpdir(), 'mw-mcp-'));
  mkdirSync(join(folder, '.modelwright'));
  const digits = join(import.meta.dirname, '..', '..', 'examples', 'digits');
  for (const name of readdirSync(digits).filter((each) => each.endsWith('.gz')))
    copyFileSync(join(digits, name), join(folder, name));
});

interface Answer {
  readonly text: string;
  readonly failed: boolean;
}

/** `agree`: what the person answers where the assistant's program can ask; undefined: it can't. */
async function assistant(agree: boolean | undefined) {
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities: agree === undefined ? {} : { elicitation: {} } },
  );
  const asked: string[] = [];
  if (agree !== undefined) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      asked.push(params.message);
      return agree ? { action: 'accept', content: { agree: true } } : { action: 'decline' };
    });
  }
  const env = { ...process.env, MODELWRIGHT_MEASURE: '0' } as Record<string, string>;
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [cli, 'mcp'], cwd: folder, env }));
  const call = async (name: string, input: Record<string, unknown>): Promise<Answer> => {
    const answer = await client.callTool({ name, arguments: input }, undefined, { timeout: 120_000 });
    const [content] = answer.content as { text: string }[];
    return { text: content?.text ?? '', failed: answer.isError === true };
  };
  return { client, asked, call };
}

test('all tools are listed with their schemas; only two start something', async () => {
  const { client } = await assistant(undefined);
  const { tools } = await client.listTools();
  expect(tools.map((tool) => tool.name)).toEqual(TOOLS.map((tool) => tool.name));
  expect(tools.filter((tool) => tool.annotations?.readOnlyHint !== true).map((tool) => tool.name)).toEqual([
    'modelwright_train',
    'modelwright_evaluate',
  ]);
  await client.close();
});

test('a wrong program is checked, mended, trained and read', async () => {
  const { client, asked, call } = await assistant(true);
  const { text, codes } = await mended(WRONG, async (now) =>
    JSON.parse((await call('modelwright_check', { text: now })).text),
  );
  expect(codes).toContain('shape/missing-flatten');
  writeFileSync(join(folder, 'reader.model'), text);

  const trained = await call('modelwright_train', { file: 'reader.model', wait: 120 });
  expect(trained.failed, trained.text).toBe(false);
  expect(asked).toEqual([expect.stringContaining('reader.model')]);
  const run = JSON.parse(trained.text);
  expect(run).toMatchObject({ state: 'finished', number: 1 });
  expect(run.epochs).toHaveLength(2);

  const read = JSON.parse((await call('modelwright_run', { run: 'latest' })).text);
  expect(read.metrics['validation.accuracy']).toBeGreaterThan(0.8);
  const list = JSON.parse((await call('modelwright_runs', { file: 'reader.model' })).text);
  expect(list).toMatchObject({ total: 1, runs: [{ number: 1, state: 'finished' }] });

  const evaluated = JSON.parse((await call('modelwright_evaluate', { file: 'reader.model' })).text);
  expect(evaluated.expect).toEqual([expect.objectContaining({ held: true })]);
  await client.close();
});

test('nothing is trained that the person has not agreed to', async () => {
  writeFileSync(join(folder, 'other.model'), WRONG.replaceAll('Conv2d', 'Conv2D'));
  const declined = await assistant(false);
  const wrong = await declined.call('modelwright_train', { file: 'other.model' });
  expect(wrong).toMatchObject({ failed: true, text: expect.stringContaining('problem(s)') });
  writeFileSync(join(folder, 'mute.model'), GOOD);
  expect(await declined.call('modelwright_train', { file: 'mute.model' })).toMatchObject({
    failed: true,
    text: expect.stringContaining('did not agree'),
  });
  await declined.client.close();

  const mute = await assistant(undefined);
  const first = await mute.call('modelwright_train', { file: 'mute.model' });
  expect(first.text).toContain('Ask the person');
  const word = /confirm: "(.*?)"/.exec(first.text)?.[1];
  expect((await mute.call('modelwright_train', { file: 'mute.model', confirm: 'train-guess' })).failed).toBe(true);
  const agreed = await mute.call('modelwright_train', { file: 'mute.model', confirm: word, wait: 60 });
  expect(JSON.parse(agreed.text)).toMatchObject({ state: 'finished' });
  await mute.client.close();
});

test('wrong names and inputs are told in words', async () => {
  const { client, call } = await assistant(undefined);
  expect(await call('modelwright_fly', {})).toMatchObject({
    failed: true,
    text: expect.stringContaining('There is no tool'),
  });
  expect((await call('modelwright_run', { run: '99' })).text).toContain('There is no run `99`');
  expect((await call('modelwright_train', { file: 'missing.model' })).failed).toBe(true);
  await client.close();
});

const GOOD = `data Digits {
  source: idx(images: "test-images.idx.gz", labels: "test-labels.idx.gz")
  image: float32[784] = images -> reshape([784]) -> scale(0..255, 0..1)
  label: int32 = labels
  validation: 10%
}

model Small {
  input image: float32[784]

  output digit = image -> Dense(10, softmax)
}

train Small on Digits {
  loss: crossEntropy(digit, label)
  epochs: 1
}
`;
