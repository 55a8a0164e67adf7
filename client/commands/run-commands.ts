/** Commands about one run: open it, its log, its metrics as text, its program, its folder. */
import * as vscode from 'vscode';
import { runsAsMarkdown } from '../../protocol/index.ts';
import { factsOf, readRun } from '../../runs/index.ts';
import { answerAsk } from '../panel/answers.ts';
import type { PanelRequest, RunPanel } from '../panel/run-panel.ts';
import type { LiveRun } from '../run/live-run.ts';
import { metricsText } from '../run/metrics-text.ts';
import { runTitle } from '../run/run-label.ts';
import { showPlace } from '../run/run-problems.ts';
import type { Services } from '../services.ts';
import { changeRate, tell } from './control.ts';
import { showRunFolder, showRunProgram } from './run-copies.ts';
import { applyRunFix, resumeWithRate } from './run-fix.ts';
import { runTarget } from './target.ts';
import { resumeRun } from './train.ts';

/** "Model: Open Run". */
export async function openRun(services: Services, argument: unknown): Promise<void> {
  const run = await runTarget(services, argument, 'any');
  if (run !== undefined) services.panels.show(run);
}

/** "Model: Show Log". */
export async function showLog(services: Services, argument: unknown): Promise<void> {
  const run = await runTarget(services, argument, 'any');
  if (run !== undefined) services.logs.show(run);
}

/** "Model: Show Metrics as Text". */
export async function showText(services: Services, argument: unknown): Promise<void> {
  const run = await runTarget(services, argument, 'any');
  if (run !== undefined) await showRunText(services, run);
}

/** Does what a panel asks. */
export async function answerPanel(services: Services, request: PanelRequest, panel: RunPanel): Promise<void> {
  const { run } = panel;
  if (request.kind === 'ask') {
    panel.post(await answerAsk(request, { services, run }));
    return;
  }
  if (request.kind === 'failed') {
    services.logs.main.error(`panel, ${request.where}: ${request.message}`);
    return;
  }
  switch (request.id) {
    case 'pause':
    case 'resume':
    case 'stop':
    case 'snapshot':
      return tell(run, { kind: request.id });
    case 'rate':
      return changeRate(run);
    case 'keepGoing':
      return tell(run, { kind: 'keepGoing', value: request.argument === 1 });
    case 'evaluate':
      return tell(run, { kind: 'evaluate' });
    case 'fix':
      return applyRunFix(run, request.argument);
    case 'fixAndResume':
      return resumeWithRate(services, run, request.argument);
    case 'copyMarkdown':
      return copyMarkdown(run);
    case 'continue':
      return resumeRun(services, { folder: run.folder });
    case 'showLog':
      return services.logs.show(run);
    case 'showText':
      return showRunText(services, run);
    case 'showProgram':
      return showRunProgram(services, { folder: run.folder });
    case 'showFolder':
      return showRunFolder(services, { folder: run.folder });
    case 'showPlace': {
      const problem = run.run.problems.find((each) => each.seq === request.argument);
      if (problem?.place !== undefined) await showPlace(run.record.file, problem.place);
      return;
    }
    default:
      return assertNever(request.id);
  }
}

async function copyMarkdown(run: LiveRun): Promise<void> {
  const summary = readRun(run.folder);
  if (summary === undefined) return;
  await vscode.env.clipboard.writeText(runsAsMarkdown([factsOf(summary)]));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied as Markdown.'), 3000);
}

function showRunText(services: Services, run: LiveRun): Promise<void> {
  const text = metricsText(run.record, run.state, run.run, run.progress);
  return services.texts.show(`${run.record.title} ${runTitle(run.record)}`, text);
}

function assertNever(value: never): never {
  throw new Error(`Unknown command: ${JSON.stringify(value)}`);
}
