/** The metrics for each value of a field or a condition, the weakest to be seen at once. */
import type { EvaluationSlice, Figure } from '../../protocol/index.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { between, FigureBar, FigureText, isShare } from './figure.tsx';

/** Metrics between 0 and 1, which can be drawn as bars. */
const BARRED: ReadonlySet<string> = new Set([
  'accuracy',
  'precision',
  'recall',
  'f1',
  'auc',
  'averagePrecision',
  'topK',
]);

export function Slices({
  slices,
  whole,
}: {
  readonly slices: readonly EvaluationSlice[];
  readonly whole: Readonly<Record<string, Figure>>;
}) {
  return (
    <section class="card wide">
      <div class="card-head">
        <h2>{t('Slices')}</h2>
        <span class="soft">{t('rows that differ from all others beyond chance are marked ≠')}</span>
      </div>
      {slices.map((slice) => (
        <SliceTable key={slice.text} slice={slice} whole={whole} />
      ))}
    </section>
  );
}

function SliceTable({
  slice,
  whole,
}: {
  readonly slice: EvaluationSlice;
  readonly whole: Readonly<Record<string, Figure>>;
}) {
  const names = Object.keys(slice.values[0]?.metrics ?? {});
  return (
    <div class="scroll">
      <table class="plain slices">
        <caption>
          {t('by {0}', slice.text)}
          {slice.left > 0 ? ` · ${t('{0} rarer values are left out', count(slice.left))}` : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('value')}</th>
            <th scope="col">{t('rows')}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {slice.values.map(({ value, examples, metrics }) => (
            <tr key={value}>
              <th scope="row" title={value}>
                {value === '' ? t('empty') : value}
              </th>
              <td class="soft">{count(examples)}</td>
              {names.map((name) => {
                const figure = metrics[name] ?? { value: 'NaN' };
                return (
                  <td key={name} class={differs(figure, whole[name]) ? 'differs' : ''}>
                    {BARRED.has(name.split('.')[0] ?? '') ? (
                      <FigureBar figure={figure} />
                    ) : (
                      <FigureText figure={figure} share={isShare(name)} />
                    )}
                    {differs(figure, whole[name]) ? (
                      <span role="img" aria-label={t('differs beyond chance')}>
                        {' ≠'}
                      </span>
                    ) : null}{' '}
                    <small class="between">{between(figure)}</small>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The interval of these rows does not hold the value of all. */
function differs(own: Figure, whole: Figure | undefined): boolean {
  if (typeof whole?.value !== 'number' || own.low === undefined || own.high === undefined) return false;
  return whole.value < own.low || whole.value > own.high;
}
