/** Train, and go on with a run that was stopped. The panel opens beside; the focus stays in the editor. */
import * as vscode from 'vscode';
import { TRAINER_VERSION, type TrainerError, type TrainerRequest } from '../../protocol/index.ts';
import { findRunsFolder, type Started, startTrainer } from '../../runs/index.ts';
import { showError, showInformation } from '../notify.ts';
import { isMissing } from '../run/failure-actions.ts';
import type { LiveRun } from '../run/live-run.ts';
import { showPlace } from '../run/run-problems.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../settings.ts';
import { findTrainer } from '../trainer-program.ts';
import { useDevice } from './choose-device.ts';
import { askPlan } from './plan.ts';
import { programTarget, runTarget } from './target.ts';
import { mayStart } from './trust.ts';

/** "Model: Train Model". */
export async function train(services: Services, argument: unknown): Promise<void> {
  const target = programTarget(argument);
  if (target === undefined) {
    void showInformation(vscode.l10n.t('Open a .model file to train it.'));
    return;
  }
  if (!(await mayStart())) return;
  const started = Date.now();
  const plan = await askPlan(services, target, 'train');
  if (plan === undefined) return;
  const settings = readSettings(target.uri);
  const runs = findRunsFolder(plan.file, {
    workspace: vscode.workspace.getWorkspaceFolder(target.uri)?.uri.fsPath,
    override: settings.runsFolder,
  });
  services.problems.clear(plan.file);
  await startRun(services, plan.file, settings.keepGoing, {
    version: TRAINER_VERSION,
    kind: 'train',
    plan,
    runs,
    options: settings.options,
    keepGoing: settings.keepGoing,
    started,
  });
}

/** "Model: Resume Run". */
export async function resumeRun(services: Services, argument: unknown): Promise<void> {
  const run = await runTarget(services, argument, 'any');
  if (run === undefined || !(await mayStart())) return;
  if (run.attached) {
    services.panels.show(run);
    return;
  }
  if (!run.resumable) {
    void showInformation(
      run.state === 'finished'
        ? vscode.l10n.t(
            'This run is finished: there is nothing left to do. Raise `epochs` in the program and train it anew.',
          )
        : vscode.l10n.t('This run has no checkpoint to go on from. Train the program anew.'),
    );
    return;
  }
  const settings = readSettings();
  services.problems.clear(run.record.file);
  await startRun(services, run.record.file, settings.keepGoing, {
    version: TRAINER_VERSION,
    kind: 'resume',
    folder: run.folder,
    options: settings.options,
    keepGoing: settings.keepGoing,
    started: Date.now(),
  });
}

/** Starts the trainer, shows the panel and attaches; undefined after the user was told why it could not be started. */
export async function startRun(
  services: Services,
  program: string,
  keepGoing: boolean,
  request: TrainerRequest,
): Promise<LiveRun | undefined> {
  const trainer = await findTrainer(services.context, services.logs.main);
  if ('message' in trainer) {
    void showError(trainer.message);
    return undefined;
  }
  const started = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Starting the run') },
    () => startTrainer(trainer, request),
  );
  if (!started.ok) {
    await tell(services, program, started.error);
    return undefined;
  }
  return show(services, started, keepGoing);
}

async function show(
  services: Services,
  started: Extract<Started, { ok: true }>,
  keepGoing: boolean,
): Promise<LiveRun | undefined> {
  services.runs.addHome(vscode.Uri.joinPath(vscode.Uri.file(started.folder), '..').fsPath);
  const run = services.runs.open(started.folder, keepGoing);
  if (run === undefined) {
    void showError(
      vscode.l10n.t(
        'The run was started in {0}, but its record can’t be read there. Look into the log.',
        started.folder,
      ),
    );
    return undefined;
  }
  void started.exited.then(({ signal }) => run.noteSignal(signal));
  services.panels.show(run);
  await run.attach();
  return run;
}

/** An error before the run began: at its line, where it has one, and in one notification. */
async function tell(services: Services, program: string, error: TrainerError): Promise<void> {
  services.problems.addError(program, error);
  services.logs.main.error(error.message);
  const place = error.place;
  const open = vscode.l10n.t('Show the Line');
  const log = vscode.l10n.t('Show Log');
  const reinstall = vscode.l10n.t('Reinstall the Runtime');
  const cpu = vscode.l10n.t('Use the CPU Now');
  const install = vscode.l10n.t('Install a Runtime…');
  const noEngine = error.code === 'train/engine';
  const cures: readonly (readonly [string, boolean])[] = [
    [reinstall, error.code === 'train/runtime-version'],
    [install, noEngine && isMissing(error.message)],
    [cpu, noEngine && (isMissing(error.message) || readSettings().options.device.startsWith('gpu'))],
  ];
  const cure = cures.flatMap(([title, fits]) => (fits ? [title] : []));
  const chosen = await showError(error.message, ...cure, ...(place === undefined ? [log] : [open]));
  if (chosen === cpu) {
    await useDevice({ engine: 'auto', device: 'cpu' });
    await vscode.commands.executeCommand('modelwright.train', { uri: vscode.Uri.file(program).toString() });
  }
  if (chosen === reinstall || chosen === install) await vscode.commands.executeCommand('modelwright.installTensorFlow');
  if (chosen === open && place !== undefined) await showPlace(program, place);
  if (chosen === log) services.logs.main.show(true);
}
