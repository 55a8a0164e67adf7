/** Numbers as people read them: four significant digits, percentages, counts, durations. Never rounded to a false 0 or 100 %. */
import { type EventNumber, numberOf } from '../../protocol/index.ts';
import { locale } from './translate.ts';

/** A formatter takes longer to be made than a thousand numbers to be written, so each is made once. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale()} ${Object.values(options).join()} ${Object.keys(options).join()}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale(), options);
  formatters.set(key, made);
  return made;
}

/** Four significant digits; very large and very small ones with an exponent; `NaN` and `∞` as what they are. */
export function number(value: EventNumber | undefined, digits = 4): string {
  if (value === undefined) return '–';
  const given = numberOf(value);
  if (Number.isNaN(given)) return 'NaN';
  if (!Number.isFinite(given)) return given > 0 ? '∞' : '−∞';
  const size = Math.abs(given);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return given.toExponential(2).replace('e+', 'e');
  return formatter({
    maximumSignificantDigits: digits,
    minimumSignificantDigits: Math.min(digits, 3),
  }).format(given);
}

/** What was set, as it was written: `0.1`, `3e-4`. */
export function setting(value: EventNumber | undefined): string {
  const given = value === undefined ? Number.NaN : numberOf(value);
  if (!Number.isFinite(given)) return number(value);
  const size = Math.abs(given);
  if (size !== 0 && size < 1e-2) return Number(given.toPrecision(4)).toExponential();
  return formatter({ maximumSignificantDigits: 4 }).format(given);
}

/** `0.9841` → `98.41`, without the sign. */
export function percentNumber(value: EventNumber | undefined): string {
  if (value === undefined) return '–';
  const given = numberOf(value) * 100;
  if (!Number.isFinite(given)) return number(given);
  return formatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(given);
}

/** A share beside an axis: `98.5%`, `100%`. */
export function shortPercent(value: number): string {
  return `${formatter({ maximumFractionDigits: 2 }).format(value * 100)}%`;
}

/** A value of a metric: as a percentage where it is a share. */
export function metricText(value: EventNumber | undefined, share: boolean): string {
  const finite = value !== undefined && Number.isFinite(numberOf(value));
  return share && finite ? `${percentNumber(value)}%` : number(value);
}

/** Bytes as `3.1 GiB`. */
export function gibibytes(bytes: number): string {
  const size = bytes / 2 ** 30;
  return `${formatter({ maximumFractionDigits: size < 10 ? 1 : 0 }).format(size)} GiB`;
}

/** `2412` → `2,412`. */
export function count(value: number): string {
  return formatter({ maximumFractionDigits: 0 }).format(value);
}

/** `12500` → `12.5k`, for axes. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${trim(value / 1e9)}G`;
  if (size >= 1e6) return `${trim(value / 1e6)}M`;
  if (size >= 1000) return `${trim(value / 1000)}k`;
  if (size !== 0 && size < 1e-2) return Number(value.toPrecision(3)).toExponential();
  return trim(value);
}

/** Seconds as `0:41`, `12:05`, `3:07:10`, `2 d 3 h`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const days = Math.floor(whole / 86400);
  if (days > 0) return `${days} d ${Math.floor((whole % 86400) / 3600)} h`;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** Seconds that have passed: with tenths while they are few. */
export function elapsedText(seconds: number): string {
  return seconds < 10 ? `${number(Math.max(0, Math.round(seconds * 10) / 10), 2)} s` : duration(seconds);
}

/** A rate as `58.9` or `3,770`. */
export function rate(value: number): string {
  return value >= 100 ? count(value) : number(value, 3);
}

function trim(value: number): string {
  return String(Number(value.toPrecision(3)));
}
