/**
 * What the client knows of a declaration, above it: over `train` the device, the best run and the run since which the program
 * was edited, over a model that one `train` trains its best run. Training and parameters are the server's lenses, which stand before.
 */
import * as vscode from 'vscode';
import type { DeclarationBrief } from '../../protocol/index.ts';
import { programOf, type RunSummary } from '../../runs/index.ts';
import type { LanguageServer } from '../language-server.ts';
import { bestRun, runsOf } from '../run/best-run.ts';
import { valueText } from '../run/run-label.ts';
import type { Runs } from '../run/runs.ts';
import { readSettings } from '../settings.ts';

export class ProgramLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #server: LanguageServer;
  readonly #runs: Runs;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];
  /** Texts of the programs that runs were made of, by run folder. */
  readonly #sources = new Map<string, string | undefined>();
  #list: readonly RunSummary[] | undefined;

  constructor(server: LanguageServer, runs: Runs) {
    this.#server = server;
    this.#runs = runs;
    this.#subscriptions = [
      vscode.languages.registerCodeLensProvider({ language: 'model' }, this),
      runs.onDidList(() => {
        this.#list = undefined;
        this.#changed.fire();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('modelwright')) this.#changed.fire();
      }),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (document.uri.scheme !== 'file') return [];
    const [program] = await this.#server.models(document.uri);
    const declarations = program?.declarations ?? [];
    return declarations.flatMap((brief) => this.#lensesOf(document, brief, declarations));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #lensesOf(
    document: vscode.TextDocument,
    brief: DeclarationBrief,
    all: readonly DeclarationBrief[],
  ): vscode.CodeLens[] {
    const place = new vscode.Position(brief.at.line, brief.at.character);
    const range = new vscode.Range(place, place);
    const lens = (title: string, command: string, argument: object): vscode.CodeLens =>
      new vscode.CodeLens(range, { title, command: `modelwright.${command}`, arguments: [argument] });
    const uri = document.uri.toString();
    const train = trainOf(brief, all);
    if (train === undefined) return [];
    this.#list ??= this.#runs.list();
    const runs = runsOf(this.#list, { file: document.uri.fsPath, train: train.name });
    const [best, latest] = [bestRun(runs), runs[0]];
    const value = best?.record.best;
    const record =
      best === undefined || value === undefined
        ? []
        : [
            lens(vscode.l10n.t('best #{0} {1}', best.record.number, valueText(value.metric, value.value)), 'openRun', {
              folder: best.folder,
            }),
          ];
    if (brief.kind === 'model') return record;
    return [
      lens(vscode.l10n.t('Device: {0}', deviceText(document.uri)), 'chooseDevice', { uri }),
      ...record,
      ...(latest === undefined || !this.#isEdited(document, latest)
        ? []
        : [lens(vscode.l10n.t('edited since #{0}', latest.record.number), 'openRun', { folder: latest.folder })]),
    ];
  }

  /** Whether the program is another than the one that the run was made of. */
  #isEdited(document: vscode.TextDocument, { folder }: RunSummary): boolean {
    if (!this.#sources.has(folder)) this.#sources.set(folder, programOf(folder, document.uri.fsPath)?.text);
    const source = this.#sources.get(folder);
    return source !== undefined && source !== document.getText();
  }
}

/** The train block that a declaration's runs come from: itself, or the only one of a model. */
function trainOf(brief: DeclarationBrief, all: readonly DeclarationBrief[]): DeclarationBrief | undefined {
  if (brief.kind === 'train') return brief;
  if (brief.kind !== 'model') return undefined;
  const trains = all.filter(({ kind, model }) => kind === 'train' && model === brief.name);
  return trains.length === 1 ? trains[0] : undefined;
}

/** What the settings say, in a word. */
export function deviceText(scope?: vscode.Uri): string {
  const { engine, device } = readSettings(scope).options;
  if (engine === 'auto' && device === 'auto') return vscode.l10n.t('automatic');
  const name = device === 'auto' ? '' : device.toUpperCase();
  const by = engine === 'auto' ? '' : engine === 'onnx' ? 'ONNX Runtime' : 'TensorFlow';
  return [name, by].filter((part) => part !== '').join(' · ');
}
