/** Which charts runs have in common, and which runs are drawn as one. Pure. */
import { directionOf, RATE_BY_HAND, type RunFacts, valuesOf } from '../../protocol/index.ts';
import { titleOf } from '../charts/chart-list.ts';
import { metricWord } from '../text/metric-word.ts';
import { t } from '../text/translate.ts';
import type { Quantity } from './lines.ts';

/** What was watched first, then the other validation values, then training, then the learning rate. */
export function quantitiesOf(runs: readonly RunFacts[]): Quantity[] {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))];
  const direction = (name: string) => directionOf(runs.find((run) => Object.hasOwn(run.metrics, name)) ?? NONE, name);
  const watched = runs.find((run) => run.best !== undefined)?.best?.metric;
  const validation = names.filter((name) => name.startsWith('validation.'));
  validation.sort((a, b) => Number(b === watched) - Number(a === watched));
  return [
    ...validation.map(
      (name): Quantity => ({ id: name, kind: 'validation', name: bare(name), direction: direction(name) }),
    ),
    ...names
      .filter((name) => !name.startsWith('validation.'))
      .map(
        (name): Quantity => ({
          id: `train.${name}`,
          kind: 'smooth',
          name: `train.${name}`,
          direction: direction(name),
        }),
      ),
    { id: 'lr', kind: 'raw', name: 'lr', direction: 'min' },
  ];
}

const NONE = { directions: {} };

/** `validation.accuracy` → `accuracy`. */
export function bare(name: string): string {
  return name.replace(/^(validation|train)\./, '');
}

/** `Validation accuracy`, `Training loss`, `Learning rate`. */
export function quantityTitle({ kind, name }: Quantity): string {
  if (kind === 'validation') return t('Validation {0}', metricWord(bare(name)));
  return kind === 'smooth'
    ? t('Training {0}', metricWord(bare(name)))
    : name === 'lr'
      ? t('Learning rate')
      : titleOf(name);
}

/** Shares are shown as percentages: what is better when higher and between 0 and 1 in every run. */
export function isShareOf(
  runs: readonly RunFacts[],
  { name, direction }: Pick<Quantity, 'name' | 'direction'>,
): boolean {
  if (direction !== 'max') return false;
  const values = runs.flatMap((run) => [run.metrics[bare(name)], run.metrics[`validation.${bare(name)}`]]);
  return values.every((value) => typeof value !== 'number' || (value >= 0 && value <= 1));
}

/** What runs can be grouped by. */
export const NO_GROUPS = '';
export const BY_ALL_BUT_SEED = '*';

/** Settings that are not the same in all runs, and `BY_ALL_BUT_SEED` where runs differ in their seeds alone. */
export function groupings(runs: readonly RunFacts[]): string[] {
  const all = runs.map((run) => valuesOf(run.settings));
  const names = [...new Set(runs.flatMap((run) => run.settings.map(({ name }) => name)))];
  const different = names.filter((name) => !isSeed(name) && new Set(all.map((each) => each.get(name))).size > 1);
  const seeds = new Set(runs.map(withoutSeed)).size < runs.length;
  return [
    ...(seeds ? [BY_ALL_BUT_SEED] : []),
    ...different.filter((name) => new Set(all.map((each) => each.get(name))).size < runs.length),
  ];
}

/** The group that a run belongs to; a text to be read. */
export function groupOf(run: RunFacts, by: string): string {
  if (by === BY_ALL_BUT_SEED) return withoutSeed(run);
  const value = valuesOf(run.settings).get(by);
  return `${by}: ${value ?? '–'}`;
}

function withoutSeed(run: RunFacts): string {
  const settings = run.settings.filter(({ name }) => !isSeed(name)).map(({ name, value }) => `${name}: ${value}`);
  return [run.title, run.parameters, run.dataHash, ...settings].join('\n');
}

function isSeed(name: string): boolean {
  return name === 'seed' || name === 'data.seed';
}

/** Settings stay as programs write them; what no program has is said in the reader's language. */
export function settingTitle(name: string): string {
  return name === RATE_BY_HAND ? t('lr while it ran (step: value)') : name;
}
