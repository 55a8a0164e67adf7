/** `modelwright doctor --install` and `--uninstall`: TensorFlow for this user, fetched and proven by a trainer. */
import { resolve } from 'node:path';
import { type InstallProgress, type InstallReport, isRecord, TRAINER_VERSION } from '../../protocol/index.ts';
import { askTrainer } from '../../runs/index.ts';
import { trainerProgram } from '../trainer.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

export interface InstallOptions {
  readonly json: boolean;
  readonly gpu: boolean;
  readonly fetch: boolean;
  /** '' for the package index. */
  readonly from: string;
}

export async function install(world: World, { json, gpu, fetch, from }: InstallOptions): Promise<ExitCode> {
  const cancelled = new AbortController();
  const deaf = world.onInterrupt(() => cancelled.abort());
  let report: InstallReport | undefined;
  let said = '';
  const answer = await askTrainer(
    await trainerProgram(world),
    {
      version: TRAINER_VERSION,
      kind: 'install',
      gpu,
      fetch,
      from: from === '' ? '' : resolve(world.cwd, from),
    },
    cancelled.signal,
    (line) => {
      if (isReport(line)) report = line;
      else if (isProgress(line)) said = tell(world, line, said);
    },
  );
  deaf();
  world.draw?.('');
  if (!answer.ok) {
    world.say(answer.error.message);
    return cancelled.signal.aborted ? exitCodes.interrupted : exitCodes.failed;
  }
  if (report === undefined) {
    world.say('The trainer ended without a report. Both must come from the same Modelwright.');
    return exitCodes.failed;
  }
  if (json) world.print(JSON.stringify(report));
  else for (const line of [...report.lines, `TensorFlow is ready: ${report.folder}`]) world.print(line);
  return exitCodes.done;
}

export async function uninstall(world: World, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const answer = await askTrainer(await trainerProgram(world), { version: TRAINER_VERSION, kind: 'uninstall' });
  if (!answer.ok) {
    world.say(answer.error.message);
    return exitCodes.failed;
  }
  const [first] = answer.lines;
  const lines = isRecord(first) && Array.isArray(first.lines) ? first.lines.map(String) : [];
  if (json) world.print(JSON.stringify({ removed: lines }));
  else
    for (const line of lines.length > 0 ? lines : ['Modelwright has installed no TensorFlow here.']) world.print(line);
  return exitCodes.done;
}

/** Progress over one line of a terminal; elsewhere a line for each thing that begins. */
function tell(world: World, { progress, done, total }: InstallProgress, before: string): string {
  const share = total > 0 ? ` ${Math.floor((100 * done) / total)} % of ${(total / 1e6).toFixed(0)} MB` : '';
  if (world.draw) world.draw(`${progress}${share}`);
  else if (progress !== before) world.say(progress);
  return progress;
}

function isProgress(line: unknown): line is InstallProgress {
  return isRecord(line) && typeof line.progress === 'string' && typeof line.done === 'number';
}

function isReport(line: unknown): line is InstallReport {
  return isRecord(line) && typeof line.folder === 'string' && Array.isArray(line.lines);
}
