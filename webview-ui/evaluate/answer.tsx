/** What is known of one answer, by its kind. */
import type { ClassesAnswer, EvaluationAnswer, LabelsAnswer, PlacesAnswer, YesNoAnswer } from '../../protocol/index.ts';
import { asCount, asNumber } from '../kept.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { CalibrationCard, Curves } from './curves.tsx';
import { between, FigureText } from './figure.tsx';
import { Matrix } from './matrix.tsx';
import { NumbersCards } from './numbers.tsx';
import { PerClass } from './per-class.tsx';
import { RankedCard } from './ranked.tsx';
import { Rows } from './rows.tsx';
import { RowsCard } from './rows-card.tsx';
import { SequencesCard } from './sequences.tsx';
import { type EvaluateState, useLook } from './state.ts';
import { Threshold } from './threshold.tsx';
import { countsAt } from './thresholds.ts';

interface AnswerProps<A> {
  readonly state: EvaluateState;
  readonly answer: A;
  /** Number of the answer. */
  readonly index: number;
}

export function AnswerCards({ state, answer, index }: AnswerProps<EvaluationAnswer>) {
  switch (answer.kind) {
    case 'classes':
      return <Classes state={state} answer={answer} index={index} />;
    case 'yes-no':
      return <YesNo state={state} answer={answer} index={index} />;
    case 'labels':
      return <Labels state={state} answer={answer} index={index} />;
    case 'numbers':
      return (
        <>
          <NumbersCards answer={answer} />
          <RowsCard state={state} answer={answer} index={index} title={t('Rows by error')} />
        </>
      );
    case 'places':
      return <Places state={state} answer={answer} index={index} />;
    case 'sequences':
      return (
        <>
          <SequencesCard answer={answer} />
          <RowsCard state={state} answer={answer} index={index} title={t('Rows by mistakes')} />
        </>
      );
    case 'ranked':
      return (
        <>
          <RankedCard answer={answer} />
          <RowsCard state={state} answer={answer} index={index} title={t('Rows by rank')} />
        </>
      );
    default:
      return assertNever(answer);
  }
}

function Classes({ state, answer, index }: AnswerProps<ClassesAnswer>) {
  const { classes, cells } = answer;
  const open = (is: number, said: number): void => {
    const title = t('{0} predicted as {1}', classes[is] ?? '', classes[said] ?? '');
    state.opened.value = { answer: index, filter: { kind: 'cell', is, said, threshold: 0.5 }, title };
  };
  const confused = cells.filter(({ is, said }) => is !== said).slice(0, 2);
  return (
    <>
      <section class="card">
        <div class="card-head">
          <h2>{t('Confusion matrix')}</h2>
          <span class="soft">
            {t('{0} rows · accuracy', count(answer.examples))} <FigureText figure={answer.accuracy} share />{' '}
            <small class="between">{between(answer.accuracy, true)}</small>
          </span>
        </div>
        <Matrix classes={classes} cells={cells} open={open} />
        <p class="soft">
          {t('Choose a cell to see its rows.')}{' '}
          {confused.length === 0 ? null : (
            <>
              {t('Largest confusion:')}{' '}
              {confused.map(({ is, said, count: many }, i) => (
                <span key={`${is}-${said}`}>
                  {i > 0 ? ', ' : ''}
                  <button type="button" class="link" onClick={() => open(is, said)}>
                    {t('{0} read as {1} ({2})', classes[is] ?? '', classes[said] ?? '', count(many))}
                  </button>
                </span>
              ))}
            </>
          )}
        </p>
      </section>
      <PerClass classes={classes} figures={answer.perClass} macro={answer.macro.f1} />
      <OpenedCard state={state} answer={answer} index={index} />
      <Mistakes state={state} answer={answer} index={index} mistakes={answer.mistakes} threshold={0.5} />
      <div class="judged">
        <Curves curves={answer.curves} names={classes} />
        <CalibrationCard calibration={answer.calibration} yesNo={false} />
      </div>
    </>
  );
}

function YesNo({ state, answer, index }: AnswerProps<YesNoAnswer>) {
  const above = useLook(`threshold ${index}`, 0.5, asNumber);
  const threshold = above.value;
  const setThreshold = (next: number): void => {
    above.value = next;
  };
  const { right, wrong, missed, rest } = countsAt(answer, threshold);
  const open = (is: number, said: number): void => {
    const names = [t('no'), t('yes')];
    const title = t('{0} predicted as {1}', names[is] ?? '', names[said] ?? '');
    state.opened.value = { answer: index, filter: { kind: 'cell', is, said, threshold }, title };
  };
  const mark = {
    wrong: wrong / Math.max(1, wrong + rest),
    recall: right / Math.max(1, right + missed),
    precision: right / Math.max(1, right + wrong),
  };
  return (
    <>
      <div class="judged by-threshold">
        <Threshold answer={answer} threshold={threshold} set={setThreshold} open={open} />
        <Curves curves={[answer.curve]} names={[]} mark={mark} />
      </div>
      <OpenedCard state={state} answer={answer} index={index} />
      <Mistakes state={state} answer={answer} index={index} mistakes={wrong + missed} threshold={threshold} />
      <CalibrationCard calibration={answer.calibration} yesNo />
    </>
  );
}

function Labels({ state, answer, index }: AnswerProps<LabelsAnswer>) {
  const chosen = useLook(`label ${index}`, 0, asCount);
  const label = chosen.value;
  return (
    <>
      <PerClass classes={answer.labels} figures={answer.perLabel} macro={undefined} />
      <section class="card">
        <div class="card-head">
          <h2>{t('Rows with a wrong label')}</h2>
          <select
            aria-label={t('Label')}
            value={String(label)}
            onChange={(event) => {
              chosen.value = Number(event.currentTarget.value);
            }}
          >
            {answer.labels.map((name, i) => (
              <option key={name} value={String(i)}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <p class="soft">
          {t('all labels of a row right')}: <FigureText figure={answer.exact} share />
        </p>
        <Rows state={state} answer={answer} index={index} filter={{ kind: 'label', label }} />
      </section>
    </>
  );
}

function Places({ state, answer, index }: AnswerProps<PlacesAnswer>) {
  return (
    <>
      <section class={answer.perClass.length === 0 ? 'card wide' : 'card'}>
        <div class="card-head">
          <h2>{t('Places')}</h2>
          <span class="soft">{t('{0} places of {1} rows', count(answer.places), count(answer.examples))}</span>
        </div>
        <dl class="figures wide">
          <div>
            <dt>{t('accuracy')}</dt>
            <dd>
              <FigureText figure={answer.accuracy} share />{' '}
              <small class="between">{between(answer.accuracy, true)}</small>
            </dd>
          </div>
          <div>
            <dt>{t('perplexity')}</dt>
            <dd>
              <FigureText figure={answer.perplexity} /> <small class="between">{between(answer.perplexity)}</small>
            </dd>
          </div>
        </dl>
        {answer.classes.length === 0 ? null : <Matrix classes={answer.classes} cells={answer.cells} open={undefined} />}
      </section>
      {answer.perClass.length === 0 ? null : (
        <PerClass classes={answer.classes} figures={answer.perClass} macro={undefined} />
      )}
      <RowsCard state={state} answer={answer} index={index} title={t('Rows by surprise')} />
    </>
  );
}

/** The rows of the chosen cell. */
function OpenedCard({ state, answer, index }: AnswerProps<EvaluationAnswer>) {
  const opened = state.opened.value;
  if (opened === undefined || opened.answer !== index) return null;
  return (
    <section class="card wide" aria-live="polite">
      <div class="card-head">
        <h2>{opened.title}</h2>
        <button
          type="button"
          class="link"
          onClick={() => {
            state.opened.value = undefined;
          }}
        >
          {t('close')}
        </button>
      </div>
      <Rows state={state} answer={answer} index={index} filter={opened.filter} />
    </section>
  );
}

function Mistakes({
  state,
  answer,
  index,
  mistakes,
  threshold,
}: AnswerProps<EvaluationAnswer> & { readonly mistakes: number; readonly threshold: number }) {
  return (
    <section class="card wide">
      <div class="card-head">
        <h2>{t('Most confident mistakes')}</h2>
        <span class="soft">{t('{0} in all, sorted by confidence', count(mistakes))}</span>
        <button type="button" class="link" onClick={() => state.exportAs('rows')}>
          {t('export as CSV')}
        </button>
      </div>
      <Rows state={state} answer={answer} index={index} filter={{ kind: 'mistakes', threshold }} />
    </section>
  );
}

function assertNever(value: never): never {
  throw new Error(`Unknown answer: ${JSON.stringify(value)}`);
}
