/** What is told of a run outside its panel, with its buttons and what they do. VS Code is played. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { LiveRun } from '../../client/run/live-run.ts';
import type { Services } from '../../client/services.ts';
import type { RunEvent, TrainerCommand } from '../../protocol/index.ts';

const said = vi.hoisted(() => ({
  messages: [] as string[][],
  answer: '',
  commands: [] as unknown[][],
  settings: {} as Record<string, unknown>,
}));

vi.mock('vscode', () => {
  const show = async (...words: string[]) => {
    said.messages.push(words);
    return words.slice(1).find((word) => word === said.answer);
  };
  return {
    l10n: {
      t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_all, at) => String(values[Number(at)])),
    },
    ConfigurationTarget: { Global: 1, Workspace: 2 },
    Uri: { file: (path: string) => ({ fsPath: path, toString: () => `file://${path}` }) },
    commands: { executeCommand: async (...words: unknown[]) => void said.commands.push(words) },
    window: { showErrorMessage: show, showWarningMessage: show, showInformationMessage: show },
    workspace: {
      openTextDocument: () => Promise.reject(new Error('no editor')),
      getConfiguration: () => ({
        get: (name: string, otherwise: unknown) => said.settings[name] ?? otherwise,
        update: async (name: string, value: unknown) => {
          said.settings[name] = value;
        },
      }),
    },
  };
});

const { tellNews } = await import('../../client/run/run-news.ts');

interface Played {
  readonly state?: string;
  readonly silent?: boolean;
  readonly signal?: string;
  readonly checkpoints?: readonly { readonly step: number }[];
  readonly columns?: Readonly<Record<string, number>>;
  readonly ended?: unknown;
}

const sent: TrainerCommand[] = [];
const shown: LiveRun[] = [];

function played({ state = 'running', silent = false, signal, checkpoints = [], columns = {}, ended }: Played): LiveRun {
  const values = new Map(Object.entries(columns).map(([name, value]) => [name, Float32Array.of(value, Number.NaN)]));
  const made: unknown = {
    folder: '/w/runs/0014-quiet-heron',
    record: { title: 'digits', id: '0014-quiet-heron', number: 14, file: '/w/digits.model', model: 'Net' },
    run: { step: 2411, checkpoints, problems: [], columns: { length: 2, values }, ended, started: undefined },
    state,
    silent,
    signal,
    send: (command: TrainerCommand) => sent.push(command) > 0,
  };
  return made as LiveRun;
}

const visible = { value: false };
const services = {
  logs: { follow: () => undefined, show: () => undefined },
  panels: { isVisible: () => visible.value, show: (run: LiveRun) => void shown.push(run) },
  problems: { add: () => undefined, settle: () => undefined },
} as unknown as Services;

const finished: RunEvent = {
  kind: 'ended',
  seq: 9,
  time: 0,
  state: 'finished',
  step: 9,
  epoch: 1,
  best: undefined,
  reason: undefined,
};
const settle = () => new Promise((done) => setImmediate(done));

beforeEach(() => {
  Object.assign(said, { messages: [], answer: '', commands: [], settings: {} });
  sent.length = 0;
  shown.length = 0;
  visible.value = false;
});

test('killed: the signal, how full the memory was, what is saved, and the way on', async () => {
  said.answer = 'Resume';
  const columns = { 'machine.memory': 9.7e9, 'machine.memoryTotal': 1e10 };
  tellNews(
    services,
    played({ state: 'interrupted', signal: 'SIGKILL', checkpoints: [{ step: 2000 }], columns }),
    undefined,
  );
  await settle();
  expect(said.messages[0]).toEqual([
    'digits #14 quiet-heron ended without a word at step 2411. Everything up to step 2000 is saved. It was killed by the system (signal 9); it had 97% of the memory. Where memory had run out, try a smaller batch.',
    'Resume',
    'Show Log',
  ]);
  expect(said.commands).toEqual([['modelwright.resumeRun', { folder: '/w/runs/0014-quiet-heron' }]]);
});

test('failed: what happened, what is saved, the buttons', async () => {
  const problem = { code: 'train/out-of-memory', severity: 'error', message: 'There is not enough memory.', seq: 4 };
  const run = played({ state: 'failed', checkpoints: [{ step: 2000 }] });
  const failed = { ...finished, state: 'failed' } as RunEvent;
  tellNews(services, { ...run, run: { ...run.run, problems: [problem] } } as unknown as LiveRun, failed);
  await settle();
  const named = { ...problem, message: 'The loss became NaN. The last good checkpoint is of step 2000.' };
  tellNews(services, { ...run, run: { ...run.run, problems: [named] } } as unknown as LiveRun, failed);
  await settle();
  const early = played({ state: 'failed' });
  tellNews(services, { ...early, run: { ...early.run, problems: [problem] } } as unknown as LiveRun, failed);
  await settle();
  expect(said.messages.map(([message]) => message)).toEqual([
    'digits #14 quiet-heron: There is not enough memory. Everything up to step 2000 is saved.',
    'digits #14 quiet-heron: The loss became NaN. The last good checkpoint is of step 2000.',
    'digits #14 quiet-heron: There is not enough memory. Nothing is saved: there was no checkpoint yet.',
  ]);
  expect(said.messages[0]?.at(-1)).toBe('Show');
});

test('no sign of life: wait, or stop at once', async () => {
  said.answer = 'Stop Now';
  const run = played({ silent: true });
  tellNews(services, run, undefined);
  tellNews(services, run, undefined);
  await settle();
  expect(said.messages).toHaveLength(1);
  expect(said.messages[0]?.slice(1)).toEqual(['Wait', 'Stop Now', 'Show Log']);
  expect(sent).toEqual([{ kind: 'stop' }, { kind: 'stop' }]);
});

test('whoever waits is told again when it stays silent', async () => {
  said.answer = 'Wait';
  const run = played({ silent: true });
  tellNews(services, run, undefined);
  await settle();
  tellNews(services, run, undefined);
  await settle();
  expect(said.messages).toHaveLength(2);
  expect(sent).toEqual([]);
});

test('finished while nobody looks: show, evaluate, or no more of this', async () => {
  said.answer = 'Evaluate';
  tellNews(services, played({ state: 'finished' }), finished);
  await settle();
  expect(said.messages[0]).toEqual(['digits #14 quiet-heron is finished.', 'Show', 'Evaluate', 'Don’t Show Again']);
  expect(said.commands).toEqual([['modelwright.evaluate', { uri: 'file:///w/digits.model', model: 'Net' }]]);
  said.answer = 'Don’t Show Again';
  tellNews(services, played({ state: 'finished' }), finished);
  await settle();
  tellNews(services, played({ state: 'finished' }), finished);
  await settle();
  expect(said.messages).toHaveLength(2);
});

test('finished before one’s eyes: nothing pops up', async () => {
  visible.value = true;
  tellNews(services, played({ state: 'finished' }), finished);
  await settle();
  expect(said.messages).toEqual([]);
});
