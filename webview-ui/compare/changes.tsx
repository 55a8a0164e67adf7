/** "What changed" between two of the ticked runs: settings, program, data, what came of it; and what they answer differently. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { nameOf, type RunDifference, type RunFacts } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { AnswersChanged } from './answers-changed.tsx';
import type { Comparison } from './comparison.ts';
import { effectText } from './effect.ts';
import { settingTitle } from './quantities.ts';

/** `own`: the run that is looked at, where it is one of them. */
export function ChangesCard({
  comparison,
  own,
}: {
  readonly comparison: Comparison;
  readonly own: string | undefined;
}) {
  const { ask, failed } = useHost();
  const { picked } = comparison;
  const found = useSignal<{ readonly key: string; readonly difference: RunDifference } | undefined>(undefined);
  const trouble = useSignal('');
  const pair = pairOf(comparison.chosen.value, own, picked.value);
  const key = pair === undefined ? '' : `${pair.from.folder}\n${pair.to.folder}`;
  useSignalEffect(() => {
    const now = pairOf(comparison.chosen.value, own, picked.value);
    if (now === undefined) return;
    const { from, to } = now;
    const asked = `${from.folder}\n${to.folder}`;
    if (found.peek()?.key === asked) return;
    ask('compare', { kind: 'difference', from: from.folder, to: to.folder }).then(
      (answer) => {
        if (answer.kind !== 'difference') return;
        found.value = { key: asked, difference: answer.difference };
        trouble.value = '';
      },
      (error: unknown) => {
        trouble.value = error instanceof Error ? error.message : String(error);
      },
    );
  });
  if (pair === undefined) return null;
  const { from, to } = pair;
  const difference = found.value?.key === key ? found.value.difference : undefined;
  const openDiff = () => {
    ask('compare', { kind: 'openDiff', from: from.folder, to: to.folder }).catch((error: unknown) =>
      failed('compare', error),
    );
  };
  const choice = (end: 'from' | 'to', run: RunFacts, label: string) => (
    <select
      aria-label={label}
      value={run.folder}
      onChange={(event) => {
        const folder = event.currentTarget.value;
        const ends = { from: from.folder, to: to.folder };
        // Nothing has changed between a run and itself: taking the other end's run turns the two about.
        picked.value = Object.values(ends).includes(folder)
          ? { from: ends.to, to: ends.from }
          : { ...ends, [end]: folder };
      }}
    >
      {comparison.chosen.value.map((each) => (
        <option key={each.folder} value={each.folder}>
          {nameOf(each)}
        </option>
      ))}
    </select>
  );
  return (
    <>
      <section class="card changes">
        <header class="legend">
          <h2>{t('What changed')}</h2>
          {choice('from', from, t('From run'))}
          <span aria-hidden="true">→</span>
          {choice('to', to, t('To run'))}
          <button type="button" class="link" onClick={openDiff}>
            {t('Open the diff editor')}
          </button>
        </header>
        {trouble.value === '' ? null : <p role="alert">{trouble.value}</p>}
        {difference === undefined ? null : <Difference difference={difference} />}
        <p class="soft">{effectText(from, to, comparison.curves.value)}</p>
      </section>
      {difference === undefined || difference.evaluations.length === 0 ? null : (
        <AnswersChanged evaluations={difference.evaluations} pair={`#${from.number} → #${to.number}`} />
      )}
    </>
  );
}

/** The later run is the one that is looked at, or the newest; the earlier one the best of the others before it. */
function pairOf(
  runs: readonly RunFacts[],
  own: string | undefined,
  picked: { readonly from?: string; readonly to?: string },
): { readonly from: RunFacts; readonly to: RunFacts } | undefined {
  const byFolder = (folder: string | undefined) => runs.find((run) => run.folder === folder);
  const newest = runs.reduce<RunFacts | undefined>(
    (found, run) => (found === undefined || run.created > found.created ? run : found),
    undefined,
  );
  const to = byFolder(picked.to) ?? byFolder(own) ?? newest;
  const others = runs.filter((run) => run !== to);
  const before = others.filter((run) => to !== undefined && run.created < to.created);
  const from = byFolder(picked.from) ?? before[0] ?? others[0];
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

function Difference({ difference }: { readonly difference: RunDifference }) {
  const { settings, files, data } = difference;
  return (
    <>
      {settings.length === 0 ? (
        <p>{t('The settings are the same.')}</p>
      ) : (
        <ul class="setting-changes">
          {settings.map(({ name, from, to }) => (
            <li key={name}>
              <code>{settingTitle(name)}</code> <del>{from ?? '–'}</del> → <ins>{to ?? '–'}</ins>
            </li>
          ))}
        </ul>
      )}
      {files.length === 0 ? (
        <p class="soft">{t('The program is the same text: what differs was set for the run.')}</p>
      ) : (
        files.map((file) => <FileDiff key={file.name} file={file} />)
      )}
      <p class="soft">
        {data.same ? t('The same data.') : t('Other data: the files or their contents are not the same.')}
        {data.rows
          .map(({ part, from, to }) => ` ${t('{0}: {1} rows → {2} rows.', t(part), count(from), count(to))}`)
          .join('')}
      </p>
    </>
  );
}

function FileDiff({ file }: { readonly file: RunDifference['files'][number] }) {
  const { name, diff } = file;
  if (diff.tooMuch) return <p>{t('{0} has changed as a whole. The diff editor shows it.', name)}</p>;
  // The end of the last line is no line to be read.
  const last = diff.lines.at(-1);
  const lines = last?.kind === 'same' && last.text === '' ? diff.lines.slice(0, -1) : diff.lines;
  return (
    <section
      class="diff"
      aria-label={t('{0}: {1} lines removed, {2} added', name, diff.removed, diff.added)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
    >
      {lines.map((line, index) => (
        <span key={index} class={line.kind}>
          {signOf(line.kind)}
          {line.text}
        </span>
      ))}
    </section>
  );
}

function signOf(kind: RunDifference['files'][number]['diff']['lines'][number]['kind']): string {
  switch (kind) {
    case 'same':
      return '  ';
    case 'removed':
      return '- ';
    case 'added':
      return '+ ';
    case 'gap':
      return '⋯ ';
    default:
      return assertNever(kind);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown line: ${JSON.stringify(value)}`);
}
