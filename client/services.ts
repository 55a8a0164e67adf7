/** What the parts of the extension share. Made once in `activate`; each part takes what it needs of it. */
import type * as vscode from 'vscode';
import type { Evaluations } from './evaluate/evaluations.ts';
import type { LanguageServer } from './language-server.ts';
import type { Logs } from './logs.ts';
import type { Panels } from './panel/panels.ts';
import type { RunProblems } from './run/run-problems.ts';
import type { Runs } from './run/runs.ts';
import type { TextDocuments } from './text-documents.ts';
import type { Devices } from './views/devices-tree.ts';

export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly logs: Logs;
  readonly server: LanguageServer;
  readonly runs: Runs;
  readonly problems: RunProblems;
  readonly evaluations: Evaluations;
  readonly panels: Panels;
  readonly texts: TextDocuments;
  readonly devices: Devices;
}
