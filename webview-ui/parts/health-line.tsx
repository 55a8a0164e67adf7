/** The sentence about the run, with a link to the line of the program that it is about. */
import type { ProblemEvent } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { type Health, healthOf } from '../health.ts';
import { t } from '../text/translate.ts';
import { Icon, type IconName } from './icon.tsx';

const ICONS: Readonly<Record<Health['tone'], IconName>> = {
  good: 'pulse',
  calm: 'clock',
  warn: 'warning',
  bad: 'error',
};

/** Spoken by a screen reader when it changes; at once where something failed. */
export function HealthLine() {
  const host = useHost();
  const head = host.store.head.value;
  if (head === undefined) return null;
  const health = healthOf(head, host.store.run.value, host.store.progress.value, host.store.ghost.value);
  const place = health.problem?.place;
  return (
    <div class={`health ${health.tone}`} role={health.tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={ICONS[health.tone]} />
      <p>
        {health.title === '' ? null : (
          <b>
            <Coded text={health.title} />
          </b>
        )}{' '}
        <Coded text={health.text} />{' '}
        {place === undefined ? null : (
          <button
            type="button"
            class="link"
            onClick={() => host.command('showPlace', health.problem?.seq)}
            aria-label={t('Show line {0} of {1}', place.line, place.file)}
          >
            {nameOf(place.file)}:{place.line}
          </button>
        )}
        <Links problem={health.problem} failed={head.state === 'failed'} />
      </p>
    </div>
  );
}

/** A sentence whose words of the language stand between backticks. */
function Coded({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>;
}

/** What can be done about a finding: in the program, and by looking closer. */
function Links({ problem, failed }: { readonly problem: ProblemEvent | undefined; readonly failed: boolean }) {
  const host = useHost();
  if (problem === undefined) return null;
  const { view } = host.store;
  const step = problem.step;
  const closer = () => {
    if (step === undefined) return;
    const zoom = { from: Math.max(0, step - LOOK_BACK), to: step + Math.ceil(LOOK_BACK / 20) };
    view.value = { ...view.value, tab: 'metrics', axis: 'step', zoom };
  };
  return (
    <>
      {hasFix(problem) ? (
        <>
          {' · '}
          <button type="button" class="link" onClick={() => host.command('fix', problem.seq)}>
            {t('Change it in the program')}
          </button>
        </>
      ) : null}
      {failed && step !== undefined && step > 1 ? (
        <>
          {' · '}
          <button type="button" class="link" onClick={closer}>
            {t('Show the last {0} steps', Math.min(LOOK_BACK, step))}
          </button>
        </>
      ) : null}
    </>
  );
}

/** Steps before a failure that are looked at closer. */
const LOOK_BACK = 100;

/** The words of a finding propose an edit. */
export function hasFix({ message, place }: ProblemEvent): boolean {
  return place !== undefined && (message.includes('`clip: 1.0`') || proposedRate(message) !== undefined);
}

/** The learning rate that the words of a finding propose. */
export function proposedRate(message: string): string | undefined {
  return /\b[Tt]ry (?:the learning rate )?(\d[\d.e+-]*\d|\d)/u.exec(message)?.[1];
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
