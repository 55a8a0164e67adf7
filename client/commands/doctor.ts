/** "Model: Doctor": which engines can be used here, and why the others can't. */
import * as vscode from 'vscode';
import { type DoctorReport, TRAINER_VERSION } from '../../protocol/index.ts';
import { askTrainer } from '../../runs/index.ts';
import { showError } from '../notify.ts';
import type { Services } from '../services.ts';
import { findTrainer } from '../trainer-program.ts';
import { mayStart } from './trust.ts';

/** Looks, shows a report, and fills the view of devices. */
export async function doctor(services: Services): Promise<void> {
  const report = await lookAtEngines(services);
  if (report !== undefined) await services.texts.show('Model doctor', doctorText(report));
}

/** What can be used here, put into the view of devices; undefined after the user was told why nothing is known. */
export async function lookAtEngines(services: Services): Promise<DoctorReport | undefined> {
  if (!(await mayStart())) return undefined;
  const trainer = await findTrainer(services.context, services.logs.main);
  if ('message' in trainer) {
    void showError(trainer.message);
    return undefined;
  }
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking at engines and devices') },
    () => askTrainer(trainer, { version: TRAINER_VERSION, kind: 'doctor' }),
  );
  if (!answer.ok) {
    void showError(answer.error.message);
    return undefined;
  }
  const report = answer.lines.find(isReport);
  if (report !== undefined) services.devices.show(report);
  return report;
}

function isReport(value: unknown): value is DoctorReport {
  return typeof value === 'object' && value !== null && 'engines' in value && Array.isArray(value.engines);
}

/** The report as a person reads it. */
export function doctorText(report: DoctorReport): string {
  const engines = report.engines.flatMap((engine) => [
    '',
    `${engine.usable ? 'usable' : 'not usable'}: ${engine.title}`,
    ...(engine.steps ?? []).map((step) => `  ${step.ok ? '✓' : '✗'} ${step.what}: ${step.found}`),
    ...(engine.steps !== undefined || engine.reason === '' ? [] : [`  ${engine.reason}`]),
    ...(engine.cure === '' ? [] : [`  ${engine.cure}`]),
  ]);
  const memory = (report.memory / 2 ** 30).toFixed(1);
  return `${[`Node ${report.node} on ${report.platform}, ${report.cores} cores, ${memory} GiB`, ...engines].join('\n')}\n`;
}
