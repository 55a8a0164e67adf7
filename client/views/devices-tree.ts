/** Engines and devices of this machine. Nothing is probed before somebody asks: until then the view offers to look. */
import * as vscode from 'vscode';
import type { DoctorEngine, DoctorReport } from '../../protocol/index.ts';

export class Devices implements vscode.TreeDataProvider<DoctorEngine>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #report: DoctorReport | undefined;

  /** Shows what the doctor found. */
  show(report: DoctorReport): void {
    this.#report = report;
    this.#changed.fire();
  }

  getChildren(element?: DoctorEngine): DoctorEngine[] {
    return element === undefined ? [...(this.#report?.engines ?? [])] : [];
  }

  getTreeItem(engine: DoctorEngine): vscode.TreeItem {
    const item = new vscode.TreeItem(engine.title);
    item.description = engine.usable ? vscode.l10n.t('usable') : engine.reason;
    item.tooltip = [engine.reason, engine.cure].filter((text) => text !== '').join('\n\n');
    item.iconPath = engine.usable
      ? new vscode.ThemeIcon(engine.device === 'gpu' ? 'chip' : 'vm')
      : new vscode.ThemeIcon('circle-slash');
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
