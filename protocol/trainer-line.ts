/** Guards for the lines between a trainer and its clients (`trainer.ts`): each answers the value, or why it is refused. */
import { isDataWindow } from './data-report.ts';
import { isRunEvent } from './event-line.ts';
import { isCount, isFlag, isNumber, isOneOf, isRecord, isText, listOf, optional, parseJson, shaped } from './guard.ts';
import {
  type Lock,
  type SpeedFinding,
  TRAINER_VERSION,
  type TrainerCommand,
  type TrainerMessage,
  type TrainerRequest,
} from './trainer.ts';

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** What to tell the other side when its version differs. */
export function otherVersion(received: unknown, who: string): string {
  return (
    `This ${who} speaks version ${String(received)} of the trainer's messages, this side speaks version ${TRAINER_VERSION}. ` +
    'Both must come from the same Modelwright: update the older one, or reload the window after an update.'
  );
}

const commandChecks: Readonly<Record<TrainerCommand['kind'], (value: unknown) => boolean>> = {
  ready: shaped({ version: isNumber, token: isText, after: isCount }),
  pause: () => true,
  resume: () => true,
  stop: () => true,
  snapshot: () => true,
  evaluate: () => true,
  rate: (value) => isRecord(value) && isNumber(value.factor) && Number(value.factor) > 0,
  keepGoing: shaped({ value: isFlag }),
};

/** A command from a client. A `ready` of another version is refused here. */
export function parseCommand(line: string): Parsed<TrainerCommand> {
  const value = parseJson(line);
  if (!isRecord(value) || typeof value.kind !== 'string') return refuse(`This is no command: ${quote(line)}.`);
  if (value.kind === 'ready' && value.version !== TRAINER_VERSION) return refuse(otherVersion(value.version, 'client'));
  if (!isCommand(value)) {
    return refuse(`The command ${quote(line)} is not understood. Known are ${Object.keys(commandChecks).join(', ')}.`);
  }
  return { ok: true, value };
}

function isCommand(value: unknown): value is TrainerCommand {
  if (!isRecord(value) || typeof value.kind !== 'string' || !Object.hasOwn(commandChecks, value.kind)) return false;
  return commandChecks[value.kind as TrainerCommand['kind']](value);
}

/** A message from a trainer. A `ready` of another version is refused here. */
export function parseMessage(line: string): Parsed<TrainerMessage> {
  const value = parseJson(line);
  if (isRecord(value) && value.kind === 'ready' && value.version !== TRAINER_VERSION) {
    return refuse(otherVersion(value.version, 'trainer'));
  }
  return isMessage(value)
    ? { ok: true, value }
    : refuse(`The trainer sent a line that is not understood: ${quote(line)}.`);
}

const readyMessage = shaped({ version: isNumber, run: isText, state: isOneOf('preparing', 'running', 'paused') });

function isMessage(value: unknown): value is TrainerMessage {
  if (!isRecord(value)) return false;
  if (value.kind === 'ready') return readyMessage(value);
  if (value.kind === 'event') return isRunEvent(value.event);
  if (value.kind === 'alive') return isNumber(value.time);
  return value.kind === 'refused' && isText(value.message);
}

const optionsCheck = shaped({
  engine: isOneOf('auto', 'onnx', 'tensorflow'),
  device: (value) => typeof value === 'string' && /^(auto|cpu|gpu(:\d+)?)$/.test(value),
  threads: isCount,
});
const planCheck = shaped({ version: isNumber, file: isText, graph: isRecord, data: isRecord, sources: Array.isArray });

const requestChecks: Readonly<Record<TrainerRequest['kind'], (value: unknown) => boolean>> = {
  train: shaped({
    plan: planCheck,
    runs: isText,
    start: optional(shaped({ folder: isText, step: optional(isCount) })),
    options: optionsCheck,
    keepGoing: isFlag,
    started: isNumber,
  }),
  resume: shaped({ folder: isText, options: optionsCheck, keepGoing: isFlag, started: isNumber }),
  evaluate: shaped({ plan: planCheck, folder: isText, checkpoint: isOneOf('best', 'last'), options: optionsCheck }),
  predict: shaped({ folder: isText, inputs: isRecord, options: optionsCheck }),
  use: shaped({ folder: isText, options: optionsCheck }),
  data: shaped({ plan: shaped({ file: isText, data: isRecord, sources: Array.isArray }), window: isDataWindow }),
  doctor: () => true,
  install: shaped({ gpu: isFlag, fetch: isFlag, from: isText }),
  fetch: shaped({ downloads: listOf(shaped({ url: isText, sha256: optional(isText) })) }),
  uninstall: () => true,
  probe: shaped({ options: optionsCheck }),
  speed: shaped({ plan: planCheck, options: optionsCheck, threads: listOf(isCount) }),
};

/** The request on a trainer's standard input. */
export function parseRequest(line: string): Parsed<TrainerRequest> {
  const value = parseJson(line);
  if (!isRecord(value)) return refuse(`The trainer expects one JSON line with its request, but got ${quote(line)}.`);
  if (value.version !== TRAINER_VERSION) return refuse(otherVersion(value.version, 'client'));
  return isRequest(value)
    ? { ok: true, value }
    : refuse(
        `The request of kind ${quote(String(value.kind))} is not whole. Known are ${Object.keys(requestChecks).join(', ')}.`,
      );
}

function isRequest(value: unknown): value is TrainerRequest {
  if (!isRecord(value) || typeof value.kind !== 'string' || !Object.hasOwn(requestChecks, value.kind)) return false;
  return requestChecks[value.kind as TrainerRequest['kind']](value);
}

const findingChecks: Readonly<Record<SpeedFinding['kind'], (value: unknown) => boolean>> = {
  title: shaped({ title: isText }),
  // A loss that is no number arrives as null.
  speed: shaped({ threads: isCount, ms: isNumber, losses: Array.isArray }),
  trouble: shaped({ why: isText }),
};

/** A finding of a process that measures; undefined for what else it printed. */
export function parseSpeedFinding(value: unknown): SpeedFinding | undefined {
  return isFinding(value) ? value : undefined;
}

function isFinding(value: unknown): value is SpeedFinding {
  if (!isRecord(value) || typeof value.kind !== 'string' || !Object.hasOwn(findingChecks, value.kind)) return false;
  return findingChecks[value.kind as SpeedFinding['kind']](value);
}

const lockCheck = shaped({
  version: isNumber,
  pid: isCount,
  address: isText,
  token: isText,
  started: isNumber,
  stamp: optional(isText),
});

/** The contents of a `lock`; `undefined` where it is torn or none. */
export function parseLock(text: string): Lock | undefined {
  const value = parseJson(text);
  return isLock(value) ? value : undefined;
}

function isLock(value: unknown): value is Lock {
  return lockCheck(value);
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

function quote(text: string): string {
  return text.length > 80 ? `\`${text.slice(0, 77)}…\`` : `\`${text}\``;
}
