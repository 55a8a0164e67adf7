/** How runs are called in lists, titles and the status bar. Pure. */
import {
  type EventNumber,
  numberOf,
  type RunProgress,
  type RunRecord,
  type RunState,
  type RunStateName,
} from '../../protocol/index.ts';
import { plain, shortened } from '../plain.ts';

/** `#14 quiet-heron`. */
export function runTitle(record: Pick<RunRecord, 'id' | 'number'>): string {
  return `#${record.number} ${record.id.replace(/^\d+-/, '')}`;
}

/** `digits #14 quiet-heron`, where a sentence goes on after it: names from files of others may have any length. */
export function nameInSentence(record: Pick<RunRecord, 'id' | 'number' | 'title'>): string {
  return `${shortened(record.title)} ${shortened(runTitle(record))}`;
}

/** Beside the title in lists: `51% · 98.41% · mnist Digits`. */
export function runDescription(record: RunRecord, state: RunStateName): string {
  return [runValue(record, state), record.title].filter((part) => part !== '').join(' · ');
}

/** How far it is and how good, or where its loss broke: `51% · 98.41%`, `NaN · step 412`. */
export function runValue(record: RunRecord, state: RunStateName): string {
  const broken = /\bNaN\b.* at step (\d+)/u.exec(record.reason ?? '');
  if (state === 'failed' && broken !== null) return `NaN · step ${broken[1]}`;
  const best = record.best === undefined ? undefined : valueText(record.best.metric, record.best.value);
  const share = record.steps > 0 ? `${Math.floor((record.step * 100) / record.steps)}%` : '';
  const parts = isAlive(state) ? [share, best] : [best ?? lastValue(record)];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

export function isAlive(state: RunStateName): boolean {
  return state === 'preparing' || state === 'running' || state === 'paused';
}

/** A share as a percentage, anything else with four digits. */
export function valueText(metric: string, value: EventNumber): string {
  const given = numberOf(value);
  if (!Number.isFinite(given)) return String(given);
  const share = /accuracy|precision|recall|f1|auc|iou/i.test(metric) && given >= 0 && given <= 1;
  return share ? `${(given * 100).toFixed(2)}%` : String(Number(given.toPrecision(4)));
}

/** `0:41`, `1:02:05`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** The status bar while a run is alive: `mnist 3/5 · 51% · 98.41% · 0:39`. `value`: of the last check; '' where there is none. */
export function statusText(
  title: string,
  state: RunStateName,
  progress: RunProgress,
  epochs: number,
  steps: number,
  value = '',
): string {
  const name = plain(shortened(title));
  if (state === 'preparing') return `$(loading~spin) ${name}`;
  const icon = state === 'paused' ? '$(debug-pause)' : '$(loading~spin)';
  const epoch = epochs > 0 ? ` ${Math.max(1, progress.epoch)}/${epochs}` : '';
  const share = steps > 0 ? ` · ${Math.floor((progress.step * 100) / steps)}%` : '';
  const left = progress.left === undefined || state === 'paused' ? '' : ` · ${clock(progress.left)}`;
  return `${icon} ${name}${epoch}${share}${value === '' ? '' : ` · ${value}`}${left}`;
}

/** What the last check of a run that is alive gave, by the metric that it is judged by. */
export function checkedValue({ started, epochs }: Pick<RunState, 'started' | 'epochs'>): string {
  const metrics = started?.metrics ?? [];
  const name = (metrics.find((metric) => metric.name !== 'loss') ?? metrics[0])?.name;
  const last = epochs.at(-1);
  const value = name === undefined ? undefined : (last?.validation?.[name] ?? last?.train[name]);
  return name === undefined || value === undefined ? '' : valueText(name, value);
}

function lastValue(record: RunRecord): string | undefined {
  const names = Object.keys(record.metrics).filter((name) => name !== 'loss');
  const name = names.find((each) => each.startsWith('validation.') && each !== 'validation.loss') ?? names[0] ?? 'loss';
  const value = record.metrics[name];
  return value === undefined ? undefined : valueText(name, value);
}
