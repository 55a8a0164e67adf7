/** A process that holds the model of a run warm (`protocol/use.ts`), seen from whoever asks it. */
import {
  type EngineOptions,
  isRecord,
  parseJson,
  parseUseLine,
  TRAINER_VERSION,
  type TrainerError,
  type UseDoing,
  type UsedCheckpoint,
  type UseKind,
  type UseKinds,
  type UseLine,
} from '../protocol/index.ts';
import { died, type Launched, launch, readError, type TrainerProgram, unreadable } from './start.ts';

export type UseAnswer<K extends UseKind> =
  | {
      readonly ok: true;
      readonly body: UseKinds[K]['answer'];
      /** Within the process. */
      readonly ms: number;
      readonly checkpoint: UsedCheckpoint;
    }
  | { readonly ok: false; readonly cancelled: boolean; readonly error: TrainerError };

interface Waiting {
  readonly kind: UseKind;
  readonly done: (line: Extract<UseLine, { kind: 'answer' | 'failed' }>) => void;
  readonly part: ((body: never) => void) | undefined;
}

/** One warm process. */
export class WarmModel {
  readonly engine: string;
  readonly #trainer: Launched;
  readonly #waiting = new Map<number, Waiting>();
  readonly #doing: (what: UseDoing) => void;
  #checkpoint: UsedCheckpoint;
  #next = 1;
  #ended: TrainerError | undefined;

  private constructor(trainer: Launched, ready: Extract<UseLine, { kind: 'ready' }>, doing: (what: UseDoing) => void) {
    this.#doing = doing;
    this.#trainer = trainer;
    this.engine = ready.engine;
    this.#checkpoint = ready.checkpoint;
    void this.#read();
  }

  /**
   * Starts a process for the run in `folder`, and waits until it is ready; `signal` ends one that never is. `doing` hears what
   * takes a while, then and later.
   */
  static async start(
    program: TrainerProgram,
    folder: string,
    options: EngineOptions,
    signal?: AbortSignal,
    doing: (what: UseDoing) => void = () => undefined,
  ): Promise<{ readonly ok: true; readonly model: WarmModel } | { readonly ok: false; readonly error: TrainerError }> {
    const trainer = launch(program, { version: TRAINER_VERSION, kind: 'use', folder, options }, true);
    const end = (): void => void trainer.child.kill('SIGKILL');
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
    for (;;) {
      const text = await trainer.nextLine();
      if (text === undefined) return { ok: false, error: died(await trainer.exited, trainer.tail()) };
      const line = parseUseLine(text);
      if (line?.kind === 'ready') {
        signal?.removeEventListener('abort', end);
        return { ok: true, model: new WarmModel(trainer, line, doing) };
      }
      if (line?.kind === 'doing') doing(line.what);
      const value = parseJson(text);
      const error = isRecord(value) ? readError(value.error) : undefined;
      // Native libraries may print lines of their own.
      if (error !== undefined) return { ok: false, error };
    }
  }

  /** The checkpoint that answers now. */
  get checkpoint(): UsedCheckpoint {
    return this.#checkpoint;
  }

  /** False once the process has ended, as it does where nothing was asked for a while. */
  get alive(): boolean {
    return this.#ended === undefined;
  }

  /** Asks; `part` gets what comes bit by bit, `signal` ends the answer early. */
  ask<K extends UseKind>(
    kind: K,
    ask: UseKinds[K]['ask'],
    signal?: AbortSignal,
    part?: (body: UseKinds[K]['part']) => void,
  ): Promise<UseAnswer<K>> {
    if (this.#ended !== undefined) return Promise.resolve({ ok: false, cancelled: false, error: this.#ended });
    const id = this.#next++;
    const cancel = (): void => this.#write({ id, kind: 'cancel' });
    return new Promise((resolve) => {
      const done = (line: Extract<UseLine, { kind: 'answer' | 'failed' }>): void => {
        signal?.removeEventListener('abort', cancel);
        if (line.kind === 'failed') resolve({ ok: false, cancelled: line.cancelled, error: line.error });
        // The body was checked against its kind when the line was read.
        else resolve({ ok: true, body: line.body as never, ms: line.ms, checkpoint: this.#checkpoint });
      };
      this.#waiting.set(id, { kind, done, part });
      this.#write({ id, kind, ask });
      if (signal?.aborted) cancel();
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  /** Ends the process: at once where it is busy. */
  dispose(): void {
    this.#trainer.child.stdin?.end();
    if (this.#waiting.size > 0) this.#trainer.child.kill('SIGTERM');
  }

  #write(value: unknown): void {
    if (this.#trainer.child.stdin?.writable) this.#trainer.child.stdin.write(`${JSON.stringify(value)}\n`);
  }

  async #read(): Promise<void> {
    for (let text = await this.#trainer.nextLine(); text !== undefined; text = await this.#trainer.nextLine()) {
      const line = parseUseLine(text);
      if (line !== undefined) this.#take(line);
      else this.#refuse(text);
    }
    const error = died(await this.#trainer.exited, this.#trainer.tail());
    this.#ended = error;
    for (const [id, { done }] of this.#waiting) done({ kind: 'failed', id, cancelled: false, error });
    this.#waiting.clear();
  }

  /** A line that names a question but answers it with something else ends the waiting; others are of native libraries. */
  #refuse(text: string): void {
    const value = parseJson(text);
    if (!isRecord(value) || typeof value.id !== 'number') return;
    const waiting = this.#waiting.get(value.id);
    if (waiting === undefined || value.kind === 'part') return;
    this.#waiting.delete(value.id);
    const error = { code: 'train/trainer', message: unreadable(text), place: undefined };
    waiting.done({ kind: 'failed', id: value.id, cancelled: false, error });
  }

  #take(line: UseLine): void {
    if (line.kind === 'checkpoint') this.#checkpoint = line.checkpoint;
    if (line.kind === 'doing') this.#doing(line.what);
    if (line.kind === 'ready' || line.kind === 'checkpoint' || line.kind === 'doing') return;
    const waiting = this.#waiting.get(line.id);
    if (waiting === undefined || (line.kind !== 'failed' && line.of !== waiting.kind)) return;
    if (line.kind === 'part') {
      waiting.part?.(line.body as never);
      return;
    }
    this.#waiting.delete(line.id);
    waiting.done(line);
  }
}
