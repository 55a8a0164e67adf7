/** What of an example counts for a score: over its picture, at its words, by its columns. */
import type { Signal } from '@preact/signals';
import type { UseLayersAnswer } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { asCount, asFlag, asOneOf } from '../kept.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { ExampleBar } from './example-bar.tsx';
import { example, explains, layerIsKnown, useInside } from './inside.ts';
import { isLine, SaliencyLine } from './saliency-line.tsx';
import { SaliencyNumbers, SaliencyPicture, SaliencyPlaces } from './saliency-parts.tsx';

type Answer = Extract<UseLayersAnswer, { kind: 'saliency' }>;
type Method = Answer['method'];
const METHODS = ['integrated', 'gradient'] as const;

/** Scores that can be chosen: the highest ones. */
const MOST_SCORES = 30;

export function SaliencyCard() {
  const { kept } = useHost();
  const method = kept.signal<Method>('layers.method', 'integrated', asOneOf(METHODS));
  const target = kept.signal<number | undefined>('layers.target', undefined, asCount);
  const ask = {
    kind: 'saliency',
    example: example.value,
    method: method.value,
    ...(target.value === undefined ? {} : { target: target.value }),
  } as const;
  const wanted = kept.signal('layers.explained', false, asFlag);
  const goes = layerIsKnown.value && (wanted.value || explains.value);
  const { answer, trouble, busy } = useInside<'saliency'>(goes ? ask : undefined);
  return (
    <section class="card full" data-card="saliency" aria-busy={busy}>
      <div class="layers-head">
        <h2>{t('What counts for a score')}</h2>
        <ExampleBar rows={answer?.example.rows} part={answer?.example.part ?? example.value.part} />
        <select
          aria-label={t('How it is found')}
          value={method.value}
          onChange={(event) => {
            method.value = event.currentTarget.value === 'gradient' ? 'gradient' : 'integrated';
          }}
        >
          <option value="integrated">{t('Integrated gradients')}</option>
          <option value="gradient">{t('Gradient × input')}</option>
        </select>
        <select
          aria-label={t('Score that is explained')}
          value={target.value ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            target.value = value === '' ? undefined : Number(value);
          }}
        >
          <option value="">{t('The highest score')}</option>
          {answer === undefined
            ? null
            : highest(answer).map((at) => (
                <option key={at} value={at}>
                  {scoreName(answer, at)}: {number(answer.scores[at], 3)}
                </option>
              ))}
        </select>
      </div>
      {trouble === '' ? null : (
        <p class="empty" role="alert">
          {trouble}
        </p>
      )}
      {answer === undefined && trouble === '' ? <Waiting goes={goes} wanted={wanted} /> : null}
      {answer === undefined ? null : <Explained answer={answer} />}
    </section>
  );
}

/** A large model is asked when somebody wants it: other questions would wait behind it. */
function Waiting({ goes, wanted }: { readonly goes: boolean; readonly wanted: Signal<boolean> }) {
  if (goes) {
    return (
      <p class="empty" role="status">
        {t('Looking at the score from nothing to the whole example…')}
      </p>
    );
  }
  if (!layerIsKnown.value) return <p class="empty">{t('It comes after the layer above.')}</p>;
  return (
    <p class="empty">
      <button
        type="button"
        onClick={() => {
          wanted.value = true;
        }}
      >
        {t('Explain the score')}
      </button>{' '}
      {t('This model is large: it may take some seconds.')}
    </p>
  );
}

function Explained({ answer }: { readonly answer: Answer }) {
  const name = scoreName(answer, answer.target);
  return (
    <>
      <p class="sums" role="status">
        {answer.truth === undefined ? '' : `${t('Truth: {0}.', answer.truth)} `}
        {t('Score of {0}: {1}; of nothing: {2}.', name, number(answer.score), number(answer.nothing))}{' '}
        {t('All parts add up to {0}.', number(answer.sum))}
      </p>
      <div class="explained">
        {answer.inputs.map((input, at) => {
          const key = `${input.field} ${at}`;
          if (input.form === 'picture') return <SaliencyPicture key={key} input={input} score={name} />;
          if (input.form === 'places') return <SaliencyPlaces key={key} input={input} score={name} />;
          if (isLine(input)) return <SaliencyLine key={key} input={input} score={name} />;
          return <SaliencyNumbers key={key} input={input} score={name} />;
        })}
      </div>
      <p class="soft">{t('Orange speaks for the score, blue against it; the input 0 counts for nothing.')}</p>
    </>
  );
}

function highest({ scores }: Answer): readonly number[] {
  return scores
    .map((_, at) => at)
    .sort((a, b) => Number(scores[b]) - Number(scores[a]))
    .slice(0, MOST_SCORES);
}

/** A class; of an output with a class at each of its places, the class and the place. */
function scoreName({ names, output, scores, classes }: Answer, at: number): string {
  if (classes === undefined) return names?.[at] ?? (scores.length === 1 ? output : String(at));
  const number = at % classes;
  return t('{0} at place {1}', names?.[number] ?? String(number), count((at - number) / classes + 1));
}
