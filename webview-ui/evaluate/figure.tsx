/** A figure with its interval, as text and as a bar with a whisker. */
import { type Figure, numberOf } from '../../protocol/index.ts';
import { metricText, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';

/** Metrics that are shares, shown as percentages. */
const SHARES: ReadonlySet<string> = new Set(['accuracy', 'topK', 'confusion']);

/** Whether a metric of this name is a share. */
export function isShare(name: string): boolean {
  return SHARES.has(name.replace(/^validation\./, '').split('.')[0] ?? '');
}

/** `98.50% to 98.97%`; '' where no interval is known. */
export function between(figure: Figure, share = false): string {
  if (figure.low === undefined || figure.high === undefined) return '';
  return t('{0} to {1}', metricText(figure.low, share), metricText(figure.high, share));
}

/** What the interval is, for a title. */
export function intervalTitle(figure: Figure): string {
  return figure.method === undefined ? '' : t('Interval of 95 %, {0}: {1}', methodText(figure.method), between(figure));
}

function methodText(method: NonNullable<Figure['method']>): string {
  switch (method) {
    case 'wilson':
      return 'Wilson';
    case 'normal':
      return t('normal');
    case 'delong':
      return 'DeLong';
    case 'bootstrap':
      return t('by drawing rows anew');
    default:
      return assertNever(method);
  }
}

/** The number, with its interval for those who point or listen. */
export function FigureText({ figure, share = false }: { readonly figure: Figure; readonly share?: boolean }) {
  const text = between(figure, share);
  return (
    <span title={intervalTitle(figure)}>
      {metricText(figure.value, share)}
      {text === '' ? null : <span class="unseen">{` (${text})`}</span>}
    </span>
  );
}

/** A share as a bar with its interval as a whisker, and the number behind. */
export function FigureBar({ figure }: { readonly figure: Figure }) {
  const value = numberOf(figure.value);
  const part = (share: number): string => `${(100 * Math.max(0, Math.min(1, share))).toFixed(2)}%`;
  const { low, high } = figure;
  return (
    <span class="figure-bar" title={intervalTitle(figure)}>
      <span class="track" aria-hidden="true">
        <span class="fill" style={{ width: part(Number.isFinite(value) ? value : 0) }} />
        {low === undefined || high === undefined ? null : (
          <span class="whisker" style={{ left: part(low), width: part(high - low) }} />
        )}
      </span>
      <span>{number(figure.value, 3)}</span>
      {low === undefined ? null : <span class="unseen">{` (${between(figure)})`}</span>}
    </span>
  );
}

function assertNever(value: never): never {
  throw new Error(`Unknown method: ${JSON.stringify(value)}`);
}
