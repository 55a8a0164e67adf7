/** A page of the panel whose Try it tab is answered by a real warm model: a run trained for the test, a process that holds it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { PANEL_VERSION, readFromPanel, type TryAsk, type UseKind } from '../../protocol/index.ts';
import { WarmModel } from '../../runs/index.ts';
import { bundleTrainer } from '../trainer/bundle.ts';
import type { PanelPage } from './page.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');

export interface WarmRun {
  readonly model: WarmModel;
  dispose(): void;
}

/** Trains a program (a path below the examples, or an absolute one) and holds it warm. */
export async function warmRun(program: string, ...settings: string[]): Promise<WarmRun> {
  const trainer = await bundleTrainer();
  const work = mkdtempSync(join(tmpdir(), 'mw-try-'));
  const runs = join(work, 'runs');
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(dirname(trainer), 'cli.js'),
      'train',
      resolve(examples, program),
      ...settings.flatMap((each) => ['--set', each]),
      ...['--runs', runs, '--engine', 'onnx', '--threads', '1', '--json'],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const folder = join(runs, readdirSync(runs)[0] ?? '');
  const options = { engine: 'onnx', device: 'cpu', threads: 1 } as const;
  const started = await WarmModel.start({ node: process.execPath, script: trainer }, folder, options);
  if (!started.ok) throw new Error(started.error.message);
  const { model } = started;
  return {
    model,
    dispose() {
      model.dispose();
      rmSync(work, { recursive: true, force: true });
    },
  };
}

/** Answers what the page asks from now on, as the extension does. Milliseconds of each prediction are kept. */
export async function playWarmHost({ page, send }: PanelPage, model: WarmModel): Promise<{ readonly times: number[] }> {
  const times: number[] = [];
  const streams = new Map<number, AbortController>();
  const answer = async (data: unknown): Promise<void> => {
    const message = readFromPanel(data);
    if (message?.kind !== 'ask' || message.topic !== 'try') return;
    const { request, topic } = message;
    const reply = await bodyOf(message.body);
    await send({ version: PANEL_VERSION, request, topic, ...reply });
  };
  const bodyOf = async (ask: TryAsk): Promise<Record<string, unknown>> => {
    if (ask.kind === 'stop') {
      streams.get(ask.stream)?.abort();
      return { kind: 'answer', body: { kind: 'stopped' } };
    }
    const began = performance.now();
    const abort = new AbortController();
    if (ask.kind === 'generate') streams.set(ask.stream, abort);
    const kind: UseKind = ask.kind;
    const answered = await model.ask(kind, (ask.kind === 'form' ? {} : ask.ask) as never, abort.signal, (part) => {
      if (ask.kind !== 'generate') return;
      const body = { kind: 'part', stream: ask.stream, part };
      void send({ version: PANEL_VERSION, kind: 'tell', topic: 'try', body });
    });
    if (ask.kind === 'predict') times.push(performance.now() - began);
    if (!answered.ok)
      return answered.cancelled
        ? { kind: 'answer', body: { kind: 'stopped' } }
        : { kind: 'refused', message: answered.error.message };
    const { checkpoint, body } = answered;
    const ms = 'ms' in body ? body.ms : answered.ms;
    return { kind: 'answer', body: { kind, model: { engine: model.engine, checkpoint, ms }, answer: answered.body } };
  };
  await page.exposeFunction('hostHears', (data: unknown) => answer(data));
  await page.evaluate(() => {
    const played = window as unknown as { received: unknown[]; hostHears: (data: unknown) => void };
    for (const message of played.received) played.hostHears(message);
    const { received } = played;
    const push = received.push.bind(received);
    received.push = (...messages: unknown[]) => {
      for (const message of messages) played.hostHears(message);
      return push(...messages);
    };
  });
  return { times };
}
