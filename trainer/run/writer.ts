/**
 * The voice of a run: numbers each event, writes its line, then sends it. A line that finds no space on the disk waits in
 * memory (in order) until `flush` succeeds; the loop pauses the run meanwhile, so that only a few ever wait.
 */
import { join } from 'node:path';
import { eventLine, type RunEvent } from '../../protocol/index.ts';
import { type Appender, type Disk, isDiskFull } from './disk.ts';

/** An event before it has its number and time. */
export type Saying = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'seq' | 'time'> : never) : never;

export interface WriterOptions {
  readonly disk: Disk;
  readonly folder: string;
  /** Number of the last event that is on disk already. */
  readonly seq: number;
  readonly now: () => number;
  readonly send: (event: RunEvent) => void;
}

export class RunWriter {
  readonly #options: WriterOptions;
  readonly #steps: Appender;
  readonly #others: Appender;
  readonly #log: Appender;
  readonly #waiting: { readonly to: Appender; readonly line: Buffer }[] = [];
  #seq: number;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#seq = options.seq;
    this.#steps = options.disk.appender(join(options.folder, 'metrics.jsonl'));
    this.#others = options.disk.appender(join(options.folder, 'events.jsonl'));
    this.#log = options.disk.appender(join(options.folder, 'log.txt'));
  }

  /** Number of the last event that was said. */
  get seq(): number {
    return this.#seq;
  }

  /** True while lines wait for space on the disk. */
  get full(): boolean {
    return this.#waiting.length > 0;
  }

  say(saying: Saying): RunEvent {
    this.#seq += 1;
    const event = { seq: this.#seq, time: this.#options.now(), ...saying };
    this.#put(event.kind === 'step' ? this.#steps : this.#others, eventLine(event));
    if (event.kind === 'log') this.note(event.level, event.text);
    if (event.kind === 'problem') this.note(event.severity === 'error' ? 'error' : 'warning', event.message);
    this.#options.send(event);
    return event;
  }

  /** A line for `log.txt` alone. */
  note(level: string, text: string): void {
    try {
      this.#log.append(Buffer.from(`${new Date(this.#options.now()).toISOString()} ${level.padEnd(7)} ${text}\n`));
    } catch (error) {
      // The log is the first to go without when the disk is full.
      if (!isDiskFull(error)) throw error;
    }
  }

  /** Tries to write what waits; true when nothing does any more. */
  flush(): boolean {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        next.to.append(next.line);
      } catch (error) {
        if (isDiskFull(error)) return false;
        throw error;
      }
      this.#waiting.shift();
    }
    return true;
  }

  /** Before a checkpoint: what was said up to it must outlive a loss of power, as the checkpoint does. */
  sync(): void {
    this.#steps.sync();
    this.#others.sync();
  }

  close(): void {
    this.#steps.close();
    this.#others.close();
    this.#log.close();
  }

  #put(to: Appender, line: string): void {
    this.#waiting.push({ to, line: Buffer.from(line) });
    this.flush();
  }
}
