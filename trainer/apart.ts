/** Asks a trainer of its own: where its native code crashes or hangs, only that process ends. */
import { spawn } from 'node:child_process';
import { parseJson, type TrainerRequest } from '../protocol/index.ts';

export interface ApartOptions {
  /** The trainer's own program. */
  readonly script: string;
  readonly request: TrainerRequest;
  /** Milliseconds after which the process is ended. */
  readonly limit: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ApartAnswer {
  /** What it said on standard output, line by line; undefined for a line that is no JSON. */
  readonly lines: readonly unknown[];
  /** The end of what it wrote on standard error. */
  readonly errors: string;
  /** It was ended because it took too long. */
  readonly late: boolean;
  /** How the process ended, where it was not by itself and in order: "its process ended with SIGSEGV". */
  readonly ended: string | undefined;
}

/** Enough for what a driver prints about a shader that it refuses. */
const MOST_ERRORS = 20_000;

/** What the other process answers; it is gone then. */
export function askApart({ script, request, limit, env = {} }: ApartOptions): Promise<ApartAnswer> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script], {
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      env: { ...process.env, ...env },
    });
    let said = '';
    let errors = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limit);
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      errors = (errors + text.toString()).slice(-MOST_ERRORS);
    });
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      errors += error.message;
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const ended = late || code === 0 ? undefined : `its process ended with ${signal ?? `code ${code}`}`;
      done({ lines: said.split('\n').map(parseJson), errors, late, ended });
    });
    child.stdin.end(`${JSON.stringify(request)}\n`);
  });
}

/** The last line of what a process wrote on standard error; '' where it wrote none. */
export function lastLine(errors: string): string {
  return errors.trim().split('\n').at(-1) ?? '';
}
