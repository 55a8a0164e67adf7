/** Where the time of the run went. */
import type { TimeSplit } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { t } from '../text/translate.ts';
import { CardTools } from './card-tools.tsx';

const PARTS = ['compute', 'data', 'validation', 'checkpoint'] as const;

/** A bar of four parts, with their shares in words. */
export function TimeSplitCard() {
  const { spent } = useHost().store.progress.value;
  const shares = sharesOf(spent);
  return (
    <section class="card" data-card="time">
      <header class="legend">
        <h2 draggable>{t('Where the time goes')}</h2>
        <CardTools id="time" />
      </header>
      <div class="split" aria-hidden="true">
        {PARTS.map((part) =>
          shares[part] > 0 ? <div key={part} class={part} style={{ flexGrow: shares[part] }} /> : null,
        )}
      </div>
      <ul class="split-legend">
        {PARTS.map((part) => (
          <li key={part}>
            <i class={`dot ${part}`} aria-hidden="true" />
            {nameOf(part)} <b>{Math.round(shares[part] * 100)}%</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Shares of the whole, 0 to 1. */
export function sharesOf(spent: TimeSplit): TimeSplit {
  const sum = PARTS.reduce((total, part) => total + spent[part], 0) || 1;
  return {
    compute: spent.compute / sum,
    data: spent.data / sum,
    validation: spent.validation / sum,
    checkpoint: spent.checkpoint / sum,
  };
}

function nameOf(part: (typeof PARTS)[number]): string {
  switch (part) {
    case 'compute':
      return t('compute');
    case 'data':
      return t('data');
    case 'validation':
      return t('validation pass');
    case 'checkpoint':
      return t('checkpoint');
    default:
      return assertNever(part);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown part: ${JSON.stringify(value)}`);
}
