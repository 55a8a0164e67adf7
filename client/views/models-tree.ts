/**
 * The programs of the workspace with their declarations: models with parameters, train blocks with their best run, data.
 * A click leads to the line. The server is asked when the view is seen, and again when programs or runs have changed.
 */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { DeclarationBrief, ProgramBrief } from '../../protocol/index.ts';
import type { RunSummary } from '../../runs/index.ts';
import type { LanguageServer } from '../language-server.ts';
import { bestRun, runsOf } from '../run/best-run.ts';
import { valueText } from '../run/run-label.ts';
import type { Runs } from '../run/runs.ts';

/** A row, and what its commands get: `uri` and `declaration` are what a program's target is read from. */
export interface ModelRow {
  readonly uri: string;
  /** Of a run or of data: its name. */
  readonly declaration: string | undefined;
  /** Of a model: its runs are meant. */
  readonly model: string | undefined;
  readonly program: ProgramBrief;
  /** Undefined: the program itself. */
  readonly brief: DeclarationBrief | undefined;
}

/** Milliseconds between two questions, at the least. */
const INTERVAL = 500;

export class ModelsTree implements vscode.TreeDataProvider<ModelRow>, vscode.Disposable {
  readonly #server: LanguageServer;
  readonly #runs: Runs;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<ModelRow>;
  readonly #subscriptions: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stale = false;
  #list: readonly RunSummary[] = [];

  constructor(server: LanguageServer, runs: Runs) {
    this.#server = server;
    this.#runs = runs;
    this.#view = vscode.window.createTreeView('modelwright.models', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#view,
      server.onDidChangeModels(() => this.#refreshSoon()),
      runs.onDidList(() => this.#refreshSoon()),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => uri.path.endsWith('.model'))) this.#refreshSoon();
      }),
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible && this.#stale) this.#refreshSoon();
      }),
    ];
  }

  async getChildren(row?: ModelRow): Promise<ModelRow[]> {
    if (row === undefined) {
      this.#stale = false;
      this.#list = this.#runs.list();
      const programs = await this.#server.models();
      return programs
        .filter(({ declarations, errors }) => declarations.length > 0 || errors > 0)
        .map((program) => rowOf(program, undefined));
    }
    return row.brief === undefined ? row.program.declarations.map((brief) => rowOf(row.program, brief)) : [];
  }

  getTreeItem(row: ModelRow): vscode.TreeItem {
    const item = row.brief === undefined ? programItem(row.program) : this.#declarationItem(row, row.brief);
    item.id = `${row.uri} ${row.brief === undefined ? '' : `${row.brief.kind} ${row.brief.name} ${row.brief.at.line}`}`;
    return item;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #declarationItem(row: ModelRow, brief: DeclarationBrief): vscode.TreeItem {
    const item = new vscode.TreeItem(brief.name);
    const file = vscode.Uri.parse(row.uri).fsPath;
    const best =
      brief.kind === 'train'
        ? bestRun(runsOf(this.#list, { file, train: brief.name }))
        : brief.kind === 'model'
          ? bestRun(runsOf(this.#list, { file, model: brief.name }))
          : undefined;
    item.description = [brief.kind, brief.parameters, bestText(best), errorText(brief.errors)]
      .filter((part) => part !== '')
      .join(' · ');
    item.iconPath = iconOf(brief);
    item.contextValue = `declaration.${brief.kind}`;
    const place = new vscode.Position(brief.at.line, brief.at.character);
    item.command = {
      command: 'vscode.open',
      title: vscode.l10n.t('Show the Line'),
      arguments: [vscode.Uri.parse(row.uri), { selection: new vscode.Range(place, place) }],
    };
    return item;
  }

  #refreshSoon(): void {
    this.#stale = true;
    if (!this.#view.visible) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#view.visible) this.#changed.fire();
    }, INTERVAL);
  }
}

function rowOf(program: ProgramBrief, brief: DeclarationBrief | undefined): ModelRow {
  const named = brief !== undefined && brief.kind !== 'model';
  return {
    uri: program.uri,
    declaration: named ? brief.name : undefined,
    model: brief?.kind === 'model' ? brief.name : undefined,
    program,
    brief,
  };
}

function programItem(program: ProgramBrief): vscode.TreeItem {
  const uri = vscode.Uri.parse(program.uri);
  const item = new vscode.TreeItem(basename(uri.path), vscode.TreeItemCollapsibleState.Expanded);
  const folder = vscode.workspace.asRelativePath(vscode.Uri.joinPath(uri, '..'));
  const above = vscode.workspace.getWorkspaceFolder(uri)?.uri.path === vscode.Uri.joinPath(uri, '..').path;
  const models = program.declarations.filter(({ kind }) => kind === 'model');
  const parameters = models.length === 1 ? (models[0]?.parameters ?? '') : '';
  item.description = [parameters, errorText(program.errors), above ? '' : folder]
    .filter((part) => part !== '')
    .join(' · ');
  item.resourceUri = uri;
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = 'program';
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
  return item;
}

function bestText(run: RunSummary | undefined): string {
  const best = run?.record.best;
  return run === undefined || best === undefined
    ? ''
    : vscode.l10n.t('best #{0} {1}', run.record.number, valueText(best.metric, best.value));
}

function errorText(errors: number): string {
  return errors === 0 ? '' : `${errors} ✗`;
}

function iconOf(brief: DeclarationBrief): vscode.ThemeIcon {
  if (brief.errors > 0) return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  switch (brief.kind) {
    case 'model':
      return new vscode.ThemeIcon('symbol-class');
    case 'train':
      return new vscode.ThemeIcon('play');
    case 'tune':
      return new vscode.ThemeIcon('settings');
    case 'evaluate':
      return new vscode.ThemeIcon('beaker');
    case 'data':
      return new vscode.ThemeIcon('table');
    default:
      return assertNever(brief.kind);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown declaration: ${JSON.stringify(value)}`);
}
