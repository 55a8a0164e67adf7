/** The item in the status bar: what a click on it does stays the same while one run is shown. VS Code is played. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Runs } from '../../client/run/runs.ts';

const bar = vi.hoisted(() => ({ commands: [] as unknown[], texts: [] as string[], visible: false }));

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  StatusBarAlignment: { Left: 1 },
  commands: { executeCommand: async () => undefined },
  window: {
    createStatusBarItem: () => ({
      set command(value: unknown) {
        bar.commands.push(value);
      },
      set text(value: string) {
        bar.texts.push(value);
      },
      show: () => {
        bar.visible = true;
      },
      hide: () => {
        bar.visible = false;
      },
      dispose: () => undefined,
    }),
  },
}));
const { Status } = await import('../../client/views/status.ts');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const live = (folder: string, step: number): unknown => ({
  folder,
  record: { title: 'digits', id: '0014-quiet-heron', number: 14 },
  state: 'running',
  progress: { step, epoch: 1, epochStep: step },
  run: { started: { epochs: 5, steps: 100, metrics: [] }, epochs: [] },
});

test('the command is set once for a run, and again for another one', () => {
  const played = { alive: [] as unknown[], change: () => undefined as unknown };
  const runs: unknown = {
    get alive() {
      return played.alive;
    },
    onDidChange: (listener: () => void) => {
      played.change = listener;
      return { dispose: () => undefined };
    },
  };
  const status = new Status(runs as Runs);
  const shows = (...alive: unknown[]) => {
    played.alive = alive;
    played.change();
    vi.runAllTimers();
  };
  expect(bar.visible).toBe(false);
  for (const step of [1, 2, 3]) shows(live('/w/runs/0014-quiet-heron', step));
  expect(bar.visible).toBe(true);
  expect(bar.texts).toHaveLength(3);
  expect(bar.commands).toMatchObject([
    { command: 'modelwright.openRun', arguments: [{ folder: '/w/runs/0014-quiet-heron' }] },
  ]);
  shows(live('/w/runs/0015-calm-otter', 1));
  expect(bar.commands).toHaveLength(2);
  shows();
  expect(bar.visible).toBe(false);
  status.dispose();
});
