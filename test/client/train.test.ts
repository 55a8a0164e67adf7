/** Training from the editor: what is refused and how, and what is asked of the trainer. VS Code is played. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { PlanResult, TrainerRequest } from '../../protocol/index.ts';

interface Said {
  trusted: boolean;
  pick: string | undefined;
  errors: string[];
  shown: { uri: string; selection?: { start: { line: number } } }[];
  started: TrainerRequest[];
  startAnswer: unknown;
}
const said = vi.hoisted<Said>(() => ({
  trusted: true,
  pick: undefined,
  errors: [],
  shown: [],
  started: [],
  startAnswer: undefined,
}));

vi.mock('vscode', () => {
  class Uri {
    readonly text: string;
    constructor(text: string) {
      this.text = text;
    }
    static parse = (text: string) => new Uri(text);
    static file = (path: string) => new Uri(`file://${path}`);
    static joinPath = (uri: Uri, ...parts: string[]) => new Uri([uri.text, ...parts].join('/'));
    get fsPath() {
      return this.text.replace('file://', '');
    }
    toString() {
      return this.text;
    }
  }
  class Range {
    readonly start: { line: number; character: number };
    readonly end: { line: number; character: number };
    constructor(a: number, b: number, c: number, d: number) {
      this.start = { line: a, character: b };
      this.end = { line: c, character: d };
    }
  }
  return {
    Uri,
    Range,
    ProgressLocation: { Window: 10 },
    TextEditorRevealType: { InCenterIfOutsideViewport: 2 },
    l10n: {
      t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_all, at) => String(values[Number(at)])),
    },
    workspace: {
      get isTrusted() {
        return said.trusted;
      },
      textDocuments: [{ uri: new Uri('file:///w/a.model'), version: 7 }],
      getConfiguration: () => ({ get: (_name: string, otherwise?: unknown) => otherwise }),
      getWorkspaceFolder: () => ({ uri: new Uri('file:///w') }),
    },
    window: {
      showErrorMessage: async (text: string) => {
        said.errors.push(text);
      },
      showWarningMessage: async (text: string) => {
        said.errors.push(text);
      },
      showInformationMessage: async (text: string) => {
        said.errors.push(text);
      },
      showQuickPick: async (items: { label: string }[]) => items.find((item) => item.label === said.pick),
      showTextDocument: async (uri: Uri, options: { selection: Range }) => {
        said.shown.push({ uri: uri.toString(), selection: options.selection });
        return { revealRange: () => undefined };
      },
      withProgress: (_options: unknown, work: () => unknown) => work(),
    },
  };
});

vi.mock('../../runs/index.ts', () => ({
  findNode: async () => '/usr/bin/node',
  findRunsFolder: () => '/w/.modelwright/runs',
  startTrainer: async (_program: unknown, request: TrainerRequest) => {
    said.started.push(request);
    return said.startAnswer;
  },
}));

const { train, resumeRun } = await import('../../client/commands/train.ts');

const problems: PlanResult = {
  kind: 'problems',
  problems: [
    {
      uri: 'file:///w/b.model',
      code: 'shape/missing-flatten',
      message: 'Dense works on the last axis',
      range: { start: { line: 11, character: 4 }, end: { line: 11, character: 9 } },
    },
    {
      uri: 'file:///w/a.model',
      code: 'name/unknown',
      message: 'other',
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    },
  ],
};
const plan: PlanResult = { kind: 'plan', plan: { file: '/w/a.model', title: 'a A' } as never };

/** The services that training uses, with the server's answers. */
function services(answers: PlanResult[], declarations = [{ name: 'A', kind: 'train', model: 'A', line: 3 }]) {
  const asked: unknown[] = [];
  const calls: string[] = [];
  const run = {
    attached: false,
    resumable: true,
    state: 'stopped',
    folder: '/w/.modelwright/runs/0001-a-b',
    record: { file: '/w/a.model' },
    noteSignal: () => undefined,
    attach: async () => calls.push('attach'),
  };
  const made = {
    context: { asAbsolutePath: (path: string) => `/ext/${path}` },
    logs: { main: { error: () => undefined, info: () => undefined } },
    server: {
      plan: async (params: unknown) => {
        asked.push(params);
        return answers.shift();
      },
      declarations: async () => declarations,
    },
    problems: {
      clear: () => calls.push('clear'),
      addError: (_file: string, error: { code: string }) => calls.push(error.code),
    },
    runs: { addHome: () => calls.push('home'), open: () => run, openFresh: async () => run, alive: [] },
    panels: { show: () => calls.push('show'), active: undefined },
  };
  return { services: made as never, asked, calls, run };
}

const lens = { uri: 'file:///w/a.model', declaration: 'A' };

beforeEach(() => {
  said.trusted = true;
  said.pick = undefined;
  said.errors = [];
  said.shown = [];
  said.started = [];
  said.startAnswer = {
    ok: true,
    folder: '/w/.modelwright/runs/0001-a-b',
    pid: 5,
    exited: Promise.resolve({ code: 0, signal: null }),
  };
});

test('a program with errors is refused: the first error is shown where it stands, nothing starts', async () => {
  const { services: made } = services([problems]);
  await train(made, lens);
  expect(said.started).toEqual([]);
  expect(said.shown).toMatchObject([{ uri: 'file:///w/b.model', selection: { start: { line: 11 } } }]);
  expect(said.errors).toEqual(['Training needs a program without errors. Fix 2 first: Dense works on the last axis']);
});

test('a plan goes to the trainer; the panel opens, then the line', async () => {
  const { services: made, asked, calls } = services([plan]);
  await train(made, lens);
  expect(asked).toEqual([{ uri: 'file:///w/a.model', version: 7, declaration: 'A', action: 'train', overrides: {} }]);
  expect(said.started).toMatchObject([
    {
      kind: 'train',
      runs: '/w/.modelwright/runs',
      options: { engine: 'auto', device: 'auto', threads: 0 },
      keepGoing: false,
    },
  ]);
  expect(calls).toEqual(['clear', 'home', 'show', 'attach']);
});

test('a document that changed meanwhile is asked for again', async () => {
  const { services: made, asked } = services([{ kind: 'stale' }, plan]);
  await train(made, lens);
  expect(asked).toHaveLength(2);
  expect(said.started).toHaveLength(1);
});

test('of several train declarations one is picked; none picked, nothing starts', async () => {
  const two = ['A', 'B'].map((name) => ({ name, kind: 'train', model: 'M', line: 1 }));
  const first = services([plan], two);
  await train(first.services, { uri: lens.uri });
  expect(said.started).toEqual([]);
  said.pick = 'B';
  const second = services([plan], two);
  await train(second.services, { uri: lens.uri });
  expect(second.asked).toMatchObject([{ declaration: 'B' }]);
});

test('without trust the server is not even asked', async () => {
  said.trusted = false;
  const { services: made, asked } = services([plan]);
  await train(made, lens);
  expect(asked).toEqual([]);
  expect(said.started).toEqual([]);
});

test('a trainer that refuses: its error at the line and in one notification', async () => {
  said.startAnswer = {
    ok: false,
    error: { code: 'data/missing-file', message: 'points.csv is not there', place: undefined },
  };
  const { services: made, calls } = services([plan]);
  await train(made, lens);
  expect(calls).toEqual(['clear', 'data/missing-file']);
  expect(said.errors).toEqual(['points.csv is not there']);
});

test('a stopped run goes on; one without a checkpoint says why not', async () => {
  const { services: made, run } = services([]);
  await resumeRun(made, { folder: run.folder });
  expect(said.started).toMatchObject([{ kind: 'resume', folder: run.folder }]);
  run.resumable = false;
  await resumeRun(made, { folder: run.folder });
  expect(said.started).toHaveLength(1);
  expect(said.errors.at(-1)).toMatch(/no checkpoint to go on from/);
});
