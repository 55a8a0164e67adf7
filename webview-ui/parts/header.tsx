/** Name and state of the run, where it is, and what can be done with it. */
import type { PanelHead, RunState } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { engineReason, engineTitle } from '../text/engine-reason.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { proposedRate } from './health-line.tsx';
import { Icon } from './icon.tsx';
import { RunMenu } from './run-menu.tsx';
import { stateText } from './state-text.ts';

/** The first row of the panel. */
export function Header() {
  const { store } = useHost();
  const head = store.head.value;
  if (head === undefined) return null;
  return (
    <header class="head">
      <div class="who">
        <div class="title">
          <i class={`state-dot ${head.state}`} aria-hidden="true" />
          <h1 title={`${head.title} ${nameOf(head)}`}>
            {head.title} <span class="run-name">{nameOf(head)}</span>
          </h1>
        </div>
        <span class={`badge ${head.state}`}>{badgeText(head, store.run.value)}</span>
        <span class="where">{whereText(store.run.value)}</span>
        {store.run.value.started === undefined ? null : (
          <span class="where engine" title={engineReason(store.run.value.started.engine.reason)}>
            <Icon name="chip" /> {engineTitle(store.run.value.started.engine.title)}
          </span>
        )}
      </div>
      <Controls head={head} />
    </header>
  );
}

function Controls({ head }: { readonly head: PanelHead }) {
  const host = useHost();
  const alive = head.state === 'running' || head.state === 'paused' || head.state === 'preparing';
  return (
    <div class="controls" role="toolbar" aria-label={t('Run')}>
      {alive && head.attached && head.state !== 'preparing' ? (
        <button
          type="button"
          disabled={head.stopping}
          onClick={() => host.command(head.state === 'paused' ? 'resume' : 'pause')}
        >
          <Icon name={head.state === 'paused' ? 'play' : 'pause'} />
          {head.state === 'paused' ? t('Resume') : t('Pause')}
        </button>
      ) : null}
      {alive && head.attached ? (
        <button
          type="button"
          class={head.stopping ? 'danger' : ''}
          title={head.stopping ? t('Ends at once, without a checkpoint') : t('Saves a checkpoint and ends')}
          onClick={() => host.command('stop')}
        >
          <Icon name="stop" />
          {head.stopping ? t('Stop now') : t('Stop')}
        </button>
      ) : null}
      {!alive && head.resumable ? <ContinueButtons head={head} /> : null}
      <RunMenu head={head} alive={alive && head.attached} />
    </div>
  );
}

/** Of a run whose loss broke the word says so. */
function badgeText(head: PanelHead, run: RunState): string {
  if (head.stopping && head.state === 'running') return t('Stopping');
  const broken = head.state === 'failed' && run.problems.some(({ code }) => code === 'train/not-finite');
  return broken ? `${stateText(head.state)} · NaN` : stateText(head.state);
}

/** A run whose loss broke goes on with the learning rate that was found better; any other one as it was. */
function ContinueButtons({ head }: { readonly head: PanelHead }) {
  const host = useHost();
  const { problems, checkpoints } = host.store.run.value;
  const broken = problems.filter(({ code }) => code === 'train/not-finite').at(-1);
  const rate = head.state === 'failed' && broken !== undefined ? proposedRate(broken.message) : undefined;
  const step = checkpoints.at(-1)?.step;
  return (
    <>
      {rate === undefined || broken === undefined || step === undefined ? null : (
        <button type="button" class="primary" onClick={() => host.command('fixAndResume', broken.seq)}>
          <Icon name="play" />
          {t('Continue from step {0} with rate {1}', count(step), rate)}
        </button>
      )}
      <button
        type="button"
        class={rate === undefined ? 'primary' : ''}
        title={step === undefined ? undefined : t('From the checkpoint of step {0}', count(step))}
        onClick={() => host.command('continue')}
      >
        {rate === undefined ? <Icon name="play" /> : null}
        {t('Continue')}
      </button>
    </>
  );
}

/** `#14 quiet-heron`. */
function nameOf(head: PanelHead): string {
  return `#${head.number} ${head.id.replace(/^\d+-/, '')}`;
}

function whereText(run: RunState): string {
  const started = run.started;
  if (started === undefined) return '';
  const epoch = started.epochs > 0 ? t('epoch {0} of {1}', count(Math.max(1, run.epoch)), count(started.epochs)) : '';
  const step = t('step {0} of {1}', count(run.step), count(started.steps));
  return [epoch, step].filter((text) => text !== '').join(' · ');
}
