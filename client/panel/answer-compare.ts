/** Answers what is asked about runs side by side: their facts, their curves, what is different, and what is to be opened. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import {
  type CompareAnswer,
  type CompareAsk,
  elapsedAt,
  type RunCurves,
  type RunFacts,
  rowAfter,
  type ViewRequest,
  viewOf,
} from '../../protocol/index.ts';
import { differenceOf, factsOf, type RunSummary, sourcesOf } from '../../runs/index.ts';
import { showInformation } from '../notify.ts';
import type { LiveRun } from '../run/live-run.ts';
import { runTitle } from '../run/run-label.ts';
import type { Services } from '../services.ts';

/** Answers one question of the Compare tab or page. */
export async function answerCompare(
  ask: CompareAsk,
  { services }: { readonly services: Services },
): Promise<CompareAnswer> {
  switch (ask.kind) {
    case 'chosen':
      return { kind: 'chosen', folders: comparedRuns(services.context) };
    case 'facts': {
      const found = ask.folders.map((folder) => known(services, folder));
      return {
        kind: 'facts',
        runs: found.flatMap((run) => (run === undefined ? [] : [liveFacts(services, run)])),
        missing: ask.folders.filter((_, index) => found[index] === undefined).map((folder) => basename(folder)),
      };
    }
    case 'curves': {
      const run = services.runs.open(needed(services, ask.folder).folder);
      if (run === undefined) throw gone(ask.folder);
      return { kind: 'curves', curves: curvesOf(run, ask.view) };
    }
    case 'difference': {
      const [from, to] = [needed(services, ask.from), needed(services, ask.to)];
      return { kind: 'difference', difference: differenceOf(factsOf(from), factsOf(to)) };
    }
    case 'openDiff':
      await openDiff(needed(services, ask.from), needed(services, ask.to));
      return { kind: 'done' };
    case 'openRun':
      await vscode.commands.executeCommand('modelwright.openRun', { folder: needed(services, ask.folder).folder });
      return { kind: 'done' };
    case 'copy':
      await vscode.env.clipboard.writeText(ask.text);
      return { kind: 'done' };
    default:
      return assertNever(ask);
  }
}

const COMPARED = 'modelwright.compared';

/** The runs of the page that compares several; kept for the workspace. */
export function comparedRuns(context: vscode.ExtensionContext): readonly string[] {
  const kept = context.workspaceState.get(COMPARED);
  return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === 'string') : [];
}

/** Keeps them. */
export function keepCompared(context: vscode.ExtensionContext, folders: readonly string[]): Thenable<void> {
  return context.workspaceState.update(COMPARED, folders);
}

/** A page may ask about runs of the workspace, and about nothing else on the disk. */
function known(services: Services, folder: string): RunSummary | undefined {
  return services.runs.list().find((run) => run.folder === folder);
}

function needed(services: Services, folder: string): RunSummary {
  const run = known(services, folder);
  if (run === undefined) throw gone(folder);
  return run;
}

function gone(folder: string): Error {
  return new Error(
    vscode.l10n.t('There is no run in {0} any more: it was deleted, moved or damaged. Choose another one.', folder),
  );
}

/** `run.json` is written at epochs: a run that is open here is known better. */
function liveFacts(services: Services, summary: RunSummary): RunFacts {
  const facts = factsOf(summary);
  const live = services.runs.alive.find((run) => run.folder === summary.folder);
  if (live === undefined) return facts;
  const { progress } = live;
  const latest = live.run.epochs.at(-1);
  const validation = Object.entries(latest?.validation ?? {}).map(([name, value]) => [`validation.${name}`, value]);
  return {
    ...facts,
    state: live.state,
    step: progress.step,
    seconds: progress.elapsed,
    metrics: { ...facts.metrics, ...latest?.train, ...Object.fromEntries(validation) },
  };
}

function curvesOf(run: LiveRun, request: ViewRequest): RunCurves {
  const { columns, epochs, marks, started } = run.run;
  const has = (name: string) => columns.values.has(name);
  const asked = { ...request, raw: request.raw.filter(has), smooth: request.smooth.filter(has) };
  return {
    view: viewOf(run.views, asked, marks),
    names: [...asked.raw, ...asked.smooth],
    points: epochs.flatMap(({ step, validation }) =>
      validation === undefined ? [] : [{ step, elapsed: elapsedOf(run, step), values: validation }],
    ),
    stepsPerEpoch: Math.max(1, started?.stepsPerEpoch ?? 1),
  };
}

function elapsedOf(run: LiveRun, step: number): number {
  return elapsedAt(run.views, run.run.marks, Math.max(0, rowAfter(run.run.columns, step) - 1));
}

/** The editor's own comparison of the programs as they were; of several files where several differ. */
async function openDiff(from: RunSummary, to: RunSummary): Promise<void> {
  const before = sourcesOf(from.folder);
  const after = sourcesOf(to.folder);
  const title = vscode.l10n.t('{0} and {1}', runTitle(from.record), runTitle(to.record));
  const pairs = [...after].flatMap(([name, { path, text }]) => {
    const old = before.get(name);
    return old === undefined || old.text === text
      ? []
      : [{ name, left: vscode.Uri.file(old.path), right: vscode.Uri.file(path) }];
  });
  const [first] = pairs;
  if (first === undefined) {
    const message = vscode.l10n.t('{0}: the programs are the same, but for what was set for the run.', title);
    void showInformation(message);
    return;
  }
  if (pairs.length === 1) {
    await vscode.commands.executeCommand('vscode.diff', first.left, first.right, `${first.name}: ${title}`, {
      viewColumn: vscode.ViewColumn.One,
    });
    return;
  }
  const files = pairs.map(({ left, right }) => [right, left, right]);
  await vscode.commands.executeCommand('vscode.changes', title, files);
}

function assertNever(value: never): never {
  throw new Error(`Unknown question: ${JSON.stringify(value)}`);
}
