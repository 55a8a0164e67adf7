/** What two runs answer differently on the same rows: metrics, classes with bars, and the rows that became right or wrong. */
import { type AnswerDifference, type EvaluationDifference, type FigureChange, numberOf } from '../../protocol/index.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';

/** Classes that are shown: those that changed most. */
const MOST_CLASSES = 12;

interface AnswersChangedProps {
  readonly evaluations: readonly EvaluationDifference[];
  /** Of what to what. */
  readonly pair: string;
}

export function AnswersChanged({ evaluations, pair }: AnswersChangedProps) {
  return (
    <section class="card full answers">
      <header class="legend">
        <h2>{t('What they answer differently')}</h2>
        <span>{pair}</span>
      </header>
      {evaluations.map((evaluation) => (
        <section key={evaluation.name} class="answers-changed">
          <h3>{t('{0} on {1}: {2} rows', evaluation.name, evaluation.data, count(evaluation.examples))}</h3>
          <p class="soft">{evaluation.metrics.map(changeText).join(' · ')}</p>
          {evaluation.answers.map((answer) => (
            <Answer key={answer.name} answer={answer} />
          ))}
        </section>
      ))}
    </section>
  );
}

function Answer({ answer }: { readonly answer: AnswerDifference }) {
  const { classes, rows } = answer;
  return (
    <div class="answer">
      {rows === undefined ? null : (
        <p>
          {t(
            '{0}: {1} rows became right, {2} became wrong; {3} are right in both, {4} wrong in both.',
            answer.name,
            count(rows.mended),
            count(rows.broken),
            count(rows.bothRight),
            count(rows.bothWrong),
          )}
        </p>
      )}
      {classes.length === 0 ? null : <ClassTable classes={classes.slice(0, MOST_CLASSES)} />}
      {rows === undefined || rows.changed.length === 0 ? null : (
        <details>
          <summary>{t('Rows that changed')}</summary>
          <div class="table-of-chart">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('row')}</th>
                  <th scope="col">{t('is')}</th>
                  <th scope="col">{t('before')}</th>
                  <th scope="col">{t('after')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.changed.map((row) => (
                  <tr key={row.row}>
                    <th scope="row">{count(row.row)}</th>
                    <td>{row.is}</td>
                    <td>{row.from}</td>
                    <td>{row.to}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </div>
  );
}

/** F1 before and after, and a bar for the difference: to the right what is better. */
function ClassTable({ classes }: { readonly classes: readonly FigureChange[] }) {
  const most = Math.max(...classes.map((change) => Math.abs(differenceOf(change))), Number.MIN_VALUE);
  return (
    <table class="class-changes">
      <thead>
        <tr>
          <th scope="col">{t('class')}</th>
          <th scope="col">{t('F1 before')}</th>
          <th scope="col">{t('F1 after')}</th>
          <th scope="col">{t('difference')}</th>
        </tr>
      </thead>
      <tbody>
        {classes.map((change) => (
          <tr key={change.name}>
            <th scope="row">{change.name}</th>
            <td>{number(change.from, 3)}</td>
            <td>{number(change.to, 3)}</td>
            <td>
              <Bar share={differenceOf(change) / most} /> {signed(differenceOf(change))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ share }: { readonly share: number }) {
  const width = Math.abs(share) * 30;
  return (
    <svg class="difference" width="62" height="10" viewBox="0 0 62 10" aria-hidden="true">
      <line x1="31" x2="31" y1="0" y2="10" />
      <rect class={share < 0 ? 'worse' : 'better'} x={share < 0 ? 31 - width : 31} y="2" width={width} height="6" />
    </svg>
  );
}

function changeText(change: FigureChange): string {
  return `${change.name} ${number(change.from)} → ${number(change.to)} (${signed(differenceOf(change))})`;
}

function differenceOf({ from, to }: FigureChange): number {
  const difference = numberOf(to) - numberOf(from);
  return Number.isFinite(difference) ? difference : 0;
}

function signed(difference: number): string {
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±';
  return `${sign}${number(Math.abs(difference), 3)}`;
}
