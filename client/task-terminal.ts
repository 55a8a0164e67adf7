/**
 * A program in a terminal of the editor without a terminal below it: its lines come plain, as in a log, and nothing but this
 * process is needed, be it in a container or on another machine. Ctrl-C and the bin of the terminal interrupt it, twice end it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import * as vscode from 'vscode';

export interface TerminalProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const CTRL_C = '\u0003';
/** The exit code where there is none: it could not be started, or a signal ended it. */
const NO_CODE = 1;
/** VS Code reads problems from the lines until a tenth of a second after the end; a page that is drawn first reads later than that. */
const LINES_ARE_READ = 500;
/** Milliseconds until a terminal that was opened just now has been drawn, on a busy machine too. */
const DRAWN = 2000;

export class TaskTerminal implements vscode.Pseudoterminal {
  readonly #start: () => Promise<TerminalProgram>;
  readonly #write = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.#write.event;
  readonly #close = new vscode.EventEmitter<number>();
  readonly onDidClose = this.#close.event;
  #child: ChildProcess | undefined;
  #interrupted = false;

  /** `start` is asked when the task begins, not when it is listed. */
  constructor(start: () => Promise<TerminalProgram>) {
    this.#start = start;
  }

  open(): void {
    this.#start().then(
      (program) => this.#run(program),
      (error: unknown) => this.#fail(error),
    );
  }

  close(): void {
    this.#child?.kill(this.#interrupted ? 'SIGKILL' : 'SIGINT');
    this.#interrupted = true;
  }

  handleInput(data: string): void {
    if (data === CTRL_C) this.close();
  }

  #run({ file, args, cwd, env }: TerminalProgram): void {
    const child = spawn(file, args, { cwd, env, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const opened = Date.now();
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => this.#write.fire(text.replace(/\r?\n/g, '\r\n')));
    }
    child.once('error', (error) => this.#fail(error));
    // `close`, not `exit`: by then everything that it wrote has been read.
    child.once('close', (code) =>
      setTimeout(() => this.#close.fire(code ?? NO_CODE), Math.max(LINES_ARE_READ, DRAWN - (Date.now() - opened))),
    );
  }

  #fail(error: unknown): void {
    this.#write.fire(`${error instanceof Error ? error.message : String(error)}\r\n`);
    this.#close.fire(NO_CODE);
  }
}
