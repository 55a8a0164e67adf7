/**
 * Engines and devices of this machine, each with what was looked at. Nothing is probed before somebody asks: until then the
 * view offers to look.
 */
import * as vscode from 'vscode';
import type { DoctorEngine, DoctorReport, DoctorStep } from '../../protocol/index.ts';

export type DeviceItem =
  | { readonly kind: 'engine'; readonly engine: DoctorEngine }
  | { readonly kind: 'step'; readonly step: DoctorStep }
  | { readonly kind: 'cure'; readonly text: string };

export class Devices implements vscode.TreeDataProvider<DeviceItem>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #report: DoctorReport | undefined;

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
    if (item === undefined) return (this.#report?.engines ?? []).map((engine) => ({ kind: 'engine', engine }));
    if (item.kind !== 'engine') return [];
    const { steps = [], cure } = item.engine;
    const rows = steps.map((step): DeviceItem => ({ kind: 'step', step }));
    return cure === '' ? rows : [...rows, { kind: 'cure', text: cure }];
  }

  getTreeItem(item: DeviceItem): vscode.TreeItem {
    switch (item.kind) {
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
    this.#changed.dispose();
  }
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
