/** Asking the server for a plan. Where there are errors, the first is shown at its line, and nothing starts. */
import * as vscode from 'vscode';
import type { DataPlan, PlanProblem, PlanResult } from '../../protocol/index.ts';
import { showError } from '../notify.ts';
import type { Services } from '../services.ts';
import { chooseDataFolder } from './data-folder.ts';
import { fetchDownloads } from './downloads.ts';
import type { ProgramTarget } from './target.ts';

export type Plan = Extract<PlanResult, { kind: 'plan' }>['plan'];

/** The plan, or undefined after the user was told why there is none. */
export async function askPlan(
  services: Services,
  target: ProgramTarget,
  action: 'train' | 'evaluate',
): Promise<Plan | undefined> {
  const declaration = target.declaration ?? (await pickDeclaration(services, target, action));
  if (declaration === null) return undefined;
  const before = action === 'train' ? refusals.train : refusals.evaluate;
  const { server } = services;
  return ask(
    services,
    target.uri,
    (program) => server.plan({ ...program, declaration, action, overrides: {} }),
    before,
  );
}

/** The plan of a data declaration, or undefined after the user was told why there is none. */
export function askDataPlan(services: Services, target: ProgramTarget): Promise<DataPlan | undefined> {
  const { declaration } = target;
  const { server } = services;
  return ask(
    services,
    target.uri,
    (program) => server.dataPlan({ ...program, declaration, overrides: {} }),
    refusals.data,
  );
}

type Answer<P> = { readonly kind: 'plan'; readonly plan: P } | Exclude<PlanResult, { kind: 'plan' }>;

async function ask<P>(
  services: Services,
  uri: vscode.Uri,
  request: (program: { readonly uri: string; readonly version: number | undefined }) => Promise<Answer<P>>,
  before: (problems: number) => string,
): Promise<P | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const result = await request({ uri: uri.toString(), version: open?.version });
    switch (result.kind) {
      case 'plan':
        return result.plan;
      case 'problems':
        if (result.downloads !== undefined) {
          if (!(await fetchDownloads(services, result.downloads))) return undefined;
          break;
        }
        if (!(await refuse(services, result.problems, before))) return undefined;
        break;
      case 'stale':
        // The document changed while we asked: ask again for what it is now.
        break;
      default:
        assertNever(result);
    }
  }
  void showError(
    vscode.l10n.t('The program kept changing while it was being checked. Start again when you have stopped typing.'),
  );
  return undefined;
}

/** The one declaration there is, the picked one, or null where nothing was picked. */
async function pickDeclaration(
  services: Services,
  { uri, model }: ProgramTarget,
  action: 'train' | 'evaluate',
): Promise<string | undefined | null> {
  const all = (await services.server.declarations(uri)).filter(
    (each) => each.kind === action && (model === undefined || each.model === model),
  );
  if (all.length < 2) return all[0]?.name;
  const picked = await vscode.window.showQuickPick(
    all.map((each) => ({
      label: each.name,
      description: each.model,
      detail: vscode.l10n.t('line {0}', each.line + 1),
    })),
    { title: action === 'train' ? vscode.l10n.t('Train which?') : vscode.l10n.t('Evaluate which?') },
  );
  return picked?.label ?? null;
}

const refusals = {
  train: (count: number) => vscode.l10n.t('Training needs a program without errors. Fix {0} first', count),
  evaluate: (count: number) => vscode.l10n.t('Evaluating needs a program without errors. Fix {0} first', count),
  data: (count: number) => vscode.l10n.t('Looking at data needs a declaration without errors. Fix {0} first', count),
};

/** Shows the first error at its line; true where it was mended meanwhile. */
async function refuse(
  services: Services,
  problems: readonly PlanProblem[],
  before: (count: number) => string,
): Promise<boolean> {
  const first = problems[0];
  if (first === undefined) return false;
  const { start, end } = first.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(first.uri), { selection: range });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  const message = `${before(problems.length)}: ${first.message}`;
  const onlyData = problems.every(({ code }) => code === 'data/missing-file');
  if (onlyData) return chooseDataFolder(services, first, first.message);
  void showError(message);
  return false;
}

function assertNever(value: never): never {
  throw new Error(`Unknown answer: ${JSON.stringify(value)}`);
}
