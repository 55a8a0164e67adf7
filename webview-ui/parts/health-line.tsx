/** The sentence about the run, with a link to the line of the program that it is about. */
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
  const health = healthOf(head, host.store.run.value, host.store.progress.value);
  const place = health.problem?.place;
  return (
    <div class={`health ${health.tone}`} role={health.tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={ICONS[health.tone]} />
      <p>
        {health.title === '' ? null : <b>{health.title}</b>} {health.text}{' '}
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
      </p>
    </div>
  );
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
