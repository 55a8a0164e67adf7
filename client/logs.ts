/** One output channel for the extension itself and one for each run whose log was wanted or which is alive. */
import * as vscode from 'vscode';
import type { LogLine } from '../protocol/index.ts';
import type { LiveRun } from './run/live-run.ts';

export class Logs implements vscode.Disposable {
  readonly main = vscode.window.createOutputChannel('Model', { log: true });
  readonly #channels = new Map<string, { readonly channel: vscode.LogOutputChannel; written: number }>();

  /** Writes what the run has said since the last time. */
  follow(run: LiveRun): void {
    const log = this.#of(run);
    const lines = run.logLines;
    for (const event of lines.slice(log.written)) write(log.channel, event);
    log.written = lines.length;
  }

  show(run: LiveRun): void {
    this.follow(run);
    this.#of(run).channel.show(true);
  }

  dispose(): void {
    this.main.dispose();
    for (const { channel } of this.#channels.values()) channel.dispose();
  }

  #of(run: LiveRun): { readonly channel: vscode.LogOutputChannel; written: number } {
    const known = this.#channels.get(run.folder);
    if (known !== undefined) return known;
    const made = {
      channel: vscode.window.createOutputChannel(`Model run ${run.record.id}`, { log: true }),
      written: 0,
    };
    this.#channels.set(run.folder, made);
    return made;
  }
}

function write(channel: vscode.LogOutputChannel, event: LogLine): void {
  switch (event.level) {
    case 'debug':
      channel.debug(event.text);
      return;
    case 'info':
      channel.info(event.text);
      return;
    case 'warning':
      channel.warn(event.text);
      return;
    case 'error':
      channel.error(event.text);
      return;
    default:
      assertNever(event.level);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown level: ${JSON.stringify(value)}`);
}
