/** What a person sees of a run in a terminal: a line that is drawn over, and one that stays for each epoch. */
import {
  createRunState,
  type EventNumber,
  type EventPlace,
  numberOf,
  type RunEvent,
  type RunState,
  reduce,
} from '../protocol/index.ts';
import { shown } from './program.ts';
import { grouped, paint, plain, type World } from './world.ts';

export interface Progress {
  take(event: RunEvent): void;
  /** Clears the drawn line, so that other text can follow. */
  pause(): void;
  readonly state: RunState;
}

const DRAW_EVERY = 100;

export function createProgress(world: World): Progress {
  let state = createRunState();
  let drawn = 0;
  let epochBegan = world.now();
  const clear = (): void => world.draw?.('');
  const stay = (line: string): void => {
    clear();
    world.say(line);
  };
  return {
    get state() {
      return state;
    },
    pause: clear,
    take(event) {
      state = reduce(state, event);
      switch (event.kind) {
        case 'started': {
          epochBegan = event.time;
          const from = event.resumedFrom === undefined ? '' : `, going on from step ${grouped(event.resumedFrom)}`;
          stay(`${paint(world, 'bold', event.run)}  ${event.title}${from}`);
          stay(
            `${event.engine.title} (${event.engine.reason}); ${grouped(event.parameters)} parameters; ${grouped(event.rows.train)} rows, ${grouped(event.rows.validation)} for validation`,
          );
          return;
        }
        case 'step':
          if (world.draw !== undefined && event.time - drawn >= DRAW_EVERY) {
            drawn = event.time;
            world.draw(stepLine(state, event, world.columns));
          }
          return;
        case 'epoch':
          stay(epochLine(state, event, event.time - epochBegan));
          epochBegan = event.time;
          return;
        case 'problem':
          stay(problemLine(event.place, event.severity, event.message, event.code, world));
          return;
        case 'paused':
          stay(event.reason === 'disk-full' ? 'Paused: the disk is full.' : 'Paused.');
          return;
        case 'resumed':
          stay('Going on.');
          return;
        case 'log':
          if (event.level === 'warning' || event.level === 'error') stay(event.text);
          return;
        case 'changed':
        case 'checkpoint':
        case 'layers':
        case 'settled':
          return;
        case 'ended':
          clear();
          return;
        default:
          assertNever(event);
      }
    },
  };
}

/** A finding at its place: `digits.model:3:5: error: …`. */
export function problemLine(
  place: EventPlace | undefined,
  severity: string,
  message: string,
  code: string,
  world: World,
): string {
  const where = place === undefined ? '' : `${shown(place.file, world)}:${place.line}:${place.column}: `;
  const style = severity === 'error' ? 'red' : severity === 'warning' ? 'yellow' : 'blue';
  return `${where}${paint(world, style, severity)}: ${plain(message)} ${paint(world, 'dim', `[${code}]`)}`;
}

const BAR = 24;

function stepLine(state: RunState, event: Extract<RunEvent, { kind: 'step' }>, columns: number): string {
  const { started } = state;
  const total = started?.steps ?? event.step;
  const done = total === 0 ? 1 : event.step / total;
  const full = Math.round(done * BAR);
  const bar = `${'█'.repeat(full)}${'░'.repeat(Math.max(0, BAR - full))}`;
  const parts = [
    `epoch ${event.epoch}/${started?.epochs ?? '?'}`,
    bar,
    `${grouped(event.step)}/${grouped(total)}`,
    `loss ${digits(event.loss)}`,
    ...Object.entries(event.metrics).map(([name, value]) => `${name} ${digits(value)}`),
    `lr ${digits(event.lr)}`,
    left(state, event),
  ];
  return parts
    .filter((part) => part !== '')
    .join('  ')
    .slice(0, Math.max(20, columns - 1));
}

/** Time left, from the mean of the last steps; nothing before twenty of them. */
function left(state: RunState, event: Extract<RunEvent, { kind: 'step' }>): string {
  const { columns, started } = state;
  const count = Math.min(200, columns.length - 1);
  if (started === undefined || count < 20) return '';
  const first = columns.time[columns.length - 1 - count] ?? 0;
  const last = columns.time[columns.length - 1] ?? 0;
  return `about ${duration(((last - first) / count) * (started.steps - event.step))} left`;
}

/** `0:39`, `1:02:03`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function epochLine(state: RunState, event: Extract<RunEvent, { kind: 'epoch' }>, took: number): string {
  const head = event.whole
    ? `epoch ${event.epoch}/${state.started?.epochs ?? '?'}`
    : `epoch ${event.epoch}, step ${grouped(event.step)}`;
  const train = valuesText(event.train);
  const validation = event.validation === undefined ? '' : `  |  validation ${valuesText(event.validation)}`;
  return `${head}  ${train}${validation}  (${duration(took)})`;
}

function valuesText(values: Readonly<Record<string, EventNumber>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${digits(value)}`)
    .join('  ');
}

/** Four digits that count. */
export function digits(value: EventNumber): string {
  const number = numberOf(value);
  if (!Number.isFinite(number)) return String(value);
  return String(Number(number.toPrecision(4)));
}

function assertNever(value: never): never {
  throw new Error(`Unknown event: ${JSON.stringify(value)}`);
}
