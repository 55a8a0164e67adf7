/** What people have asked of a run: set by commands at any time, looked at by the loop between two steps. */

import type { TrainerCommand } from '../../protocol/index.ts';
import { assertNever } from '../failure.ts';

export class Control {
  #pause = false;
  #stop: 'no' | 'asked' = 'no';
  #stopReason: string | undefined;
  #snapshot = false;
  #evaluation = false;
  #rate: number | undefined;
  #keepGoing: boolean;
  #wake: (() => void) | undefined;
  readonly #endAtOnce: () => void;
  #sayStopped: () => void = () => undefined;
  /** Comes with the first `stop`. */
  readonly stopped = new Promise<void>((done) => {
    this.#sayStopped = done;
  });

  /** `endAtOnce` is called by a second `stop`. */
  constructor(keepGoing: boolean, endAtOnce: () => void) {
    this.#keepGoing = keepGoing;
    this.#endAtOnce = endAtOnce;
  }

  get pauseAsked(): boolean {
    return this.#pause;
  }
  get stopAsked(): boolean {
    return this.#stop === 'asked';
  }
  /** Why it was asked to stop, where nobody asked by hand. */
  get stopReason(): string | undefined {
    return this.#stopReason;
  }
  /** Trains on with nobody attached. */
  get keepGoing(): boolean {
    return this.#keepGoing;
  }

  /** The new factor on the learning rate, once. */
  takeRate(): number | undefined {
    const rate = this.#rate;
    this.#rate = undefined;
    return rate;
  }

  /** True once after a snapshot was asked for. */
  takeSnapshot(): boolean {
    const asked = this.#snapshot;
    this.#snapshot = false;
    return asked;
  }

  /** True once after an evaluation was asked for. */
  takeEvaluation(): boolean {
    const asked = this.#evaluation;
    this.#evaluation = false;
    return asked;
  }

  apply(command: TrainerCommand): void {
    switch (command.kind) {
      case 'ready':
        return;
      case 'pause':
        this.#pause = true;
        return;
      case 'resume':
        this.#pause = false;
        this.#wakeUp();
        return;
      case 'stop':
        this.stop(undefined);
        return;
      case 'snapshot':
        this.#snapshot = true;
        this.#wakeUp();
        return;
      case 'evaluate':
        this.#evaluation = true;
        this.#wakeUp();
        return;
      case 'rate':
        this.#rate = command.factor;
        return;
      case 'keepGoing':
        this.#keepGoing = command.value;
        return;
      default:
        assertNever(command);
    }
  }

  /** Saves and ends; the second time ends at once. */
  stop(reason: string | undefined): void {
    if (this.#stop === 'asked') {
      this.#endAtOnce();
      return;
    }
    this.#stop = 'asked';
    this.#stopReason = reason;
    this.#sayStopped();
    this.#wakeUp();
  }

  /** Until somebody resumes, stops or asks for a snapshot or an evaluation; at the latest after `limit` milliseconds. */
  wait(limit?: number): Promise<void> {
    return new Promise((done) => {
      const timer = limit === undefined ? undefined : setTimeout(() => this.#wakeUp(), limit);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
