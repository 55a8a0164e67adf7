/**
 * Engines and devices of this machine, each with what was looked at; while a run trains, how busy its machine is. Nothing is probed
 * before somebody asks: until then the view offers to look.
 */
import * as vscode from 'vscode';
import type { DoctorEngine, DoctorReport, DoctorStep } from '../../protocol/index.ts';
import { type MachineLoad, machineLoads } from '../run/machine-load.ts';
import { runTitle } from '../run/run-label.ts';
import type { Runs } from '../run/runs.ts';

/** Trainers tell of their machine about every second. */
const INTERVAL = 1000;

export type DeviceItem =
  | { readonly kind: 'load'; readonly load: MachineLoad; readonly run: string }
  | { readonly kind: 'engine'; readonly engine: DoctorEngine }
  | { readonly kind: 'step'; readonly step: DoctorStep }
  | { readonly kind: 'cure'; readonly text: string };

export class Devices implements vscode.TreeDataProvider<DeviceItem>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #runs: Runs;
  readonly #subscription: vscode.Disposable;
  #report: DoctorReport | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(runs: Runs) {
    this.#runs = runs;
    this.#subscription = runs.onDidChange(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#changed.fire();
      }, INTERVAL);
    });
  }

  /** What the doctor found last. */
  get report(): DoctorReport | undefined {
    return this.#report;
  }

  /** Shows what the doctor found. */
  show(report: DoctorReport): void {
    this.#report = report;
    this.#changed.fire();
  }

  getChildren(item?: DeviceItem): DeviceItem[] {
    if (item === undefined) {
      const engines = (this.#report?.engines ?? []).map((engine): DeviceItem => ({ kind: 'engine', engine }));
      return [...this.#loads(), ...engines];
    }
    if (item.kind !== 'engine') return [];
    const { steps = [], cure } = item.engine;
    const rows = steps.map((step): DeviceItem => ({ kind: 'step', step }));
    return cure === '' ? rows : [...rows, { kind: 'cure', text: cure }];
  }

  getTreeItem(item: DeviceItem): vscode.TreeItem {
    switch (item.kind) {
      case 'load':
        return loadRow(item.load, item.run);
      case 'engine':
        return engineRow(item.engine);
      case 'step':
        return stepRow(item.step);
      case 'cure': {
        const row = new vscode.TreeItem(item.text);
        row.iconPath = new vscode.ThemeIcon('lightbulb');
        row.tooltip = item.text;
        return row;
      }
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Of the run that began last. */
  #loads(): readonly DeviceItem[] {
    const run = this.#runs.alive.at(-1);
    if (run === undefined) return [];
    return machineLoads(run.progress.latest).map((load) => ({ kind: 'load', load, run: runTitle(run.record) }));
  }
}

function loadRow({ name, text }: MachineLoad, run: string): vscode.TreeItem {
  const row = new vscode.TreeItem(name);
  row.description = text;
  row.tooltip = vscode.l10n.t('As the run {0} tells of it', run);
  row.iconPath = new vscode.ThemeIcon(name === 'GPU' ? 'chip' : 'vm', new vscode.ThemeColor('charts.green'));
  row.contextValue = 'load';
  return row;
}

function engineRow(engine: DoctorEngine): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const hasRows = (engine.steps ?? []).length > 0 || engine.cure !== '';
  const row = new vscode.TreeItem(engine.title, hasRows ? Collapsed : None);
  row.description = engine.usable ? vscode.l10n.t('usable') : engine.reason;
  row.tooltip = [engine.reason, engine.cure].filter((text) => text !== '').join('\n\n');
  row.contextValue = engine.usable ? 'engine usable' : 'engine';
  row.iconPath = engine.usable
    ? new vscode.ThemeIcon(engine.device === 'gpu' ? 'chip' : 'vm')
    : new vscode.ThemeIcon('circle-slash');
  return row;
}

function stepRow({ what, found, cure, ok }: DoctorStep): vscode.TreeItem {
  const row = new vscode.TreeItem(what);
  row.description = found;
  row.tooltip = [`${what}: ${found}`, cure].filter((text) => text !== '').join('\n\n');
  row.iconPath = new vscode.ThemeIcon(ok ? 'pass' : 'error');
  return row;
}
