/** What an event says in the log of a run: what the trainer logged, and a line for everything that happened but steps. */
import type { EpochEvent, EventNumber, LogEvent, RunEvent } from './events.ts';

export interface LogLine {
  readonly time: number;
  readonly level: LogEvent['level'];
  readonly text: string;
}

/** The line of an event; undefined for steps and for sizes of layers. */
export function logLineOf(event: RunEvent): LogLine | undefined {
  const line = (text: string, level: LogEvent['level'] = 'info'): LogLine => ({ time: event.time, level, text });
  switch (event.kind) {
    case 'started':
      return line(
        `${event.resumedFrom === undefined ? 'started' : `continued from step ${event.resumedFrom}`}: ${event.title}, ` +
          `${event.parameters} parameters, ${event.steps} steps`,
      );
    case 'step':
      return undefined;
    case 'epoch':
      return line(epochText(event));
    case 'checkpoint':
      return line(`checkpoint at step ${event.step} (${event.reason}): ${event.path}`, 'debug');
    case 'paused':
      return line(`paused at step ${event.step}${event.reason === 'asked' ? '' : `: ${event.reason}`}`);
    case 'resumed':
      return line(`goes on at step ${event.step}`);
    case 'changed':
      return line(`learning rate ${event.lr} from step ${event.step} on (factor ${event.factor})`);
    case 'problem':
      return line(event.message, event.severity === 'information' ? 'info' : event.severity);
    case 'settled':
      return line(`the finding ${event.problem} holds no longer at step ${event.step}`, 'debug');
    case 'layers':
      return undefined;
    case 'log':
      return line(event.text, event.level);
    case 'ended':
      return line(
        `${event.state} at step ${event.step}${event.reason === undefined ? '' : `: ${event.reason}`}`,
        event.state === 'failed' ? 'error' : 'info',
      );
    default:
      return assertNever(event);
  }
}

function epochText(event: EpochEvent): string {
  const train = valuesText('', event.train);
  const validation = event.validation === undefined ? [] : valuesText('validation ', event.validation);
  return `epoch ${event.epoch}, step ${event.step}: ${[...train, ...validation].join(', ')}`;
}

function valuesText(before: string, values: Readonly<Record<string, EventNumber>>): string[] {
  return Object.entries(values).map(([name, value]) => {
    return `${before}${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`;
  });
}

function assertNever(value: never): never {
  throw new Error(`Unknown event: ${JSON.stringify(value)}`);
}
