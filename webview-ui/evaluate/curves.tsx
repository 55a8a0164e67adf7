/** ROC and precision-recall curves, of one class at a time where there are several; and calibration. */
import { useState } from 'preact/hooks';
import { type Calibration, type Curve, numberOf } from '../../protocol/index.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { between, FigureText } from './figure.tsx';
import { Plot, PlotTable, scaleOf } from './plot.tsx';

const { x, y } = scaleOf();

function path(points: Curve['roc']): string {
  return points.map(([across, up]) => `${x(across).toFixed(1)},${y(up).toFixed(1)}`).join(' ');
}

/** Points of a table: evenly spread. */
function some(points: Curve['roc']): readonly (readonly string[])[] {
  const step = Math.max(1, points.length / 20);
  return Array.from({ length: Math.min(20, points.length) }, (_, i) => {
    const [across = 0, up = 0] = points[Math.floor(i * step)] ?? [];
    return [number(across, 3), number(up, 3)];
  });
}

interface CurvesProps {
  readonly curves: readonly Curve[];
  /** Of the classes; empty for yes or no. */
  readonly names: readonly string[];
  /** A point of each curve that is marked: share of no taken for yes, share found, precision. */
  readonly mark?: { readonly wrong: number; readonly recall: number; readonly precision: number } | undefined;
}

export function Curves({ curves, names, mark }: CurvesProps) {
  const worst = curves.reduce(
    (found, { auc }, i) => (numberOf(auc.value) < numberOf(curves[found]?.auc.value ?? 'Infinity') ? i : found),
    0,
  );
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const at = chosen ?? worst;
  const curve = curves[at];
  if (curve === undefined) return null;
  const of = names[at] === undefined ? '' : t('{0} against all others', names[at]);
  return (
    <section class="card">
      <div class="card-head">
        <h2>{t('Curves')}</h2>
        <span class="soft">
          AUC <FigureText figure={curve.auc} /> {between(curve.auc) === '' ? '' : `(${between(curve.auc)})`}
        </span>
        <span class="soft">
          {t('average precision')} <FigureText figure={curve.average} />{' '}
          {between(curve.average) === '' ? '' : `(${between(curve.average)})`}
        </span>
        {names.length > 1 ? (
          <select
            aria-label={t('Class of the curves')}
            value={String(at)}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
          >
            {names.map((name, i) => (
              <option key={name} value={String(i)}>
                {t('{0} (AUC {1})', name, number(curves[i]?.auc.value, 4))}
              </option>
            ))}
          </select>
        ) : null}
      </div>
      <div class="plots">
        <div>
          <Plot
            label={t('ROC curve {0}: area {1}', of, number(curve.auc.value))}
            across={t('false alarms (share of no)')}
            up={t('found (recall)')}
          >
            <line class="chance" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
            <polyline class="curve" points={path(curve.roc)} />
            {mark === undefined ? null : <circle class="mark" cx={x(mark.wrong)} cy={y(mark.recall)} r="4" />}
          </Plot>
          <PlotTable
            caption={t('Points of the ROC curve')}
            head={[t('false alarms (share of no)'), t('found (recall)')]}
            rows={some(curve.roc)}
          />
        </div>
        <div>
          <Plot
            label={t('Precision-recall curve {0}: average precision {1}', of, number(curve.average.value))}
            across={t('found (recall)')}
            up={t('precision')}
          >
            <polyline class="curve" points={path(curve.precision)} />
            {mark === undefined ? null : <circle class="mark" cx={x(mark.recall)} cy={y(mark.precision)} r="4" />}
          </Plot>
          <PlotTable
            caption={t('Points of the precision-recall curve')}
            head={[t('found (recall)'), t('precision')]}
            rows={some(curve.precision)}
          />
        </div>
      </div>
    </section>
  );
}

/** How sure the answers are against how often they are right. */
export function CalibrationCard({
  calibration,
  yesNo,
}: {
  readonly calibration: Calibration;
  readonly yesNo: boolean;
}) {
  const { bins, error } = calibration;
  const up = yesNo ? t('share that is yes') : t('share that is right');
  const across = yesNo ? t('probability of yes') : t('confidence');
  return (
    <section class={yesNo ? 'card wide' : 'card'}>
      <div class="card-head">
        <h2>{t('Calibration')}</h2>
        <span class="soft">
          {t('expected calibration error')} <FigureText figure={error} />{' '}
          {between(error) === '' ? '' : `(${between(error)})`}
        </span>
      </div>
      <div class="plots">
        <div>
          <Plot
            label={t('Calibration in {0} bins: mean distance {1}', bins.length, number(error.value))}
            across={across}
            up={up}
          >
            <line class="chance" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
            {bins.map(({ confidence, right }) => (
              <g key={confidence}>
                <line
                  class="spread"
                  x1={x(confidence)}
                  x2={x(confidence)}
                  y1={y(right.low ?? numberOf(right.value))}
                  y2={y(right.high ?? numberOf(right.value))}
                />
                <circle class="dot" cx={x(confidence)} cy={y(numberOf(right.value))} r="3.5" />
              </g>
            ))}
          </Plot>
          <PlotTable
            caption={t('Calibration')}
            head={[across, up, t('interval'), t('rows')]}
            rows={bins.map(({ confidence, right, count: many }) => [
              number(confidence, 3),
              number(right.value, 3),
              between(right),
              count(many),
            ])}
          />
        </div>
        <p class="soft note">
          {yesNo
            ? t('On the dashed line yes is as frequent as the model says; below it, yes is rarer than the model says.')
            : t('On the dashed line the model is as sure as it is right; below it, it is too sure of itself.')}
        </p>
      </div>
    </section>
  );
}
