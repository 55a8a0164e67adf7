/** Finds an installed TensorBoard and starts it over a folder of event files. It ends with the extension. Knows no VS Code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

export interface TensorBoardWish {
  /** Path of its program, or '' for the usual places. */
  readonly setting: string;
  /** Where a Python environment may lie: `.venv` and `venv` in these. */
  readonly folders: readonly string[];
  /** Folder of event files. */
  readonly logs: string;
  readonly signal: AbortSignal;
  /** How long it may take to say its address. */
  readonly limit?: number;
}

export type TensorBoardStarted =
  | { readonly ok: true; readonly address: string; readonly end: () => void }
  | { readonly ok: false; readonly message: string };

/** It loads TensorFlow where that is there, which takes its time. */
const LIMIT = 60_000;

/** Starts TensorBoard on a free port of this computer, and answers its address, or why there is none. */
export function startTensorBoard(wish: TensorBoardWish): Promise<TensorBoardStarted> {
  const program = findTensorBoard(wish);
  if (program === undefined) {
    const where = wish.setting === '' ? 'on the PATH or in a .venv of the workspace' : wish.setting;
    return Promise.resolve({ ok: false, message: `There is no TensorBoard (looked for ${where}).` });
  }
  const child = spawn(program, ['--logdir', wish.logs, '--host', '127.0.0.1', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  return addressOf(child, program, wish);
}

function addressOf(child: ChildProcess, program: string, wish: TensorBoardWish): Promise<TensorBoardStarted> {
  const end = () => void child.kill();
  return new Promise((done) => {
    let said = '';
    const fail = (how: string) => {
      end();
      done({
        ok: false,
        message: `TensorBoard (${program}) ${how}${said === '' ? '.' : `: ${said.trim().slice(-400)}`}`,
      });
    };
    const timer = setTimeout(() => fail('did not say where it can be reached'), wish.limit ?? LIMIT);
    const hear = (part: Buffer) => {
      said += part.toString();
      // Warnings that it prints hold addresses of their own.
      const address = /http:\/\/(?:127\.0\.0\.1|localhost):\d+\//.exec(said)?.[0];
      if (address !== undefined) {
        clearTimeout(timer);
        done({ ok: true, address, end });
      }
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => {
      clearTimeout(timer);
      fail(`could not be started: ${error.message}`);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${String(code)}`);
    });
    wish.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      fail('was cancelled');
    });
  });
}

/** The program: as it was set, in an environment of the workspace, on the PATH. */
export function findTensorBoard({
  setting,
  folders,
}: Pick<TensorBoardWish, 'setting' | 'folders'>): string | undefined {
  if (setting !== '') return existsSync(setting) ? setting : undefined;
  const [bin, name] = process.platform === 'win32' ? ['Scripts', 'tensorboard.exe'] : ['bin', 'tensorboard'];
  const own = folders.flatMap((folder) => ['.venv', 'venv'].map((venv) => join(folder, venv, bin, name)));
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return [...own, ...path.map((folder) => join(folder, name))].find((each) => existsSync(each));
}
