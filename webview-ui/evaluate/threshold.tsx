/** Yes or no: the threshold as a slider, with what follows from it at once, and which threshold suits what mistakes cost. */
import type { Signal } from '@preact/signals';
import { type Figure, THRESHOLD_STEPS, type YesNoAnswer } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { asNumber } from '../kept.ts';
import { number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { FigureBar } from './figure.tsx';
import { Matrix } from './matrix.tsx';
import { countsAt, figuresAt, leastCost, mostF1 } from './thresholds.ts';

interface ThresholdProps {
  readonly answer: YesNoAnswer;
  readonly threshold: number;
  readonly set: (threshold: number) => void;
  readonly open: (is: number, said: number) => void;
}

export function Threshold({ answer, threshold, set, open }: ThresholdProps) {
  const { kept } = useHost();
  const alarm = kept.signal('evaluate.alarm', 1, asNumber);
  const miss = kept.signal('evaluate.miss', 5, asNumber);
  const counts = countsAt(answer, threshold);
  const { right, wrong, missed, rest } = counts;
  const figures = figuresAt(counts);
  const suggestion = (text: string, value: number) => (
    <button type="button" class="link" onClick={() => set(value)}>
      {`${text}: ${number(value, 3)}`}
    </button>
  );
  return (
    <section class="card">
      <div class="card-head">
        <h2>{t('Threshold')}</h2>
        <span class="soft">{t('yes is predicted above it')}</span>
      </div>
      <label class="slider">
        <span class="unseen">{t('Threshold')}</span>
        <input
          type="range"
          min="0"
          max="1"
          step={1 / THRESHOLD_STEPS}
          value={threshold}
          aria-valuetext={number(threshold, 3)}
          onInput={(event) => set(Number(event.currentTarget.value))}
        />
        <output>{threshold.toFixed(3)}</output>
      </label>
      <Matrix
        classes={[t('no'), t('yes')]}
        cells={[
          { is: 0, said: 0, count: rest },
          { is: 0, said: 1, count: wrong },
          { is: 1, said: 0, count: missed },
          { is: 1, said: 1, count: right },
        ]}
        open={open}
      />
      <dl class="figures">
        <Pair name={t('accuracy')} figure={figures.accuracy} />
        <Pair name={t('precision')} figure={figures.precision} />
        <Pair name={t('recall')} figure={figures.recall} />
        <Pair name="F1" figure={figures.f1} />
      </dl>
      <p class="suggested">
        {suggestion(t('one half'), 0.5)} · {suggestion(t('best F1'), mostF1(answer))} ·{' '}
        {suggestion(t('least cost'), leastCost(answer, { alarm: alarm.value, miss: miss.value }))}
      </p>
      <p class="costs">
        <Cost name={t('A false alarm costs')} value={alarm} />
        <Cost name={t('a miss costs')} value={miss} />
      </p>
    </section>
  );
}

function Pair({ name, figure }: { readonly name: string; readonly figure: Figure }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <FigureBar figure={figure} />
      </dd>
    </div>
  );
}

function Cost({ name, value }: { readonly name: string; readonly value: Signal<number> }) {
  return (
    <label>
      {name}{' '}
      <input
        type="number"
        min="0"
        step="any"
        value={value.value}
        onInput={(event) => {
          const given = Number(event.currentTarget.value);
          if (Number.isFinite(given) && given >= 0) value.value = given;
        }}
      />
    </label>
  );
}
