/** Numbers: what is said against what is so, how the errors lie, and the figures of each. */
import { useState } from 'preact/hooks';
import { type Histogram, type NumbersAnswer, type NumberTarget, numberOf } from '../../protocol/index.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { between, FigureText } from './figure.tsx';
import { HEIGHT, Plot, PlotTable, scaleOf, ticksOf } from './plot.tsx';

export function NumbersCards({ answer }: { readonly answer: NumbersAnswer }) {
  const [chosen, setChosen] = useState(0);
  const target = answer.targets[chosen];
  return (
    <>
      <section class="card">
        <div class="card-head">
          <h2>{t('Predicted against true')}</h2>
          {answer.targets.length > 1 ? (
            <select
              aria-label={t('Which number')}
              value={String(chosen)}
              onChange={(event) => setChosen(Number(event.currentTarget.value))}
            >
              {answer.targets.map((each, i) => (
                <option key={i} value={String(i)}>
                  {t('number {0}, R² {1}', i, number(each.r2.value, 3))}
                </option>
              ))}
            </select>
          ) : null}
        </div>
        {target === undefined ? (
          <p class="soft">{t('{0} numbers a row: only their errors are shown.', count(answer.numbers))}</p>
        ) : (
          <div class="plots">
            <div>
              <Scatter target={target} />
            </div>
          </div>
        )}
        <dl class="figures wide">
          <Pair name={t('mean absolute error')} figure={target?.mae ?? answer.mae} />
          <Pair name={t('root mean squared error')} figure={target?.rmse ?? answer.rmse} />
          {target === undefined ? null : <Pair name="R²" figure={target.r2} />}
          {target === undefined ? null : <Pair name={t('bias')} figure={target.bias} />}
        </dl>
      </section>
      <section class="card">
        <div class="card-head">
          <h2>{target === undefined ? t('Errors of the rows') : t('Residuals')}</h2>
          <span class="soft">{target === undefined ? '' : t('predicted less true')}</span>
        </div>
        <div class="plots">
          <div>
            <Bars histogram={target?.residuals ?? answer.errors} signed={target !== undefined} />
          </div>
        </div>
      </section>
    </>
  );
}

function Pair({ name, figure }: { readonly name: string; readonly figure: NumberTarget['mae'] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <FigureText figure={figure} /> <small class="between">{between(figure)}</small>
      </dd>
    </div>
  );
}

function Scatter({ target }: { readonly target: NumberTarget }) {
  const { sample } = target;
  const values = [...sample.map(([is]) => is), ...sample.map(([, said]) => said)];
  const range = { low: Math.min(...values), high: Math.max(...values) };
  const { x, y } = scaleOf(range, range);
  const ticks = ticksOf(range);
  const across = t('true');
  const up = t('predicted');
  return (
    <>
      <Plot
        label={t('{0} rows, R² {1}', count(sample.length), number(target.r2.value))}
        across={across}
        up={up}
        xRange={range}
        yRange={range}
        xTicks={ticks}
        yTicks={ticks}
      >
        <line class="chance" x1={x(range.low)} y1={y(range.low)} x2={x(range.high)} y2={y(range.high)} />
        {sample.map(([is, said, row]) => (
          <circle key={row} class="point" cx={x(is).toFixed(1)} cy={y(said).toFixed(1)} r="2" />
        ))}
      </Plot>
      <PlotTable
        caption={t('Predicted against true')}
        head={[across, up, t('row')]}
        rows={sample.slice(0, 50).map(([is, said, row]) => [number(is), number(said), count(row + 1)])}
      />
    </>
  );
}

function Bars({ histogram, signed }: { readonly histogram: Histogram; readonly signed: boolean }) {
  const { low, high, counts } = histogram;
  const range = { low, high: high > low ? high : low + 1 };
  const most = { low: 0, high: Math.max(1, ...counts) };
  const { x, y } = scaleOf(range, most);
  const step = (range.high - range.low) / Math.max(1, counts.length);
  const across = signed ? t('predicted less true') : t('mean error of a row');
  return (
    <>
      <Plot
        label={t(
          '{0} rows from {1} to {2}',
          count(numberOf(counts.reduce((a, b) => a + b, 0))),
          number(low),
          number(high),
        )}
        across={across}
        up={t('rows')}
        xRange={range}
        yRange={most}
        xTicks={ticksOf(range)}
        yTicks={ticksOf(most)}
      >
        {counts.map((many, i) => {
          const left = x(range.low + i * step);
          const right = x(range.low + (i + 1) * step);
          return (
            <rect
              key={i}
              class="bar-of"
              x={left + 0.5}
              width={Math.max(1, right - left - 1)}
              y={y(many)}
              height={Math.max(0, Math.min(HEIGHT, y(0) - y(many)))}
            />
          );
        })}
        {signed && low < 0 && high > 0 ? <line class="chance" x1={x(0)} x2={x(0)} y1={y(0)} y2={y(most.high)} /> : null}
      </Plot>
      <PlotTable
        caption={across}
        head={[t('from'), t('to'), t('rows')]}
        rows={counts.map((many, i) => [
          number(range.low + i * step, 3),
          number(range.low + (i + 1) * step, 3),
          count(many),
        ])}
      />
    </>
  );
}
