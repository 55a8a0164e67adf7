/**
 * VS Code is closed while a run is alive, and opened again. By default the run saves a checkpoint and stops, and is offered to be
 * taken up; told to keep training, it goes on and is found again. The window is a page here: it is left and come back to.
 */
import { strict as assert } from 'node:assert';
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { moves, panelIn, pressTrain, stepOf } from '../panel.ts';
import { skip } from '../skip.ts';
import { appears, command, disconnect, openFile, screenshot, until, webview, workbench } from '../window.ts';

const workspace = process.env.MODELWRIGHT_TEST_WORKSPACE ?? '';
const extension = process.env.MODELWRIGHT_TEST_EXTENSION ?? '';
/** Seconds that a run waits for somebody to watch it, and as many again. */
const LONGER_THAN_PATIENCE = 60;

describe('a window that is closed', () => {
  before(function () {
    for (const bundle of ['server.js', 'trainer.js', 'panel.js']) {
      if (!existsSync(join(extension, 'dist', bundle))) skip(this, `${bundle} is not built`);
    }
    if (process.env.MODELWRIGHT_TEST_MODE !== 'server')
      skip(this, 'a desktop ends with its window, and this suite with it');
    earlier = existsSync(folder) ? readdirSync(folder) : [];
  });
  after(async () => {
    // A test that failed may have left a run that was told to keep training.
    for (const { pid } of runs().map(recordOf)) if (pid !== undefined && isAlive(pid)) process.kill(pid);
    await disconnect();
  });

  it('the run saves a checkpoint and stops; the next window offers to resume it', async function () {
    this.timeout(300_000);
    const window = await workbench();
    await command('View: Close All Editors');
    await openFile('points.model');
    await pressTrain();
    await moves(await panelIn('running'));
    const { pid } = record();
    const open = await close();
    await until('the end of the run', () => record().state === 'stopped', 120_000);
    const { step } = record();
    assert.ok(checkpoints().length > 0, 'a checkpoint');
    assert.equal(existsSync(join(latest(), 'lock')), false);
    assert.ok(pid);
    await until('the end of its process', () => !isAlive(pid));
    await open();
    const offer = window.locator('.notification-toast', { hasText: `stopped at step ${step} when VS Code closed` });
    await offer.waitFor();
    await screenshot('closed-offer');
    await offer.getByRole('button', { name: 'Resume' }).click();
    const panel = await panelIn('running');
    await until('steps after the checkpoint', async () => (await stepOf(panel)) > step);
    await stop(panel);
    assert.equal(runs().length, 1, 'the same run');
  });

  it('told to keep training it goes on, and is found again', async function () {
    this.timeout(300_000);
    await command('View: Close All Editors');
    await openFile('points.model');
    await pressTrain();
    const panel = await panelIn('running');
    await moves(panel);
    const menu = () => panel.getByRole('button', { name: 'More actions' }).click();
    await menu();
    const entry = { name: 'Keep training when VS Code closes' };
    await panel.getByRole('menuitemcheckbox', entry).click();
    const { keyboard } = await workbench();
    await until('the tick', async () => {
      await menu();
      const ticked = await appears(panel.getByRole('menuitemcheckbox', { ...entry, checked: true }));
      await keyboard.press('Escape');
      return ticked;
    });
    const { pid, step } = record();
    const window = await workbench();
    const open = await close();
    const closed = Date.now();
    await until('training long after', () => lastStep().time > closed + LONGER_THAN_PATIENCE * 1000, 180_000);
    assert.equal(record().state, 'running');
    assert.equal(record().pid, pid, 'the same process');
    await open();
    // Which editors come back is the window's affair; that the run is known again is seen in the status bar, and leads to it.
    const item = window.locator('.statusbar-item', { hasText: 'points' }).first();
    await item.waitFor({ timeout: 120_000 });
    await command('View: Close All Editors');
    // The item is there a moment before its command is.
    const running = (await webview()).locator('.badge.running');
    await until('the panel', async () => {
      await item.click();
      return appears(running);
    });
    const again = await panelIn('running');
    await moves(again);
    assert.ok((await stepOf(again)) > step);
    await screenshot('closed-kept');
    await stop(again);
  });
});

/** Leaves the window, and gives what opens it again. */
async function close(): Promise<() => Promise<void>> {
  const window = await workbench();
  const address = window.url();
  await window.goto('about:blank');
  return async () => {
    await window.goto(address, { waitUntil: 'commit' });
    await window.locator('.monaco-workbench').waitFor({ timeout: 120_000 });
  };
}

async function stop(panel: FrameLocator): Promise<void> {
  await panel.getByRole('button', { name: 'Stop', exact: true }).click();
  await panelIn('stopped');
}

const folder = join(workspace, '.modelwright', 'runs');
let earlier: readonly string[] = [];

/** The runs of this suite. */
function runs(): string[] {
  return readdirSync(folder).filter((name) => /^\d+-/.test(name) && !earlier.includes(name));
}

function latest(): string {
  return join(folder, runs().sort().at(-1) ?? '');
}

interface Recorded {
  readonly state: string;
  readonly step: number;
  /** Of the process, while there is one. */
  readonly pid?: number;
}

function recordOf(run: string): Recorded {
  return JSON.parse(readFileSync(join(folder, run, 'run.json'), 'utf8'));
}

function record(): Recorded {
  return recordOf(runs().sort().at(-1) ?? '');
}

function checkpoints(): string[] {
  return readdirSync(join(latest(), 'checkpoints'));
}

/** The last whole line of the steps. */
function lastStep(): { readonly step: number; readonly time: number } {
  const file = openSync(join(latest(), 'metrics.jsonl'), 'r');
  try {
    const end = Buffer.alloc(4096);
    const read = readSync(file, end, 0, end.length, Math.max(0, fstatSync(file).size - end.length));
    return JSON.parse(end.toString('utf8', 0, read).split('\n').at(-2) ?? '');
  } finally {
    closeSync(file);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
