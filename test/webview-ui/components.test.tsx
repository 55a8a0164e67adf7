// @vitest-environment happy-dom
/** The parts of the panel as a page without a picture: what is said, by which role, and what a click asks of the host. */
import { render } from 'preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../protocol/index.ts';
import { App } from '../../webview-ui/app.tsx';
import { connectHost, type Host } from '../../webview-ui/host.ts';
import { setTexts } from '../../webview-ui/text/translate.ts';
import { goodRun, T0 } from './events.ts';
import { headOf, snapshotOf } from './messages.ts';

let posted: { kind: string; [name: string]: unknown }[] = [];
let host: Host;
let root: HTMLElement;
let kept: unknown;

beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  posted = [];
  kept = undefined;
  root = document.createElement('div');
  document.body.append(root);
  host = connectHost(
    {
      postMessage: (message) => posted.push(message as { kind: string }),
      getState: () => kept,
      setState: (state) => {
        kept = state;
      },
    },
    window,
  );
  render(<App host={host} />, root);
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
  setTexts('en', {});
});

/** Lets the signals and the frames of the page run. */
async function receive(message: unknown): Promise<void> {
  window.dispatchEvent(new MessageEvent('message', { data: message }));
  await vi.waitFor(() => expect(posted.some((each) => each.kind === 'ack')).toBe(true));
}

const text = (selector: string) => root.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim();
const button = (name: string) =>
  [...root.querySelectorAll('button')].find(
    (each) => each.textContent?.trim() === name || each.getAttribute('aria-label') === name,
  )!;

const events = goodRun({ steps: 100, epochs: 5, until: 57 });

test('says that it is ready, waits, and acknowledges what it has drawn', async () => {
  expect(posted).toEqual([{ version: 1, kind: 'ready' }]);
  expect(text('main')).toBe('Loading the run…');
  await receive(snapshotOf(events));
  expect(posted.filter(({ kind }) => kind === 'ack')).toEqual([{ version: 1, kind: 'ack', upTo: 1 }]);
});

test('shows the run: name, state, progress, health, tiles, epochs', async () => {
  await receive(snapshotOf(events));
  expect(text('h1')).toBe('mnist Digits #14 quiet-heron');
  expect(text('.badge')).toBe('Training');
  expect(text('.where')).toBe('epoch 3 of 5 · step 57 of 100');
  const bar = root.querySelector('[role=progressbar]')!;
  expect(bar.getAttribute('aria-valuenow')).toBe('57');
  expect(bar.getAttribute('aria-valuetext')).toBe('57 percent, step 57 of 100');
  expect(bar.querySelectorAll('.segment')).toHaveLength(5);
  expect(root.querySelector('.health')?.getAttribute('role')).toBe('status');
  expect([...root.querySelectorAll('.tile .label')].map((each) => each.textContent)).toEqual([
    'validation accuracy',
    'validation loss',
    'training loss',
    'throughput',
  ]);
  expect(root.querySelectorAll('.epochs tbody tr')).toHaveLength(3);
  expect(text('.epochs tr.running')).toMatch(/^3570\.\d+.*running 85%$/);
  expect(text('.epochs tbody tr td.best')).toMatch(/^9\d\.\d\d% ★$/);
  expect(text('[aria-live=polite]')).toMatch(/^Epoch 2: validation accuracy 9\d\.\d\d%, up \d\.\d\d\.$/);
});

test('while it prepares, the time is counted and it can be stopped', async () => {
  await receive(snapshotOf([], { state: 'preparing', created: Date.now() - 1200 }));
  expect(text('.ticking')).toMatch(/^1\.\d s$/);
  expect(text('.health')).toContain('Preparing.');
  expect(button('Pause')).toBeUndefined();
  button('Stop').click();
  expect(posted.at(-1)).toMatchObject({ kind: 'command', id: 'stop' });
});

test('pause, stop, and stop now', async () => {
  await receive(snapshotOf(events));
  button('Pause').click();
  button('Stop').click();
  expect(posted.slice(-2).map((each) => each.id)).toEqual(['pause', 'stop']);
  host.store.head.value = headOf({ stopping: true });
  await vi.waitFor(() => expect(button('Stop now')).toBeDefined());
  expect(text('.badge')).toBe('Stopping');
  expect(button('Pause').disabled).toBe(true);
});

test('a run that is over offers to go on only where there is a checkpoint', async () => {
  await receive(snapshotOf(events, { state: 'interrupted', attached: false, resumable: true }));
  expect(button('Pause')).toBeUndefined();
  button('Continue').click();
  expect(posted.at(-1)).toMatchObject({ kind: 'command', id: 'continue' });
  host.store.head.value = headOf({ state: 'finished', attached: false });
  await vi.waitFor(() => expect(button('Continue')).toBeUndefined());
});

test('a failure is an alert with its line; markup in it stays text', async () => {
  const problem: RunEvent = {
    kind: 'problem',
    seq: 900,
    time: T0 + 5000,
    code: 'train/not-finite',
    severity: 'error',
    message: 'Loss became NaN at step 57. <img src=x onerror=alert(1)>',
    step: 57,
    place: { file: '/home/ada/mnist.model', line: 14, column: 3, start: 200, end: 207 },
  };
  await receive(snapshotOf([...events, problem], { state: 'failed', attached: false }));
  const health = root.querySelector('.health')!;
  expect(health.getAttribute('role')).toBe('alert');
  expect(health.textContent).toContain('<img src=x onerror=alert(1)>');
  expect(health.querySelector('img')).toBeNull();
  button('Show line 14 of /home/ada/mnist.model').click();
  expect(posted.at(-1)).toMatchObject({ id: 'showPlace', argument: 900 });
});

test('the menu opens, moves by arrows, and closes', async () => {
  await receive(snapshotOf(events));
  button('More actions').click();
  await vi.waitFor(() => expect(root.querySelector('[role=menu]')).not.toBeNull());
  const keep = root.querySelector<HTMLButtonElement>('[role=menuitemcheckbox]')!;
  expect(keep.getAttribute('aria-checked')).toBe('false');
  keep.click();
  expect(posted.at(-1)).toMatchObject({ id: 'keepGoing', argument: 1 });
  await vi.waitFor(() => expect(root.querySelector('[role=menu]')).toBeNull());
});

test('tabs, and what is kept of the view', async () => {
  await receive(
    snapshotOf([
      ...events,
      { kind: 'log', seq: 950, time: T0, level: 'info', text: '\u001b[32mloaded\u001b[0m\n54,000 rows' },
    ]),
  );
  button('Log').click();
  await vi.waitFor(() => expect(root.querySelectorAll('.log-line')).toHaveLength(7), { timeout: 10_000 });
  const lines = [...root.querySelectorAll('.log-line span')].map((line) => line.textContent);
  expect(lines[0]).toBe('started: mnist Digits, 693962 parameters, 100 steps');
  expect(lines[1]).toMatch(/^epoch 1, step 20: loss 0\.\d+, accuracy 0\.\d+; validation loss/);
  expect(lines.slice(-2)).toEqual(['loaded', '54,000 rows']);
  await vi.waitFor(() => expect(kept).toMatchObject({ tab: 'log', folder: headOf().folder, smoothing: 0.8 }));
  expect(JSON.stringify(kept).length).toBeLessThan(2000);
});

test('a run that is gone says so; messages of another version are left alone', async () => {
  window.dispatchEvent(new MessageEvent('message', { data: { version: 99, kind: 'gone', message: 'no' } }));
  expect(text('main')).toBe('Loading the run…');
  window.dispatchEvent(
    new MessageEvent('message', { data: { version: 1, kind: 'gone', message: 'The run is no longer there.' } }),
  );
  await vi.waitFor(() => expect(text('[role=alert]')).toBe('The run is no longer there.'));
});

test('texts of another language are used', async () => {
  window.dispatchEvent(
    new MessageEvent('message', {
      data: {
        version: 1,
        kind: 'texts',
        locale: 'de',
        texts: { Training: 'Läuft', 'epoch {0} of {1}': 'Epoche {0} von {1}' },
      },
    }),
  );
  await receive(snapshotOf(events));
  expect(text('.badge')).toBe('Läuft');
  expect(text('.where')).toContain('Epoche 3 von 5');
});
