/** One page of one data declaration: it asks a trainer for rows, and shows the lines of the program behind them. */
import * as vscode from 'vscode';
import {
  DATA_PANEL_VERSION,
  type DataPlan,
  type DataReport,
  type DataWindow,
  type EventPlace,
  type FromDataPanel,
  isDataReport,
  readFromDataPanel,
  type ToDataPanel,
  TRAINER_VERSION,
} from '../../protocol/index.ts';
import { askTrainer } from '../../runs/index.ts';
import { prepareWebview } from '../panel/webview.ts';
import type { Services } from '../services.ts';
import { findTrainer } from '../trainer-program.ts';

/** The rows that are shown first. */
export const FIRST_ROWS: DataWindow = { part: 'train', from: 0, count: 20, epoch: 1 };

type Body = ToDataPanel extends infer M ? (M extends ToDataPanel ? Omit<M, 'version'> : never) : never;

export class DataPanel implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #services: Services;
  readonly #plan: () => Promise<DataPlan | undefined>;
  readonly #onMessage: vscode.Disposable;
  #shown: DataReport | undefined;
  #reading: AbortController | undefined;

  /** `plan` is asked each time, so that what is shown is what the program says now. */
  constructor(services: Services, panel: vscode.WebviewPanel, plan: () => Promise<DataPlan | undefined>) {
    this.#services = services;
    this.panel = panel;
    this.#plan = plan;
    panel.iconPath = vscode.Uri.joinPath(services.context.extensionUri, 'media', 'data.svg');
    this.#onMessage = panel.webview.onDidReceiveMessage((data: unknown) => {
      const message = readFromDataPanel(data);
      if (message === undefined) return;
      this.#receive(message).catch((error: unknown) => {
        this.#post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      });
    });
    prepareWebview(services.context, panel.webview, { bundle: 'data-page', title: panel.title });
  }

  /** Reads the shown rows again: the program has changed. */
  refresh(): Promise<void> {
    return this.#show(this.#shown?.window ?? FIRST_ROWS);
  }

  dispose(): void {
    this.#reading?.abort();
    this.#onMessage.dispose();
  }

  #post(message: Body): void {
    void this.panel.webview.postMessage({ version: DATA_PANEL_VERSION, ...message });
  }

  async #receive(message: FromDataPanel): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.#post({ kind: 'texts', locale: vscode.env.language, texts: vscode.l10n.bundle ?? {} });
        await this.refresh();
        return;
      case 'show':
        await this.#show(message.window);
        return;
      case 'reveal':
        await reveal(this.#shown, message.field, message.stage);
        return;
      default:
        assertNever(message);
    }
  }

  /** Only the rows asked for last are shown; reading those before is given up. */
  async #show(window: DataWindow): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#post({ kind: 'reading' });
    const answer = await this.#read(window, reading.signal);
    if (reading.signal.aborted) return;
    if (typeof answer === 'string') {
      this.#post({ kind: 'failed', message: answer });
      return;
    }
    this.#shown = answer;
    this.panel.title = answer.title;
    this.#post({ kind: 'view', view: answer });
  }

  /** The rows, or a sentence about why there are none. */
  async #read(window: DataWindow, signal: AbortSignal): Promise<DataReport | string> {
    const plan = await this.#plan();
    if (plan === undefined) return vscode.l10n.t('The data declaration has errors: mend them first.');
    const trainer = await findTrainer(this.#services.context, this.#services.logs.main);
    if ('message' in trainer) return trainer.message;
    const request = { version: TRAINER_VERSION, kind: 'data', plan, window } as const;
    const answer = await askTrainer(trainer, request, signal);
    this.#services.problems.clear(plan.file);
    if (!answer.ok) {
      this.#services.problems.addError(plan.file, answer.error);
      return answer.error.message;
    }
    return (
      answer.lines.find(isDataReport) ??
      vscode.l10n.t('The trainer answered something that is not understood. The log has the details.')
    );
  }
}

async function reveal(report: DataReport | undefined, field: number, stage: number | undefined): Promise<void> {
  const found = report?.fields[field];
  const place: EventPlace | undefined = (stage === undefined ? undefined : found?.stages[stage]?.place) ?? found?.place;
  if (place === undefined) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(place.file));
  const range = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
  await vscode.window.showTextDocument(document, { selection: range, viewColumn: vscode.ViewColumn.One });
}

function assertNever(value: never): never {
  throw new Error(`Unknown message: ${JSON.stringify(value)}`);
}
