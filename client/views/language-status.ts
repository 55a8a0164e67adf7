/** What stands behind the `{}` of a program in the status bar: the state of the language server, the device, TensorFlow. */
import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import type { DoctorReport } from '../../protocol/index.ts';
import type { Services } from '../services.ts';
import { deviceText } from './program-lenses.ts';

const SELECTOR: vscode.DocumentSelector = { language: 'model' };

export class LanguageStatus implements vscode.Disposable {
  readonly #server = vscode.languages.createLanguageStatusItem('modelwright.server', SELECTOR);
  readonly #device = vscode.languages.createLanguageStatusItem('modelwright.device', SELECTOR);
  readonly #tensorflow = vscode.languages.createLanguageStatusItem('modelwright.tensorflow', SELECTOR);
  readonly #subscriptions: vscode.Disposable[];

  constructor({ server, devices }: Services) {
    this.#server.name = vscode.l10n.t('Model: language server');
    this.#device.name = vscode.l10n.t('Model: device');
    this.#tensorflow.name = vscode.l10n.t('Model: TensorFlow');
    this.#showServer(State.Starting);
    this.#showDevice();
    this.#showTensorFlow(devices.report);
    this.#subscriptions = [
      server.onDidChangeState((state) => this.#showServer(state)),
      devices.onDidChangeTreeData(() => this.#showTensorFlow(devices.report)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('modelwright')) this.#showDevice();
      }),
    ];
  }

  dispose(): void {
    for (const each of [...this.#subscriptions, this.#server, this.#device, this.#tensorflow]) each.dispose();
  }

  #showServer(state: State): void {
    const item = this.#server;
    item.busy = state === State.Starting;
    item.severity =
      state === State.Stopped ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text =
      state === State.Running
        ? vscode.l10n.t('Checks while you type')
        : state === State.Starting
          ? vscode.l10n.t('The language server is starting')
          : vscode.l10n.t('The language server has stopped');
    item.command = { command: 'modelwright.restartServer', title: vscode.l10n.t('Restart') };
  }

  #showDevice(): void {
    this.#device.text = vscode.l10n.t('Device: {0}', deviceText());
    this.#device.command = { command: 'modelwright.chooseDevice', title: vscode.l10n.t('Choose…') };
  }

  /** Nothing is looked at for this: what was found last, if somebody has asked. */
  #showTensorFlow(report: DoctorReport | undefined): void {
    const item = this.#tensorflow;
    const found = report?.engines.filter(({ id }) => id === 'tensorflow');
    const usable = found?.find((engine) => engine.usable);
    if (found === undefined) item.text = vscode.l10n.t('TensorFlow: not looked at yet');
    else item.text = usable?.title ?? vscode.l10n.t('TensorFlow: not installed');
    item.command =
      found !== undefined && usable === undefined
        ? { command: 'modelwright.installTensorFlow', title: vscode.l10n.t('Install…') }
        : { command: 'modelwright.doctor', title: vscode.l10n.t('Look') };
  }
}
