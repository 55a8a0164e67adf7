/**
 * All runs of the workspace: where they are, which are open, which are alive. Opening a run twice gives the same object.
 * Runs made by the command line appear by a watcher.
 */
import { dirname, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { RunEvent } from '../../protocol/index.ts';
import { type RunEntry, RunList, type RunSummary, readRun } from '../../runs/index.ts';
import { LiveRun } from './live-run.ts';
import { isAlive } from './run-label.ts';

/** Run folders are looked for by the file that stands beside each `runs`. */
const MARKS = '**/.modelwright/.gitignore';
/** Where a workspace folder has its runs, unless a folder below it has its own. */
const HOME = '.modelwright/runs';
/** Milliseconds between two readings of the list, at the least. */
const LIST_INTERVAL = 300;

const RECORDS = '**/.modelwright/runs/*/run.json';
const FOLDERS = '**/.modelwright/runs/*';

export interface RunChange {
  readonly run: LiveRun;
  readonly event: RunEvent | undefined;
}

export class Runs implements vscode.Disposable {
  readonly #open = new Map<string, LiveRun>();
  readonly #homes = new Set<string>();
  readonly #list = new RunList();
  readonly #caches: string | undefined;
  readonly #changed = new vscode.EventEmitter<RunChange>();
  /** After each event of an open run. */
  readonly onDidChange = this.#changed.event;
  readonly #listed = new vscode.EventEmitter<void>();
  /** Runs came, went, or changed their state. */
  readonly onDidList = this.#listed.event;
  readonly #watchers: readonly vscode.FileSystemWatcher[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `caches`: a folder of the extension's own, where columns of long runs are kept. */
  constructor(caches?: string) {
    this.#caches = caches;
    const records = vscode.workspace.createFileSystemWatcher(RECORDS);
    // A folder that is deleted or moved whole tells of itself alone, not of what was in it.
    const folders = vscode.workspace.createFileSystemWatcher(FOLDERS, false, true, false);
    this.#watchers = [records, folders];
    for (const event of [records.onDidCreate, records.onDidChange, records.onDidDelete]) {
      event((uri) => this.#touched(dirname(uri.fsPath)));
    }
    for (const event of [folders.onDidCreate, folders.onDidDelete]) event((uri) => this.#touched(uri.fsPath));
  }

  /** Something of the run in that folder came, went or changed. */
  #touched(folder: string): void {
    this.#homes.add(dirname(folder));
    this.#open.get(folder)?.checkFolder();
    this.#listSoon();
  }

  /** Finds the folders of runs, and attaches to those that are training. */
  async discover(): Promise<void> {
    const marks = await vscode.workspace.findFiles(MARKS, '**/node_modules/**', 100);
    const usual = (vscode.workspace.workspaceFolders ?? []).map((folder) => vscode.Uri.joinPath(folder.uri, HOME));
    const found = marks.map((mark) => vscode.Uri.joinPath(mark, '..', 'runs'));
    for (const home of [...usual, ...found]) this.#homes.add(home.fsPath);
    for (const summary of this.list()) {
      if (isAlive(summary.state)) await this.open(summary.folder)?.attach();
    }
    this.#listSoon();
  }

  /** A folder of runs that is used, be it inside the workspace or not. */
  addHome(runs: string): void {
    this.#homes.add(runs);
    this.#listSoon();
  }

  /** All runs, newest first. */
  list(): RunSummary[] {
    return [...this.#homes]
      .flatMap((home) => this.#list.runs(home))
      .sort((a, b) => b.record.created - a.record.created);
  }

  /** All run folders, also those that cannot be read whole. Reading leaves the editor free. */
  async entries(): Promise<RunEntry[]> {
    await this.#list.refresh([...this.#homes]);
    return [...this.#homes].flatMap((home) => this.#list.entries(home));
  }

  /** What a person wrote about a run has changed, or a run is gone. */
  noteChange(): void {
    this.#listSoon();
  }

  /** The run is deleted: nothing of it stays open. */
  forget(folder: string): void {
    const path = resolve(folder);
    this.#open.get(path)?.dispose();
    this.#open.delete(path);
    this.#listSoon();
  }

  /** The run of that folder; undefined where there is none. */
  open(folder: string, keepGoing = false): LiveRun | undefined {
    const path = resolve(folder);
    const known = this.#open.get(path);
    if (known !== undefined) return known;
    const run = LiveRun.read(path, keepGoing, this.#caches);
    if (run === undefined) return undefined;
    this.#open.set(path, run);
    run.onDidChange((event) => {
      this.#changed.fire({ run, event });
      if (event === undefined || (event.kind !== 'step' && event.kind !== 'log')) this.#listSoon();
    });
    return run;
  }

  /** A run that was found on disk, read again where it is not alive here: it may have gone on elsewhere. */
  async openFresh(folder: string): Promise<LiveRun | undefined> {
    const run = this.open(folder);
    if (run === undefined || run.attached) return run;
    const summary = readRun(folder);
    if (summary !== undefined && isAlive(summary.state)) await run.attach();
    return run;
  }

  /** Runs that are open and whose trainer lives. */
  get alive(): readonly LiveRun[] {
    return [...this.#open.values()].filter((run) => run.attached && isAlive(run.state));
  }

  /** A list is read from disk, and epochs may come many times a second. */
  #listSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#listed.fire();
    }, LIST_INTERVAL);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.dispose();
    for (const run of this.#open.values()) run.dispose();
    this.#changed.dispose();
    this.#listed.dispose();
  }
}
