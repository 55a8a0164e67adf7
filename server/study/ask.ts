/** Asks the thread that studies programs. It is started by the first question and ends when it has had nothing to do for a while. */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { PathRules } from '../../files/index.ts';
import type { Answer, Question } from './study.ts';
import type { Answered, Asked } from './worker.ts';

/** How long an idle thread is kept, in milliseconds. */
const IDLE = 20_000;

export interface Study {
  /** Rejects where the study failed or the thread ended. */
  ask(question: Question, open: Readonly<Record<string, string>>, rules: PathRules): Promise<Answer>;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** `script` is the worker's bundle. */
export function createStudy(script: string): Study {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let count = 0;
  const waiting = new Map<number, Waiting>();

  function end(error: Error): void {
    worker = undefined;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  }

  function rest(): void {
    if (waiting.size > 0) return;
    idle = setTimeout(() => void worker?.terminate(), IDLE);
    idle.unref();
  }

  function started(): Worker {
    if (worker !== undefined) return worker;
    const made = new Worker(script);
    // The thread must not keep the server alive.
    made.unref();
    made.on('message', ({ id, answer, error }: Answered) => {
      const one = waiting.get(id);
      waiting.delete(id);
      if (answer !== undefined) one?.resolve(answer);
      else one?.reject(new Error(error ?? 'unanswered'));
      rest();
    });
    made.on('error', end);
    made.on('exit', () => end(new Error('thread ended')));
    worker = made;
    return made;
  }

  return {
    ask(question, open, rules) {
      if (!existsSync(script)) return Promise.reject(new Error(`missing: ${script}`));
      clearTimeout(idle);
      return new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve, reject });
        const asked: Asked = { id, question, open, rules };
        started().postMessage(asked);
      });
    },
  };
}
