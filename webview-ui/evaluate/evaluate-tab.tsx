/** The Evaluate tab: which evaluation, its metrics and expectations, and what is behind them. */
import { useState } from 'preact/hooks';
import { type Evaluation, EXPORT_FORMATS, type ExportFormat, type RunState } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { asCount } from '../kept.ts';
import { Guarded } from '../parts/guarded.tsx';
import { Icon } from '../parts/icon.tsx';
import { checkpointText } from '../text/checkpoint.ts';
import { count, metricText } from '../text/numbers.ts';
import { locale, t } from '../text/translate.ts';
import { AnswerCards } from './answer.tsx';
import { between, intervalTitle, isShare } from './figure.tsx';
import { Slices } from './slices.tsx';
import { type EvaluateState, useEvaluations, useLook } from './state.ts';

export function EvaluateTab() {
  const state = useEvaluations();
  const { failed } = useHost();
  const evaluation = state.evaluation.value;
  return (
    <div class="evaluate">
      <Bar state={state} />
      {state.trouble.value === '' ? null : (
        <p class="trouble" role="alert">
          {state.trouble.value}
        </p>
      )}
      {evaluation === undefined ? (
        <Nothing state={state} />
      ) : (
        <Guarded key={`${evaluation.name} ${evaluation.created}`} name="Evaluate" onFailed={failed}>
          <Whole state={state} evaluation={evaluation} />
        </Guarded>
      )}
    </div>
  );
}

/** Which evaluation is shown, and making another. */
function Bar({ state }: { readonly state: EvaluateState }) {
  const list = state.list.value ?? [];
  const evaluation = state.evaluation.value;
  return (
    <div class="evaluate-bar">
      {list.length === 0 ? null : (
        <label>
          {t('Evaluation')}{' '}
          <select value={evaluation?.name ?? ''} onChange={(event) => state.choose(event.currentTarget.value)}>
            {list.map(({ name, data, failed }) => (
              <option key={name} value={name}>
                {`${t('{0} on {1}', nameText(name), data)}${failed > 0 ? ` · ${t('fails')}` : ''}`}
              </option>
            ))}
          </select>
        </label>
      )}
      <Starter state={state} />
      {evaluation === undefined ? null : <Exporter state={state} />}
    </div>
  );
}

/** `own-rows` is no name of a program. */
function nameText(name: string): string {
  return name === 'own-rows' ? t('own rows') : name;
}

function Starter({ state }: { readonly state: EvaluateState }) {
  const offers = state.offers.value;
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const running = state.running.value;
  const declaration = chosen ?? offers[0]?.name ?? '';
  if (running !== undefined) {
    const share = running.all === 0 ? undefined : running.done / running.all;
    return (
      <span class="making">
        <progress {...(share === undefined ? {} : { value: share })} aria-label={t('Evaluating')} />
        <span role="status">
          {share === undefined ? t('Loading data…') : t('{0} of {1} rows', count(running.done), count(running.all))}
        </span>
        <button type="button" onClick={state.cancel}>
          {t('Cancel')}
        </button>
      </span>
    );
  }
  return (
    <span class="making">
      {offers.length < 1 ? null : (
        <select
          aria-label={t('What is evaluated')}
          value={declaration}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {offers.map(({ name, line }) => (
            <option key={name} value={name}>
              {t('{0} (line {1})', name, line)}
            </option>
          ))}
          <option value="">{t('its own rows that it did not train on')}</option>
        </select>
      )}
      <button type="button" class="primary" onClick={() => state.start(declaration)}>
        {state.evaluation.value === undefined ? t('Evaluate') : t('Evaluate again')}
      </button>
    </span>
  );
}

function Exporter({ state }: { readonly state: EvaluateState }) {
  return (
    <span class="exports">
      <span class="soft">{t('Export')}</span>
      {EXPORT_FORMATS.map((format) => (
        <button key={format} type="button" class="link" onClick={() => state.exportAs(format)}>
          {formatText(format)}
        </button>
      ))}
    </span>
  );
}

function formatText(format: ExportFormat): string {
  switch (format) {
    case 'csv':
      return t('figures (CSV)');
    case 'rows':
      return t('rows (CSV)');
    case 'markdown':
      return 'Markdown';
    case 'card':
      return t('model card');
    default:
      return assertNever(format);
  }
}

function Nothing({ state }: { readonly state: EvaluateState }) {
  if (state.list.value === undefined) return state.trouble.value === '' ? <p role="status">{t('Loading…')}</p> : null;
  return (
    <p class="soft">
      {state.offers.value.length > 0
        ? t('This run was not evaluated yet. Evaluate measures it by a block of the program.')
        : t(
            'This run was not evaluated yet, and its program has no evaluate block for it. Evaluate measures it on the rows of its data that it did not train on.',
          )}
    </p>
  );
}

/** The epoch that a checkpoint was saved in. */
function epochAt({ checkpoints }: RunState, step: number): number | undefined {
  return checkpoints.find((checkpoint) => checkpoint.step === step)?.epoch;
}

function Whole({ state, evaluation }: { readonly state: EvaluateState; readonly evaluation: Evaluation }) {
  const { answers, slices, notes } = evaluation;
  const { run } = useHost().store;
  const chosen = useLook('answer', 0, asCount);
  const answer = answers[chosen.value] ?? answers[0];
  const at = answer === undefined ? 0 : answers.indexOf(answer);
  return (
    <>
      <p class="soft about">
        {t(
          '{0} rows of {1}, {2} · {3} · {4}',
          count(evaluation.examples),
          evaluation.data,
          evaluation.part === 'test' ? t('test part') : t('validation part'),
          checkpointText({ step: evaluation.step, epoch: epochAt(run.value, evaluation.step) }),
          new Date(evaluation.created).toLocaleString(locale()),
        )}
      </p>
      <div class="evaluate-metrics">
        <Metrics evaluation={evaluation} />
        <Expectations evaluation={evaluation} state={state} />
      </div>
      {answers.length > 1 ? (
        <label class="which">
          {t('Answer')}{' '}
          <select
            value={String(at)}
            onChange={(event) => {
              chosen.value = Number(event.currentTarget.value);
            }}
          >
            {answers.map(({ name, truth }, i) => (
              <option key={name} value={String(i)}>
                {t('{0} against {1}', name, truth)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <div class="grid">
        {answer === undefined ? (
          <p class="soft wide">{t('These metrics compare nothing that can be looked at row by row.')}</p>
        ) : (
          <AnswerCards key={at} state={state} answer={answer} index={at} />
        )}
        {slices.length === 0 ? null : <Slices slices={slices} whole={evaluation.metrics} />}
      </div>
      {notes.map((note) => (
        <p key={note} class="soft">
          {note}
        </p>
      ))}
    </>
  );
}

/** The metrics as tiles with their intervals. */
function Metrics({ evaluation }: { readonly evaluation: Evaluation }) {
  return Object.entries(evaluation.metrics).map(([name, figure]) => (
    <div key={name} class="card tile" title={intervalTitle(figure)}>
      <span class="label">{name}</span>
      <span class="big">{metricText(figure.value, isShare(name))}</span>
      <span class="foot">{between(figure, isShare(name))}</span>
    </div>
  ));
}

/** Whether expectations hold, one a line; each leads to its place in the program. */
function Expectations({ evaluation, state }: { readonly evaluation: Evaluation; readonly state: EvaluateState }) {
  if (evaluation.expect.length === 0) return null;
  return (
    <ul class="card expectations" aria-label={t('Expectations')}>
      {evaluation.expect.map(({ text, held, value }, i) => (
        <li key={text} class={held ? 'held' : 'failed'}>
          <Icon name={held ? 'check' : 'error'} />
          <b>{held ? t('holds') : t('fails')}</b>
          <button type="button" class="link" onClick={() => state.goToLine(i)}>
            {text}
          </button>
          <span class="soft">{t('it is {0}', metricText(value, isShare(text.split('(')[0] ?? '')))}</span>
        </li>
      ))}
    </ul>
  );
}

function assertNever(value: never): never {
  throw new Error(`Unknown format: ${JSON.stringify(value)}`);
}
