/** How the numbers of the chosen layer are distributed: the latest as bars, earlier ones as lines behind them. */
import type { LayerHistogram, LayerSeries, LayerUnits, UseLayersAnswer } from '../../protocol/index.ts';
import { count, number, percentNumber, short } from '../text/numbers.ts';
import { t } from '../text/translate.ts';

const WIDTH = 240;
const HEIGHT = 84;

export function Distribution({ answer }: { readonly answer: Extract<UseLayersAnswer, { kind: 'distribution' }> }) {
  return (
    <>
      <div class="histograms">
        {answer.series.map((series) => (
          <Histogram key={`${series.of} ${series.name}`} series={series} />
        ))}
      </div>
      {answer.units === undefined ? null : <Units units={answer.units} />}
      <p class="soft">
        {answer.trouble === undefined && answer.examples === 0
          ? t('Bars: the latest weights; lines: earlier checkpoints, the fainter the older.')
          : answer.trouble === undefined
            ? t(
                'Gradients and activations of {0} rows ({1}). Bars: the latest weights; lines: earlier checkpoints, the fainter the older.',
                count(answer.examples),
                partText(answer.part),
              )
            : t('Weights only, since the data cannot be read: {0}', answer.trouble)}
      </p>
    </>
  );
}

function Histogram({ series }: { readonly series: LayerSeries }) {
  const latest = series.times.at(-1);
  if (latest === undefined) return null;
  const earlier = series.times.slice(0, -1);
  const most = Math.max(1, ...series.times.map(({ counts }) => Math.max(...counts)));
  const bar = WIDTH / latest.counts.length;
  return (
    <figure class={`histogram ${series.of}`}>
      <figcaption>
        <b>{titleOf(series)}</b> <span class="soft">{series.shape.join(' × ')}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${titleOf(series)}: ${sentenceOf(latest)}`}
        preserveAspectRatio="none"
      >
        {latest.counts.map((each, bin) => (
          <rect
            key={bin}
            x={bin * bar}
            y={HEIGHT - heightOf(each, most)}
            width={Math.max(0.5, bar - 0.6)}
            height={heightOf(each, most)}
          />
        ))}
        {earlier.map((time, at) => (
          <polyline
            key={time.step}
            points={time.counts.map((each, bin) => `${(bin + 0.5) * bar},${HEIGHT - heightOf(each, most)}`).join(' ')}
            opacity={0.25 + (0.55 * (at + 1)) / earlier.length}
          >
            <title>{t('step {0}', count(time.step))}</title>
          </polyline>
        ))}
      </svg>
      <p class="ends" aria-hidden="true">
        <span>{short(Number(latest.low.toPrecision(3)))}</span>
        <span>{short(Number(latest.high.toPrecision(3)))}</span>
      </p>
      <p>{sentenceOf(latest)}</p>
      {earlier.length === 0 ? null : <Times times={series.times} />}
    </figure>
  );
}

/** The same in numbers, one row for each time. */
function Times({ times }: { readonly times: readonly LayerHistogram[] }) {
  return (
    <details>
      <summary>{t('Over time')}</summary>
      <table class="times">
        <thead>
          <tr>
            <th scope="col">{t('step')}</th>
            <th scope="col">{t('mean')}</th>
            <th scope="col">{t('spread')}</th>
            <th scope="col">{t('zeros')}</th>
          </tr>
        </thead>
        <tbody>
          {times.map(({ step, mean, deviation, zeros }) => (
            <tr key={step}>
              <th scope="row">{count(step)}</th>
              <td>{number(mean, 3)}</td>
              <td>{number(deviation, 3)}</td>
              <td>{percentNumber(zeros)}%</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Rare values are seen beside frequent ones. */
function heightOf(each: number, most: number): number {
  return each === 0 ? 0 : Math.max(1, Math.sqrt(each / most) * (HEIGHT - 2));
}

function titleOf({ of, name }: LayerSeries): string {
  switch (of) {
    case 'weights':
      return t('Weights {0}', name);
    case 'gradients':
      return t('Gradients of {0}', name);
    case 'results':
      return t('Activations');
    default:
      return assertNever(of);
  }
}

function sentenceOf({ mean, deviation, zeros, notFinite }: LayerHistogram): string {
  const parts = [t('mean {0}, spread {1}', number(mean, 3), number(deviation, 3))];
  if (zeros > 0) parts.push(t('{0}% zeros', percentNumber(zeros)));
  if (notFinite > 0) parts.push(t('{0} not finite', count(notFinite)));
  return parts.join(', ');
}

function Units({ units }: { readonly units: LayerUnits }) {
  return (
    <ul class="units">
      <li>
        {units.deadCount === 0
          ? t('No unit of {0} is dead.', count(units.count))
          : t(
              '{0} of {1} units are dead (0 for every row): {2}',
              units.deadCount,
              units.count,
              listed(units.dead, units.deadCount),
            )}
      </li>
      {units.saturatedCount === 0 ? null : (
        <li>
          {t(
            '{0} of {1} units are saturated (nearly always at an end): {2}',
            units.saturatedCount,
            units.count,
            listed(units.saturated, units.saturatedCount),
          )}
        </li>
      )}
    </ul>
  );
}

function listed(units: readonly number[], all: number): string {
  const shown = units.slice(0, 40).join(', ');
  return all > 40 ? `${shown} …` : shown;
}

export function partText(part: 'train' | 'validation' | 'test'): string {
  switch (part) {
    case 'train':
      return t('training');
    case 'validation':
      return t('validation');
    case 'test':
      return t('test');
    default:
      return assertNever(part);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown: ${JSON.stringify(value)}`);
}
