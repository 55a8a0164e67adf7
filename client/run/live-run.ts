/**
 * One run as the extension knows it: its events, from disk and then from the trainer, folded as they come. The only owner of
 * a run's data in the editor; panels, trees and the status bar read it.
 */

import { basename } from 'node:path';
import * as vscode from 'vscode';
import {
  createRunState,
  createViews,
  type LogLine,
  logLineOf,
  type PanelHead,
  progressOf,
  type RunEvent,
  type RunProgress,
  type RunRecord,
  type RunState,
  type RunStateName,
  type RunViews,
  reduce,
  type TrainerCommand,
  truncateViews,
} from '../../protocol/index.ts';
import {
  type CloseReason,
  type Damage,
  RunConnection,
  type RunEntry,
  RunReader,
  readEntry,
  readLock,
} from '../../runs/index.ts';
import { damageWords } from './damage-words.ts';
import { isAlive } from './run-label.ts';

/** A process that was killed is there until it has been reaped: so often, and so far apart, is looked again. */
const LOOKS = 20;
const LOOK_EVERY = 250;

/** How long a trainer that was told to end at once may take before it is killed. */
const KILL_AFTER = 3000;

export class LiveRun implements vscode.Disposable {
  readonly folder: string;
  readonly #changed = new vscode.EventEmitter<RunEvent | undefined>();
  /** After each event, and (undefined) when the line to the trainer opened or closed. */
  readonly onDidChange = this.#changed.event;
  /** All events but steps, in order. */
  readonly events: RunEvent[] = [];
  /** All lines of the log so far. */
  readonly logLines: LogLine[] = [];
  #record: RunRecord;
  #state: RunState = createRunState();
  #views: RunViews;
  #connection: RunConnection | undefined;
  #gone: RunStateName | undefined;
  #stopping = false;
  /** Somebody wanted it to end at once: that it then ends without a word is no news. */
  endedByHand = false;
  #silent = false;
  #keepGoing: boolean;
  #signal: NodeJS.Signals | undefined;

  readonly #reader: RunReader;
  #damage: Damage | undefined;

  /** Reads the run from disk; undefined where the folder holds none. `caches`: where columns of long runs are kept. */
  static read(folder: string, keepGoing = false, caches?: string): LiveRun | undefined {
    const entry = readEntry(folder);
    return entry.kind === 'run' ? new LiveRun(entry, keepGoing, caches) : undefined;
  }

  private constructor(entry: RunEntry & { readonly kind: 'run' }, keepGoing: boolean, caches: string | undefined) {
    this.folder = entry.folder;
    this.#record = entry.run.record;
    this.#damage = entry.damage;
    this.#keepGoing = keepGoing;
    this.#views = createViews(this.#state.columns);
    this.#reader = new RunReader(entry.folder, caches);
    this.#readOn();
    if (!isAlive(entry.run.state)) this.#gone = entry.run.state;
  }

  /** What is wrong with its folder. */
  get damage(): Damage | undefined {
    return this.#damage;
  }

  get record(): RunRecord {
    return this.#record;
  }
  get run(): RunState {
    return this.#state;
  }
  get views(): RunViews {
    return this.#views;
  }
  get progress(): RunProgress {
    return progressOf(this.#state, this.#views);
  }
  /** What the run says of itself, unless it is known better (`interrupted`). */
  get state(): RunStateName {
    return this.#gone ?? this.#state.state;
  }
  /** The signal that ended the trainer, where this window had started it. */
  get signal(): NodeJS.Signals | undefined {
    return this.#signal;
  }
  noteSignal(signal: NodeJS.Signals | null): void {
    this.#signal = signal ?? undefined;
  }
  /** Nothing has been heard of the trainer for a while, though it is there. */
  get silent(): boolean {
    return this.#silent && this.attached;
  }
  get attached(): boolean {
    return this.#connection?.connected === true;
  }
  get resumable(): boolean {
    const over = this.state === 'stopped' || this.state === 'failed' || this.state === 'interrupted';
    return over && this.#state.checkpoints.length > 0;
  }

  get head(): PanelHead {
    const record = this.#record;
    return {
      folder: this.folder,
      id: record.id,
      number: record.number,
      title: record.title,
      file: basename(record.file),
      state: this.state,
      attached: this.attached,
      stopping: this.#stopping,
      keepGoing: this.#keepGoing,
      resumable: this.resumable,
      created: record.created,
      ...(this.#damage === undefined ? {} : { damage: damageWords(this.#damage) }),
    };
  }

  /**
   * Opens the line to the trainer. False where it is gone, and in a workspace that is not trusted: the address stands in a
   * file of that workspace and might lead anywhere.
   */
  async attach(): Promise<boolean> {
    if (this.attached) return true;
    if (!vscode.workspace.isTrusted) return false;
    this.#connection?.dispose();
    const connection = new RunConnection({
      onEvent: (event) => {
        this.#take(event);
        this.#changed.fire(event);
      },
      onClose: (reason) => this.#closed(connection, reason),
      onSilence: (silent) => {
        this.#silent = silent;
        this.#changed.fire(undefined);
      },
    });
    this.#connection = connection;
    this.#silent = false;
    this.#gone = undefined;
    this.#stopping = false;
    const opened = await connection.open(this.folder, this.#state.seq);
    if (!opened.ok && this.#connection === connection) this.#lookAgain();
    this.#changed.fire(undefined);
    return opened.ok;
  }

  /** False where nobody listens. A second `stop` ends the trainer at once, if need be by killing it. */
  send(command: TrainerCommand): boolean {
    const again = command.kind === 'stop' && this.#stopping;
    const sent = this.#connection?.send(command) === true;
    if (command.kind === 'stop') this.#stopping = sent;
    if (command.kind === 'keepGoing' && sent) this.#keepGoing = command.value;
    if (again) {
      this.endedByHand = true;
      this.#killSoon();
    }
    this.#changed.fire(undefined);
    return sent;
  }

  dispose(): void {
    this.#connection?.dispose();
    this.#changed.dispose();
  }

  #take(event: RunEvent): void {
    if (event.seq <= this.#state.seq) return;
    this.#state = reduce(this.#state, event);
    if (event.kind === 'started') truncateViews(this.#views, this.#state.columns.length);
    this.#note(event);
  }

  #closed(connection: RunConnection, reason: CloseReason): void {
    if (connection !== this.#connection || reason === 'disposed') return;
    this.#stopping = false;
    if (this.#state.ended === undefined) this.#lookAgain();
    this.#changed.fire(undefined);
    if (isAlive(this.state)) this.#findOut(connection, LOOKS);
  }

  /** The line broke and the trainer seems to live: it may be dying, or the line alone was lost. */
  #findOut(connection: RunConnection, looks: number): void {
    setTimeout(() => {
      if (connection !== this.#connection) return;
      this.#lookAgain();
      if (!isAlive(this.state)) this.#changed.fire(undefined);
      else if (looks > 0 && readLock(this.folder) !== undefined) this.#findOut(connection, looks - 1);
      else void this.attach();
    }, LOOK_EVERY);
  }

  /** The line is gone: what was not heard stands on disk, and so does whether the trainer still lives. */
  #lookAgain(): void {
    this.#readOn();
    const entry = readEntry(this.folder);
    this.#damage = entry.damage;
    if (entry.kind === 'unreadable') {
      if (isAlive(this.state)) this.#gone = 'interrupted';
      return;
    }
    this.#record = entry.run.record;
    if (!isAlive(entry.run.state)) this.#gone = entry.run.state;
  }

  /** Its folder may have changed under it: it was deleted, moved, damaged, or is whole again. */
  checkFolder(): void {
    if (this.attached) return;
    const before = JSON.stringify(this.#damage);
    this.#damage = readEntry(this.folder).damage;
    if (JSON.stringify(this.#damage) !== before) this.#changed.fire(undefined);
  }

  /** What was written since it was last read. */
  #readOn(): void {
    const { run, events, kept } = this.#reader.read(this.#state);
    truncateViews(this.#views, kept);
    this.#state = run;
    for (const event of events) this.#note(event);
  }

  /** What is kept of an event besides the fold. */
  #note(event: RunEvent): void {
    if (event.kind !== 'step') this.events.push(event);
    const line = logLineOf(event);
    if (line !== undefined) this.logLines.push(line);
    if (event.kind === 'started') {
      this.#gone = undefined;
      this.endedByHand = false;
    }
    if (event.kind === 'ended') this.#stopping = false;
  }

  #killSoon(): void {
    const pid = readLock(this.folder)?.pid;
    if (pid === undefined) return;
    setTimeout(() => {
      if (readLock(this.folder)?.pid !== pid) return;
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself in the meantime.
      }
    }, KILL_AFTER);
  }
}
