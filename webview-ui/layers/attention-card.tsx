/** Where attention looks for an example: who looks from the top down, what is looked at from left to right. */
import { useMemo } from 'preact/hooks';
import type { UseLayersAnswer } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { asCount, asNumber } from '../kept.ts';
import { percentNumber } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { ExampleBar } from './example-bar.tsx';
import { example, floatsOf, useInside } from './inside.ts';
import { Pixels, rampColours } from './pixels.tsx';
import { rampOf } from './scale.ts';
import { isLight } from './theme.ts';

type Answer = Extract<UseLayersAnswer, { kind: 'attention' }>;

export function AttentionCard() {
  const look = useHost().kept.signal('layers.look', 0, asCount);
  const { answer, trouble, busy } = useInside<'attention'>({
    kind: 'attention',
    example: example.value,
    look: look.value,
  });
  return (
    <section class="card full" data-card="attention" aria-busy={busy}>
      <div class="layers-head">
        <h2>{t('Where attention looks')}</h2>
        <ExampleBar rows={answer?.example.rows} part={answer?.example.part ?? example.value.part} />
        {answer === undefined ? null : (
          <select
            aria-label={t('Which attention')}
            value={look.value}
            onChange={(event) => {
              look.value = Number(event.currentTarget.value);
            }}
          >
            {answer.looks.map(({ title }, at) => (
              <option key={at} value={at}>
                {title}
              </option>
            ))}
          </select>
        )}
      </div>
      {trouble === '' ? null : (
        <p class="empty" role="alert">
          {trouble}
        </p>
      )}
      {answer === undefined && trouble === '' ? <p class="empty">{t('Looking…')}</p> : null}
      {answer === undefined ? null : <Looks answer={answer} />}
    </section>
  );
}

/** Pixels of the map's side on the page, about. */
const SIDE = 300;
/** Places named under the map: those that are looked at most. */
const NAMED = 6;

function Looks({ answer }: { readonly answer: Answer }) {
  const { heads, queries, keys } = answer;
  const { kept } = useHost();
  const head = kept.signal('layers.head', -1, asNumber);
  const query = kept.signal('layers.query', 0, asCount);
  const light = isLight();
  const at = Math.min(query.value, queries - 1);
  const all = useMemo(() => floatsOf(answer.values), [answer]);
  const shown = useMemo(() => headOf(all, answer, head.value), [all, head.value]);
  const colours = useMemo(() => rampColours(shown, rampOf('sizes', light), Math.sqrt), [shown, light]);
  const scale = Math.max(1, Math.round(SIDE / Math.max(queries, keys)));
  const row = shown.subarray(at * keys, (at + 1) * keys);
  const most = Array.from(row, (_, place) => place)
    .sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0))
    .slice(0, NAMED);
  const move = (by: number) => {
    query.value = Math.max(0, Math.min(queries - 1, at + by));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'ArrowRight') head.value = Math.min(heads - 1, head.value + 1);
    else if (event.key === 'ArrowLeft') head.value = Math.max(-1, head.value - 1);
    else return;
    event.preventDefault();
  };
  const sentence = t(
    '{0} looks at {1}',
    labelOf(answer.queryLabels, at),
    most.map((place) => `${labelOf(answer.keyLabels, place)} ${percentNumber(row[place])}%`).join(', '),
  );
  return (
    <>
      <fieldset class="heads" aria-label={t('Heads')}>
        {[-1, ...Array.from({ length: heads }, (_, each) => each)].map((each) => (
          <button
            key={each}
            type="button"
            class="toggle"
            aria-pressed={head.value === each}
            onClick={() => {
              head.value = each;
            }}
          >
            {each < 0 ? t('All heads') : each + 1}
          </button>
        ))}
      </fieldset>
      <div
        class="looks"
        role="application"
        aria-roledescription={t('attention map')}
        aria-label={sentence}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the map is an application, moved through by keyboard.
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const top = event.currentTarget.querySelector('canvas')?.getBoundingClientRect().top ?? 0;
          query.value = Math.max(0, Math.min(queries - 1, Math.floor((event.clientY - top) / scale)));
        }}
      >
        <Pixels width={keys} height={queries} colours={colours} scale={scale} />
        <i class="cell" style={{ top: `${at * scale}px`, height: `${scale}px`, width: `${keys * scale}px` }} />
      </div>
      <ol class="words looked">
        {Array.from(row, (share, place) => (
          <li key={place} title={`${percentNumber(share)}%`}>
            {labelOf(answer.keyLabels, place)}
            <i style={{ width: `${Math.sqrt(share) * 100}%` }} />
          </li>
        ))}
      </ol>
      <p role="status">{sentence}</p>
    </>
  );
}

/** One head, or the mean of all. */
function headOf(all: Float32Array, { heads, queries, keys }: Answer, head: number): Float32Array {
  const size = queries * keys;
  if (head >= 0) return all.subarray(head * size, (head + 1) * size);
  const mean = new Float32Array(size);
  for (let i = 0; i < all.length; i++) mean[i % size] = (mean[i % size] ?? 0) + (all[i] ?? 0) / heads;
  return mean;
}

function labelOf(labels: readonly string[] | undefined, place: number): string {
  return labels?.[place] ?? t('place {0}', place);
}
