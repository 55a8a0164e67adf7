/**
 * Starting a trainer process and hearing its first answer. The trainer is its own session (it outlives the editor and
 * the terminal), with an environment that carries nothing of VS Code's own process.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { createInterface } from 'node:readline';
import { isRecord, parseJson, type TrainerError, type TrainerRequest } from '../protocol/index.ts';
import { SILENCE } from './connection.ts';

export interface TrainerProgram {
  /** Absolute path of a Node ≥ 20, or of VS Code's own executable. */
  readonly node: string;
  /** Absolute path of `dist/trainer.js`. */
  readonly script: string;
  /** Beside what is passed on of this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets what the trainer writes on standard error, by lines. */
  readonly log?: (line: string) => void;
  /** Called where the trainer has not answered for `silence` milliseconds (`SILENCE`), with how to end it. */
  readonly onSilence?: (kill: () => void) => void;
  readonly silence?: number;
}

export type Started =
  | {
      readonly ok: true;
      readonly folder: string;
      readonly pid: number | undefined;
      readonly exited: Promise<TrainerExit>;
    }
  | { readonly ok: false; readonly error: TrainerError };

export interface TrainerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Starts a training run (or goes on with one) and answers its folder, or why there is none. */
export async function startTrainer(program: TrainerProgram, request: TrainerRequest): Promise<Started> {
  const trainer = launch(program, request);
  const kill = () => void trainer.child.kill('SIGKILL');
  const timer = setTimeout(() => program.onSilence?.(kill), program.silence ?? SILENCE);
  const first = await Promise.race([trainer.nextLine(), trainer.exited]);
  clearTimeout(timer);
  if (typeof first === 'string') {
    const answer = parseJson(first);
    if (isRecord(answer) && typeof answer.folder === 'string') {
      return { ok: true, folder: answer.folder, pid: trainer.child.pid, exited: trainer.exited };
    }
    const error = isRecord(answer) ? readError(answer.error) : undefined;
    return { ok: false, error: error ?? { code: 'train/trainer', message: unreadable(first), place: undefined } };
  }
  return { ok: false, error: died(first, trainer.tail()) };
}

/** Asks a trainer something that it answers with JSON lines (`evaluate`, `predict`, `doctor`), and waits for its end. Lines that `onLine` takes are not kept. */
export async function askTrainer(
  program: TrainerProgram,
  request: TrainerRequest,
  signal?: AbortSignal,
  onLine?: (line: unknown) => void,
): Promise<
  { readonly ok: true; readonly lines: readonly unknown[] } | { readonly ok: false; readonly error: TrainerError }
> {
  const trainer = launch(program, request);
  const abort = () => trainer.child.kill('SIGTERM');
  signal?.addEventListener('abort', abort, { once: true });
  const lines: unknown[] = [];
  for (;;) {
    const line = await Promise.race([trainer.nextLine(), trainer.exited.then(() => trainer.nextLine())]);
    if (line === undefined) break;
    const value = parseJson(line);
    if (value === undefined) {
      // Native libraries may print lines of their own; of an answer that was cut off nothing can be made.
      if (!line.startsWith('{')) continue;
      return { ok: false, error: { code: 'train/trainer', message: unreadable(line), place: undefined } };
    }
    const error = isRecord(value) ? readError(value.error) : undefined;
    if (error !== undefined) return { ok: false, error };
    if (onLine === undefined) lines.push(value);
    else onLine(value);
  }
  const exit = await trainer.exited;
  signal?.removeEventListener('abort', abort);
  return exit.code === 0 ? { ok: true, lines } : { ok: false, error: died(exit, trainer.tail()) };
}

/** A trainer process that was started with its request. */
export interface Launched {
  readonly child: ChildProcess;
  readonly exited: Promise<TrainerExit>;
  /** The next line of standard output; `undefined` at its end. */
  nextLine(): Promise<string | undefined>;
  /** The last lines of standard error. */
  tail(): string;
}

/** Starts a trainer; `keepOpen`: more lines follow the request. */
export function launch(program: TrainerProgram, request: TrainerRequest, keepOpen = false): Launched {
  const child = spawn(program.node, [program.script], {
    env: { ...trainerEnvironment(process.env, program.node), ...program.env },
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    errors.push(line);
    if (errors.length > 40) errors.shift();
    program.log?.(line);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = new Promise<TrainerExit>((done) => {
    child.once('exit', (code, signal) => done({ code, signal }));
    child.once('error', (error) => {
      errors.push(error.message);
      done({ code: -1, signal: null });
    });
  });
  // A trainer that dies at once closes the pipe: `exited` tells of it.
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(request)}\n`);
  if (!keepOpen) child.stdin.end();
  return {
    child,
    exited,
    nextLine: async () => {
      const next = await lines.next();
      return next.done === true ? undefined : next.value;
    },
    tail: () => errors.join('\n'),
  };
}

/** What a trainer gets of this process's environment: nothing that belongs to VS Code or to this Node. */
export function trainerEnvironment(env: NodeJS.ProcessEnv, node: string): NodeJS.ProcessEnv {
  const clean: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(env)) {
    if (!/^(ELECTRON_|VSCODE_|NODE_OPTIONS$|NODE_CHANNEL_FD$|NODE_UNIQUE_ID$)/i.test(name)) clean[name] = value;
  }
  // What is fetched goes by the proxy that the environment names; Nodes before 22.21 do not know this and go straight.
  if (Object.keys(clean).some((name) => /^https?_proxy$/i.test(name))) clean.NODE_USE_ENV_PROXY ??= '1';
  // VS Code's own executable is a Node only when it is told so.
  if (node === process.execPath && process.versions.electron !== undefined) clean.ELECTRON_RUN_AS_NODE = '1';
  return clean;
}

/** The lowest Node that trains. */
export const OLDEST_NODE = 20;

/**
 * The Node to train with: the setting, else one on the PATH that is new enough, else this process's own executable
 * (VS Code as a Node). Absolute, so that a changed PATH or folder changes nothing.
 */
export async function findNode(setting?: string): Promise<string> {
  if (setting !== undefined && setting !== '') return setting;
  if (process.versions.electron === undefined) return process.execPath;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
    if (canRun(path) && (await nodeVersion(path)) >= OLDEST_NODE) return path;
  }
  return process.execPath;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function nodeVersion(path: string): Promise<number> {
  return new Promise((done) => {
    execFile(path, ['--version'], { timeout: 5000, env: trainerEnvironment(process.env, path) }, (error, stdout) => {
      done(error === null ? Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0) : 0);
    });
  });
}

/** The error of an answer `{error}`. */
export function readError(value: unknown): TrainerError | undefined {
  if (!isRecord(value) || typeof value.code !== 'string' || typeof value.message !== 'string') return undefined;
  return { code: value.code, message: value.message, place: readPlace(value.place) };
}

function readPlace(value: unknown): TrainerError['place'] {
  if (!isRecord(value) || typeof value.file !== 'string') return undefined;
  const { line, column, start, end } = value;
  if (typeof line !== 'number' || typeof column !== 'number') return undefined;
  return { file: value.file, line, column, start: Number(start ?? 0), end: Number(end ?? 0) };
}

/** What is to be said of a trainer that ended without its answer. */
export function died(exit: TrainerExit | undefined, tail: string): TrainerError {
  const how =
    exit === undefined
      ? 'closed its output'
      : exit.signal === null
        ? `ended with code ${String(exit.code)}`
        : `was killed by ${exit.signal}`;
  const said = tail === '' ? 'It wrote nothing on its standard error.' : `Its last words:\n${tail}`;
  return {
    code: 'train/trainer',
    message: `The trainer process ${how} before it could answer. ${said}`,
    place: undefined,
  };
}

/** What is said of a line that is none. */
export function unreadable(line: string): string {
  return `The trainer answered with a line that is not understood: \`${line.slice(0, 120)}\`. Both must come from the same Modelwright.`;
}
