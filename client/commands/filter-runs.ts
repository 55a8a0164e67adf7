/** Which runs the tree shows, asked in quick picks: by text, state, tag, program, star; and their order. */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { NO_FILTER, type RunFilter, type RunSort, SORTS, STATES } from '../views/run-filter.ts';
import type { RunsTree } from '../views/runs-tree.ts';
import { tagsInUse } from './note-run.ts';

interface Choice extends vscode.QuickPickItem {
  readonly pick: Partial<RunFilter>;
}

/** "Filter Runs…": everything at once, ticked; what is typed filters by text. */
export async function filterRuns(services: Services, tree: RunsTree): Promise<void> {
  const box = vscode.window.createQuickPick<Choice>();
  const choices = choicesOf(services);
  box.title = vscode.l10n.t('Show Which Runs?');
  box.placeholder = vscode.l10n.t('Type a text that their names, tags or notes hold, or tick below');
  box.canSelectMany = true;
  box.matchOnDescription = true;
  box.items = choices;
  box.selectedItems = choices.filter((choice) => 'pick' in choice && isPicked(tree.filter, choice.pick));
  box.value = tree.filter.text;
  const accepted = await new Promise<boolean>((done) => {
    box.onDidAccept(() => done(true));
    box.onDidHide(() => done(false));
    box.show();
  });
  const picked = box.selectedItems.map((choice) => choice.pick);
  const text = box.value.trim();
  box.dispose();
  if (!accepted) return;
  const list = <K extends 'states' | 'tags' | 'programs'>(key: K) => picked.flatMap((pick) => pick[key] ?? []);
  await tree.setFilter({
    ...tree.filter,
    text,
    states: STATES.filter((state) => list('states').includes(state)),
    tags: list('tags').map(String),
    programs: list('programs').map(String),
    starred: picked.some((pick) => pick.starred === true),
  });
}

/** "Show All Runs". */
export function clearRunFilter(tree: RunsTree): Promise<void> {
  return tree.setFilter({ ...NO_FILTER, sort: tree.filter.sort });
}

/** "Sort Runs…". */
export async function sortRuns(tree: RunsTree): Promise<void> {
  const items = SORTS.map((sort) => ({ label: sortText(sort), sort, picked: sort === tree.filter.sort }));
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Sort Runs By') });
  if (chosen !== undefined) await tree.setFilter({ ...tree.filter, sort: chosen.sort });
}

function choicesOf(services: Services): Choice[] {
  const runs = services.runs.list();
  const present = new Set(runs.map((run) => run.state));
  const programs = [...new Set(runs.map((run) => run.record.title))].sort();
  // Every choice stays in sight while a text is typed: the text is a filter of its own.
  const choice = (label: string, description: string, pick: Partial<RunFilter>): Choice => ({
    label,
    description,
    pick,
    alwaysShow: true,
  });
  return [
    choice(`$(star-full) ${vscode.l10n.t('starred')}`, '', { starred: true }),
    ...STATES.filter((state) => present.has(state)).map((state) =>
      choice(state, vscode.l10n.t('state'), { states: [state] }),
    ),
    ...tagsInUse(services).map((tag) => choice(`#${tag}`, vscode.l10n.t('tag'), { tags: [tag] })),
    ...programs.map((title) => choice(title, vscode.l10n.t('program'), { programs: [title] })),
  ];
}

function isPicked(filter: RunFilter, pick: Partial<RunFilter>): boolean {
  if (pick.starred === true) return filter.starred;
  return (
    pick.states?.every((state) => filter.states.includes(state)) ??
    pick.tags?.every((tag) => filter.tags.includes(tag)) ??
    pick.programs?.every((program) => filter.programs.includes(program)) ??
    false
  );
}

function sortText(sort: RunSort): string {
  switch (sort) {
    case 'time':
      return vscode.l10n.t('Newest First');
    case 'best':
      return vscode.l10n.t('Best Value');
    case 'name':
      return vscode.l10n.t('Name');
    default:
      return assertNever(sort);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown order: ${JSON.stringify(value)}`);
}
