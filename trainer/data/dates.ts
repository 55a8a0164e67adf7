/** `parseDate`: one part of dates that are written as texts. */
import { Failure } from '../failure.ts';
import { isEmpty } from './cells.ts';
import { emptyCell, quoted, type TransformContext } from './context.ts';
import { textsOf } from './texts.ts';
import type { Values } from './values.ts';
import { capital } from './values.ts';

interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const TIME = String.raw`(?:[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?`;
const FORMS: readonly RegExp[] = [
  String.raw`(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})`,
  String.raw`(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})`,
  String.raw`(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})`,
].map((date) => new RegExp(`^\\s*${date}${TIME}\\s*$`, 'u'));

const DAY = 24 * 60 * 60 * 1000;

/** The parts by the names that the catalogue gives them. */
const PARTS: Readonly<Record<string, (moment: Moment) => number>> = {
  year: ({ year }) => year,
  month: ({ month }) => month,
  day: ({ day }) => day,
  hour: ({ hour }) => hour,
  minute: ({ minute }) => minute,
  second: ({ second }) => second,
  // 1970 began with a Thursday; Monday is 0.
  weekday: ({ year, month, day }) => (Math.floor(Date.UTC(year, month - 1, day) / DAY) + 3) % 7,
  dayOfYear: ({ year, month, day }) => (Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / DAY + 1,
};

export function parseDates(x: Values, context: TransformContext): Values {
  const part = PARTS[String(context.node.settings.part)] ?? PARTS.year;
  const data = Float64Array.from(textsOf(x, context), (text, row) => {
    if (isEmpty(text)) throw emptyCell(context, row);
    const moment = momentOf(text);
    if (moment !== undefined && part !== undefined) return part(moment);
    throw new Failure(
      'data/not-a-date',
      `${capital(context.where(row))} holds ${quoted(text)}, which is no date that is known here: write 2024-05-17, 17.05.2024 or 05/17/2024, with the time behind it (13:45) if there is one.`,
      context.node.place,
    );
  });
  return { ...x, dtype: 'int32', data };
}

/** Undefined for what is no date, the 30th of February included. */
export function momentOf(text: string): Moment | undefined {
  const found = FORMS.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (!found) return undefined;
  const number = (name: keyof Moment) => Number(found[name] ?? 0);
  const [year, month, day] = [number('year'), number('month'), number('day')];
  const [hour, minute, second] = [number('hour'), number('minute'), number('second')];
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && hour < 24 && minute < 60 && second < 60 ? { year, month, day, hour, minute, second } : undefined;
}
