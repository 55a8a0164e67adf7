/**
 * `tune` sections: a training with several values in place of one. What a tune leaves out, it takes from the `train` of its
 * model; it is checked as that training with the first value of each.
 */
import type { Fix } from '../problem.ts';
import type { Entry, Expr, RunDecl } from '../syntax/tree.ts';
import { collector, type Frame, newScope } from './frame.ts';
import type { CheckedMetric } from './metrics.ts';
import { complain, replaceFix, report } from './report.ts';
import { type SectionItem, walkItems } from './run.ts';
import { bayesian, best, random } from './run-rules.ts';
import { enterRun } from './run-scope.ts';
import { isMeant, sectionEntries } from './section.ts';
import { metricName } from './setting-words.ts';
import { readTraining } from './training.ts';
import { checkChoices } from './tune-choices.ts';
import { checkWatched, rule, type Watchable, watchable } from './watching.ts';

/** Checks a tune section. */
export function checkTune(declaration: RunDecl, outer: Frame): void {
  const tried = new Set<Expr>();
  outer.session.tuning = { tried };
  const entries = sectionEntries('tune', declaration.body, outer);
  const parts = enterRun(declaration, outer, { model: [], data: [], recorder: undefined, starting: false });
  if (parts) {
    const frame: Frame = { ...outer, scope: newScope(outer.scope) };
    const inherited = inheritedItems(declaration, entries, outer);
    const own = declaration.body.map((item): SectionItem => ({ item, frame }));
    const counted = new Map(entries);
    const keys = new Map<string, { readonly entry: Entry; readonly frame: Frame }>();
    for (const { item, frame: at } of inherited) {
      if (item.kind !== 'entry') continue;
      counted.set(item.key.text, item);
      keys.set(item.key.text, { entry: item, frame: at });
    }
    const { metrics } = walkItems([...inherited, ...own], counted, parts, frame);
    if (!counted.has('loss') && declaration.close && !isMeant('loss', 'tune', declaration.body))
      complain(frame, declaration.keyword, 'train/no-loss');
    readTraining(entries, metrics, { declaration, parts }, frame, { keys });
    checkGoal(declaration, entries, metrics, watchable(metrics, parts.data), frame);
  }
  if (parts) checkChoices(declaration, outer);
  checkSearch(declaration, entries, outer);
  const errors = outer.sink.problems.some((problem) => problem.severity === 'error');
  if (parts && declaration.close && tried.size === 0 && !errors) {
    complain(outer, declaration.keyword, 'train/nothing-to-tune');
  }
}

/** What the first `train` of the same model says and this tune does not. Its own problems are told there. */
function inheritedItems(
  declaration: RunDecl,
  entries: ReadonlyMap<string, Entry>,
  frame: Frame,
): readonly SectionItem[] {
  const { program } = frame.session;
  const model = declaration.model[0]?.text ?? '';
  for (const name of program.names(frame.chunk.file, 'run')) {
    const found = program.find(frame.chunk.file, name, 'run');
    const train = found?.declaration;
    if (!found || train?.kind !== 'run' || train.model[0]?.text !== model) continue;
    const quiet: Frame = { ...frame, chunk: found.chunk, facts: undefined, sink: collector() };
    const seen = new Set<string>();
    return train.body.flatMap((item): SectionItem[] => {
      if (item.kind === 'bind') return [{ item, frame: quiet }];
      const key = item.key.text;
      const left = entries.has(key) || seen.has(key) || (key === 'epochs' && entries.has('steps'));
      seen.add(key);
      return left || (key === 'steps' && entries.has('epochs')) ? [] : [{ item, frame: quiet }];
    });
  }
  return [];
}

function checkSearch(declaration: RunDecl, entries: ReadonlyMap<string, Entry>, frame: Frame): void {
  const search = entries.get('search');
  if (search) rule(search.value, [random, bayesian], frame);
  if (!declaration.close) return;
  const meant = (key: string) => isMeant(key, 'tune', declaration.body);
  if (!search && !meant('search')) complain(frame, declaration.keyword, 'train/no-search');
  const goals = [entries.get('maximize'), entries.get('minimize')];
  if (!goals.some((goal) => goal) && !meant('maximize') && !meant('minimize'))
    complain(frame, declaration.keyword, 'train/no-goal');
  const [first, second] = goals;
  if (first && second) complain(frame, second.start > first.start ? second.key : first.key, 'train/two-goals');
}

const goal = { type: { kind: 'metric' }, doc: '' } as const;

/** The metric of the goal is one of the section's, and the goal is its better side. */
function checkGoal(
  declaration: RunDecl,
  entries: ReadonlyMap<string, Entry>,
  metrics: readonly CheckedMetric[],
  watched: Watchable,
  frame: Frame,
): void {
  for (const key of ['maximize', 'minimize'] as const) {
    const entry = entries.get(key);
    const name = entry && metricName({ owner: best, name: key, def: goal }, entry.value, frame);
    if (!entry || name === undefined || !declaration.close) continue;
    const known = watched.names.includes(name);
    checkWatched(name, { at: entry.value, written: entry.value }, watched, frame);
    if (!known) continue;
    const plain = name.replace(/^validation\./u, '');
    const direction = metrics.find((metric) => metric.name === plain)?.entry.direction ?? 'min';
    const better = direction === 'max' ? 'maximize' : 'minimize';
    if (better === key || (plain !== 'loss' && !metrics.some((metric) => metric.name === plain))) continue;
    const fixes: readonly Fix[] = [replaceFix(frame, 'train/goal-direction/change', entry.key, better)];
    report(frame, entry.key, {
      severity: 'warning',
      message: { key: 'train/goal-direction', values: { metric: name, key, better } },
      fixes,
    });
  }
}
