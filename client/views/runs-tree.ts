/**
 * The runs of the workspace: state, best value (★ at the best finished run of its program), time, tags, star by hand, and what changed since the run before. Filtered and sorted
 * as it was last asked for; grouped by program where there are several; ticked rows can be compared.
 */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import {
  changedSettings,
  directionOf,
  MOST_COMPARED,
  markdownText,
  RATE_BY_HAND,
  type RunStateName,
} from '../../protocol/index.ts';
import { type Damage, directionsIn, factsOf, type RunEntry, type RunSummary } from '../../runs/index.ts';
import { showInformation } from '../notify.ts';
import { shortened } from '../plain.ts';
import { bestOfEach } from '../run/best-run.ts';
import { damageWords } from '../run/damage-words.ts';
import { endText } from '../run/problem-words.ts';
import { clock, isAlive, runTitle, runValue, valueText } from '../run/run-label.ts';
import type { Runs } from '../run/runs.ts';
import { isFiltering, type RunFilter, readFilter, shownEntries } from './run-filter.ts';

/** A row: what its commands get. */
export interface RunRow {
  readonly folder: string;
}

type Node =
  | (RunEntry & { readonly row: 'run' })
  | { readonly row: 'program'; readonly title: string; readonly folder: ''; readonly entries: readonly RunEntry[] };

const FILTER = 'modelwright.runsFilter';
const TICKED = 'modelwright.ticked';
const FILTERED = 'modelwright.filtered';

export class RunsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #runs: Runs;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<Node>;
  readonly #subscriptions: vscode.Disposable[];
  readonly #ticked = new Set<string>();
  #filter: RunFilter;
  /** Runs of several programs stand in one row: each says of which it is. */
  #mixed = false;
  /** Folders of the best finished runs, each of its program. */
  #best: ReadonlySet<string> = new Set();

  constructor(runs: Runs, memory: vscode.Memento) {
    this.#runs = runs;
    this.#memory = memory;
    this.#filter = readFilter(memory.get(FILTER));
    this.#view = vscode.window.createTreeView<Node>('modelwright.runs', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: false,
      manageCheckboxStateManually: true,
    });
    this.#subscriptions = [
      this.#view,
      runs.onDidList(() => this.#changed.fire()),
      this.#view.onDidChangeCheckboxState(({ items }) => this.#tick(items)),
    ];
    void vscode.commands.executeCommand('setContext', FILTERED, isFiltering(this.#filter));
  }

  get filter(): RunFilter {
    return this.#filter;
  }

  /** Shows what passes, in that order, here and the next time. */
  async setFilter(filter: RunFilter): Promise<void> {
    this.#filter = filter;
    this.#changed.fire();
    await vscode.commands.executeCommand('setContext', FILTERED, isFiltering(filter));
    await this.#memory.update(FILTER, filter);
  }

  /** Folders of the ticked runs. */
  get ticked(): readonly string[] {
    return [...this.#ticked];
  }

  /** The selected rows that are runs. */
  get selection(): readonly string[] {
    return this.#view.selection.flatMap((node) => (node.row === 'run' ? [node.folder] : []));
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.row === 'program') return node.entries.map(rowOf);
    if (node !== undefined) return [];
    const all = await this.#runs.entries();
    // Newest first, whatever folders they come from; what the filter leaves out counts too.
    const whole = all.flatMap((entry) => (entry.kind === 'run' && entry.damage === undefined ? [entry.run] : []));
    this.#best = bestOfEach(whole.sort((a, b) => b.record.created - a.record.created));
    const shown = shownEntries(all, this.#filter, (run, metric) =>
      directionOf({ directions: directionsIn(run) }, metric),
    );
    this.#view.description = this.#description(all.length, shown.length);
    for (const folder of this.#ticked) if (!all.some((entry) => entry.folder === folder)) this.#ticked.delete(folder);
    const titles = new Set(shown.flatMap((entry) => (entry.kind === 'run' ? [entry.run.record.title] : [])));
    this.#mixed = titles.size > 1 && this.#filter.sort !== 'time';
    if (titles.size < 2 || this.#mixed) return shown.map(rowOf);
    const groups = [...titles].map((title): Node => {
      const entries = shown.filter((entry) => entry.kind === 'run' && entry.run.record.title === title);
      return { row: 'program', title, folder: '', entries };
    });
    return [...groups, ...shown.filter((entry) => entry.kind === 'unreadable').map(rowOf)];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.row === 'program') return programItem(node.title, node.entries.length);
    return node.kind === 'run' ? this.#runItem(node.run, node.damage) : unreadableItem(node.folder, node.damage);
  }

  /** What takes reading plans is made when somebody rests on the row. */
  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    if (node.row === 'run' && node.kind === 'run')
      item.tooltip = tooltip(node.run, node.damage, this.#before(node.run), this.#best.has(node.folder));
    return item;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #runItem(run: RunSummary, damage: Damage | undefined): vscode.TreeItem {
    const { folder, record, state, notes } = run;
    const item = new vscode.TreeItem(notes.name === '' ? runTitle(record) : `${runTitle(record)} ${notes.name}`);
    item.id = folder;
    const best = this.#best.has(folder);
    const told = describe(run, this.#mixed);
    item.description = best ? `★ ${told}` : told;
    item.iconPath = notes.starred ? new vscode.ThemeIcon('star-full') : iconOf(state);
    item.contextValue = `${contextOf(state)}${notes.starred ? '.starred' : ''}`;
    item.checkboxState = this.#ticked.has(folder)
      ? vscode.TreeItemCheckboxState.Checked
      : vscode.TreeItemCheckboxState.Unchecked;
    const signs = [best ? vscode.l10n.t('best') : '', notes.starred ? vscode.l10n.t('starred') : ''];
    item.accessibilityInformation = {
      label: [item.label, state, ...signs, told].filter((part) => part !== '').join(', '),
    };
    if (damage !== undefined) item.iconPath = new vscode.ThemeIcon('warning');
    item.command = {
      command: 'modelwright.openRun',
      title: vscode.l10n.t('Open Run'),
      arguments: [{ folder } satisfies RunRow],
    };
    return item;
  }

  /** The run of the same program before this one. */
  #before({ record, folder }: RunSummary): RunSummary | undefined {
    return this.#runs
      .list()
      .find((run) => run.folder !== folder && run.record.title === record.title && run.record.created < record.created);
  }

  #tick(items: readonly [Node, vscode.TreeItemCheckboxState][]): void {
    let refused = false;
    for (const [node, state] of items) {
      if (state === vscode.TreeItemCheckboxState.Unchecked) this.#ticked.delete(node.folder);
      else if (this.#ticked.size >= MOST_COMPARED) refused = true;
      else if (node.folder !== '') this.#ticked.add(node.folder);
    }
    if (refused) {
      void showInformation(vscode.l10n.t('{0} runs can be compared at once. Untick one first.', MOST_COMPARED));
    }
    this.#changed.fire();
    void vscode.commands.executeCommand('setContext', TICKED, this.#ticked.size);
  }

  #description(all: number, shown: number): string {
    const { sort } = this.#filter;
    const sorted = sort === 'best' ? vscode.l10n.t('by best value') : sort === 'name' ? vscode.l10n.t('by name') : '';
    const left = isFiltering(this.#filter) ? vscode.l10n.t('{0} of {1}', shown, all) : '';
    return [left, sorted].filter((part) => part !== '').join(' · ');
  }
}

function rowOf(entry: RunEntry): Node {
  return { ...entry, row: 'run' };
}

function programItem(title: string, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `program ${title}`;
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon('symbol-structure');
  item.contextValue = 'program';
  return item;
}

function unreadableItem(folder: string, damage: Damage): vscode.TreeItem {
  const item = new vscode.TreeItem(basename(folder));
  item.id = folder;
  item.description = vscode.l10n.t('cannot be read');
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.contextValue = 'unreadable';
  item.tooltip = `${basename(folder)}: ${damageWords(damage)}`;
  item.accessibilityInformation = { label: `${basename(folder)}, ${damageWords(damage)}` };
  return item;
}

/** Best value or where it broke, program where it says something, time, tags. */
function describe({ record, state, notes }: RunSummary, mixed: boolean): string {
  const seconds = record.ended === undefined ? undefined : (record.ended - record.created) / 1000;
  const parts = [
    runValue(record, state),
    mixed ? record.title : '',
    isAlive(state) || seconds === undefined ? '' : clock(seconds),
    ...notes.tags.map((tag) => `#${tag}`),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** What the menus of a row are chosen by. */
function contextOf(state: RunStateName): string {
  if (state === 'paused') return 'run.paused';
  if (isAlive(state)) return 'run.running';
  return state === 'finished' ? 'run.finished' : 'run.resumable';
}

function iconOf(state: RunStateName): vscode.ThemeIcon {
  switch (state) {
    case 'preparing':
    case 'running':
      return new vscode.ThemeIcon('loading~spin');
    case 'paused':
      return new vscode.ThemeIcon('debug-pause');
    case 'finished':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'stopped':
      return new vscode.ThemeIcon('debug-stop', new vscode.ThemeColor('icon.foreground'));
    case 'failed':
    case 'interrupted':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
    default:
      return assertNever(state);
  }
}

/** Names and notes come from files: they are text, whatever stands in them. */
function tooltip(
  run: RunSummary,
  damage: Damage | undefined,
  before: RunSummary | undefined,
  best: boolean,
): vscode.MarkdownString {
  const { record, state, notes } = run;
  const text = new vscode.MarkdownString();
  const line = (markdown: string) => text.appendMarkdown(`${markdown}\n\n`);
  line(`**${markdownText(shortened(record.title))}** ${markdownText(shortened(runTitle(record)))}: ${state}`);
  if (damage !== undefined) line(`⚠ ${markdownText(damageWords(damage))}`);
  if (best) line(`★ ${vscode.l10n.t('the best finished run of its program')}`);
  if (notes.starred) line(vscode.l10n.t('starred by hand'));
  if (record.best !== undefined) {
    const value = valueText(record.best.metric, record.best.value);
    line(`${markdownText(record.best.metric)}: ${value} (${vscode.l10n.t('epoch {0}', record.best.epoch)})`);
  }
  line(`${vscode.l10n.t('step {0} of {1}', record.step, record.steps)} · ${markdownText(record.engine)}`);
  line(new Date(record.created).toLocaleString(vscode.env.language));
  if (before !== undefined) line(changesText(run, before));
  if (notes.tags.length > 0) line(notes.tags.map((tag) => `#${markdownText(tag)}`).join(' '));
  if (notes.notes !== '') line(markdownText(notes.notes));
  if (record.reason !== undefined) text.appendText(endText(record.reason));
  return text;
}

/** "Since #13: lr 1e-1 → 1e-3, batch 32 → 64". */
function changesText(run: RunSummary, before: RunSummary): string {
  const changes = changedSettings(factsOf(before).settings, factsOf(run).settings).map(
    ({ name, from, to }) =>
      `${markdownText(name === RATE_BY_HAND ? vscode.l10n.t('lr while it ran (step: value)') : name)} ${markdownText(from ?? '–')} → **${markdownText(to ?? '–')}**`,
  );
  if (run.record.dataHash !== before.record.dataHash) changes.push(vscode.l10n.t('other data'));
  if (changes.length === 0 && run.record.planHash !== before.record.planHash) {
    changes.push(vscode.l10n.t('another model'));
  }
  const since = `#${before.record.number}`;
  return changes.length === 0
    ? vscode.l10n.t('The same program and data as {0}.', since)
    : vscode.l10n.t('Since {0}: {1}', since, changes.join(', '));
}

function assertNever(value: never): never {
  throw new Error(`Unknown state: ${JSON.stringify(value)}`);
}
