/** What an event says in the log of a run: what the trainer logged, and a line for everything that happened but steps. */
import type { EventNumber, LogEvent, RunEvent } from './events.ts';
import { filled, type Words } from './words.ts';

export interface LogLine {
  readonly time: number;
  readonly level: LogEvent['level'];
  /** In English, as it is written down. */
  readonly text: string;
  /** What it is made of, to be said in other languages; not of what the trainer logged itself. */
  readonly words?: readonly Words[];
  /** Why a run ended: one of the values, a sentence of its own. */
  readonly reason?: string;
}

/** The line of an event; undefined for steps and for sizes of layers. */
export function logLineOf(event: RunEvent): LogLine | undefined {
  const line = (text: string, level: LogEvent['level'] = 'info'): LogLine => ({ time: event.time, level, text });
  const told = (level: LogEvent['level'], text: string, values: readonly (string | number)[]): LogLine => {
    const words = { text, values };
    return { ...line(filled(words), level), words: [words] };
  };
  switch (event.kind) {
    case 'started': {
      const what = [event.title, event.parameters, event.steps];
      return event.resumedFrom === undefined
        ? told('info', LOG_TEXTS.started, what)
        : told('info', LOG_TEXTS.continued, [event.resumedFrom, ...what]);
    }
    case 'step':
      return undefined;
    case 'epoch': {
      const { epoch, step, train, validation } = event;
      return validation === undefined
        ? told('info', LOG_TEXTS.epoch, [epoch, step, valuesText(train)])
        : told('info', LOG_TEXTS.validated, [epoch, step, valuesText(train), valuesText(validation)]);
    }
    case 'checkpoint':
      return told('debug', LOG_TEXTS[event.reason], [event.step, event.path]);
    case 'paused':
      return told('info', event.reason === 'asked' ? LOG_TEXTS.paused : LOG_TEXTS.full, [event.step]);
    case 'resumed':
      return told('info', LOG_TEXTS.resumed, [event.step]);
    case 'changed':
      return told('info', LOG_TEXTS.changed, [event.lr, event.step, event.factor]);
    case 'problem':
      return {
        ...line(event.message, event.severity === 'information' ? 'info' : event.severity),
        ...(event.words === undefined ? {} : { words: event.words }),
      };
    case 'settled':
      return told('debug', LOG_TEXTS.settled, [event.problem, event.step]);
    case 'layers':
      return undefined;
    case 'log':
      return line(event.text, event.level);
    case 'ended': {
      const { state, step, reason } = event;
      const level = state === 'failed' ? 'error' : 'info';
      return reason === undefined
        ? told(level, LOG_TEXTS[state], [step])
        : { ...told(level, LOG_TEXTS[`${state}Since`], [step, reason]), reason };
    }
    default:
      return assertNever(event);
  }
}

/** What is said of events; checkpoints and ends by their own words. */
export const LOG_TEXTS = {
  started: 'started: {0}, {1} parameters, {2} steps',
  continued: 'continued from step {0}: {1}, {2} parameters, {3} steps',
  epoch: 'epoch {0}, step {1}: {2}',
  validated: 'epoch {0}, step {1}: {2}; validation {3}',
  last: 'checkpoint at step {0} (last): {1}',
  best: 'checkpoint at step {0} (best): {1}',
  every: 'checkpoint at step {0} (every so often): {1}',
  pause: 'checkpoint at step {0} (pause): {1}',
  stop: 'checkpoint at step {0} (stop): {1}',
  paused: 'paused at step {0}',
  full: 'paused at step {0}: the disk is full',
  resumed: 'goes on at step {0}',
  changed: 'learning rate {0} from step {1} on (factor {2})',
  settled: 'the finding {0} holds no longer at step {1}',
  finished: 'finished at step {0}',
  stopped: 'stopped at step {0}',
  failed: 'failed at step {0}',
  finishedSince: 'finished at step {0}: {1}',
  stoppedSince: 'stopped at step {0}: {1}',
  failedSince: 'failed at step {0}: {1}',
} as const satisfies Readonly<Record<string, string>>;

function valuesText(values: Readonly<Record<string, EventNumber>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`)
    .join(', ');
}

function assertNever(value: never): never {
  throw new Error(`Unknown event: ${JSON.stringify(value)}`);
}
