/**
 * Step events from the bytes of `metrics.jsonl` straight into columns. A run writes lines of one or two shapes: what stands
 * between the values is compared with the line before, and only the values are read. A line of another shape is parsed and
 * checked as any event is; nothing is taken that the slow way would not take.
 */
import {
  appendStep,
  columnOf,
  numberOf,
  parseEventLine,
  parseJson,
  type RunColumns,
  reserve,
  type StepEvent,
} from '../protocol/index.ts';
import { type LineShape, shapeOf } from './line-shape.ts';

/** What the rows say beyond the columns. */
export interface LastStep {
  readonly seq: number;
  readonly step: number;
  readonly epoch: number;
  readonly time: number;
}

export interface StepSink {
  readonly columns: RunColumns;
  /** Rows up to this number are known; moved with each row, so that no line is taken twice. */
  after: number;
  /** Called before each row; may shorten the columns. */
  readonly before: (seq: number) => void;
}

/** Shapes that are remembered: with the load of the machine and without, with a gradient norm and without. */
const SHAPES = 6;
const NEWLINE = 10;

export class StepLines {
  readonly #shapes: LineShape[] = [];
  /** Values of the line that is read. */
  readonly #values = new Float64Array(128);
  #at = 0;
  /** The arrays of each shape's columns, until the columns grow. */
  readonly #arrays = new Map<LineShape, Float32Array[]>();
  #capacity = 0;
  #owner: RunColumns | undefined;

  /** Takes the whole lines of `bytes` up to `end`; answers the last row, undefined where none was new. */
  take(bytes: Buffer, end: number, sink: StepSink): LastStep | undefined {
    let last: LastStep | undefined;
    let from = 0;
    while (from < end) {
      const shape = this.#match(bytes, from, end);
      if (shape !== undefined) {
        last = this.#append(shape, sink) ?? last;
        from = this.#at + 1;
        continue;
      }
      const line = bytes.indexOf(NEWLINE, from);
      const to = line < 0 || line > end ? end : line;
      last = this.#slow(bytes.toString('utf8', from, to), sink) ?? last;
      from = to + 1;
    }
    return last;
  }

  /** The shape that the line has; its values are then in `#values`, and `#at` is its end. */
  #match(bytes: Buffer, from: number, end: number): LineShape | undefined {
    for (let index = 0; index < this.#shapes.length; index++) {
      const shape = this.#shapes[index];
      if (shape === undefined || !this.#fits(shape, bytes, from, end)) continue;
      if (index > 1) {
        this.#shapes.splice(index, 1);
        this.#shapes.unshift(shape);
      }
      return shape;
    }
    return undefined;
  }

  #fits(shape: LineShape, bytes: Buffer, from: number, end: number): boolean {
    const { pieces } = shape;
    const last = pieces.length - 1;
    let at = from;
    for (let index = 0; ; index++) {
      const piece = pieces[index];
      if (piece === undefined) return false;
      for (let i = 0; i < piece.length; i++) if (bytes[at + i] !== piece[i]) return false;
      at += piece.length;
      if (index === last) break;
      this.#at = at;
      const value = this.#number(bytes);
      if (this.#at === at) return false;
      this.#values[index] = value;
      at = this.#at;
    }
    this.#at = at;
    return at < end && bytes[at] === NEWLINE && this.#isStep(shape);
  }

  /** Numbers that count are whole and not negative: the slow way would refuse others. */
  #isStep({ counts, finite }: LineShape): boolean {
    for (const index of counts) {
      const value = this.#values[index] ?? -1;
      if (!(value >= 0) || !Number.isSafeInteger(value)) return false;
    }
    for (const index of finite) if (!Number.isFinite(this.#values[index])) return false;
    return true;
  }

  /** The number that begins at `#at`, which is moved behind it; not moved where there is none. */
  #number(bytes: Buffer): number {
    let at = this.#at;
    const start = at;
    if (bytes[at] === 34) return this.#word(bytes);
    const negative = bytes[at] === 45;
    if (negative) at += 1;
    let mantissa = 0;
    let digits = 0;
    let point = 0;
    const first = bytes[at] ?? 0;
    for (let byte = first; byte >= 48 && byte <= 57; byte = bytes[++at] ?? 0) {
      mantissa = mantissa * 10 + byte - 48;
      digits += 1;
    }
    // JSON knows no number without a digit in front, and none that begins with a nought but for 0 itself.
    if (digits === 0 || (first === 48 && digits > 1)) return Number.NaN;
    if (bytes[at] === 46) {
      const before = at;
      for (let byte = bytes[++at] ?? 0; byte >= 48 && byte <= 57; byte = bytes[++at] ?? 0) {
        mantissa = mantissa * 10 + byte - 48;
        digits += 1;
        point += 1;
      }
      if (at === before + 1) return Number.NaN;
    }
    const exponent = bytes[at];
    if (exponent === 101 || exponent === 69 || digits > 15 || point > 22) return this.#long(bytes, start, at);
    this.#at = at;
    // Exact: both are whole numbers that a double holds, and one division rounds once.
    const value = point === 0 ? mantissa : mantissa / (POWERS[point] ?? 1);
    return negative ? -value : value;
  }

  /** A number with an exponent or with many digits: as JSON reads it. */
  #long(bytes: Buffer, start: number, from: number): number {
    let at = from;
    for (let byte = bytes[at] ?? 0; isNumberByte(byte); byte = bytes[++at] ?? 0);
    const value = parseJson(bytes.toString('latin1', start, at));
    if (typeof value !== 'number' || !Number.isFinite(value)) return Number.NaN;
    this.#at = at;
    return value;
  }

  /** "NaN", "Infinity" or "-Infinity". */
  #word(bytes: Buffer): number {
    const end = bytes.indexOf(34, this.#at + 1);
    const word = end < 0 || end - this.#at > 10 ? '' : bytes.toString('latin1', this.#at + 1, end);
    if (word !== 'NaN' && word !== 'Infinity' && word !== '-Infinity') return 0;
    this.#at = end + 1;
    return numberOf(word);
  }

  #append(shape: LineShape, sink: StepSink): LastStep | undefined {
    const values = this.#values;
    const seq = values[shape.seq] ?? 0;
    if (seq <= sink.after) return undefined;
    sink.after = seq;
    sink.before(seq);
    const { columns } = sink;
    const row = columns.length;
    reserve(columns, row + 1);
    const arrays = this.#arraysOf(shape, columns);
    columns.step[row] = values[shape.step] ?? 0;
    columns.time[row] = values[shape.time] ?? 0;
    if (columns.values.size > shape.distinct) {
      for (const array of columns.values.values()) array[row] = row > 0 ? (array[row - 1] ?? Number.NaN) : Number.NaN;
    }
    for (let index = 0; index < arrays.length; index++) {
      const array = arrays[index];
      if (array !== undefined) array[row] = values[shape.targets[index] ?? 0] ?? Number.NaN;
    }
    columns.length = row + 1;
    return { seq, step: columns.step[row] ?? 0, epoch: values[shape.epoch] ?? 0, time: columns.time[row] ?? 0 };
  }

  #arraysOf(shape: LineShape, columns: RunColumns): Float32Array[] {
    if (this.#capacity !== columns.step.length || this.#owner !== columns) this.#arrays.clear();
    this.#capacity = columns.step.length;
    this.#owner = columns;
    const known = this.#arrays.get(shape);
    if (known !== undefined) return known;
    const arrays = shape.names.map((name) => columnOf(columns, name));
    this.#arrays.set(shape, arrays);
    return arrays;
  }

  #slow(line: string, sink: StepSink): LastStep | undefined {
    const event = line === '' ? undefined : parseEventLine(line);
    if (event?.kind !== 'step') return undefined;
    this.#remember(line, event);
    const { seq, step, epoch, time } = event;
    if (seq <= sink.after) return undefined;
    sink.after = seq;
    sink.before(seq);
    appendStep(sink.columns, event);
    return { seq, step, epoch, time };
  }

  #remember(line: string, event: StepEvent): void {
    const shape = shapeOf(line, event);
    if (shape === undefined) return;
    this.#shapes.unshift(shape);
    if (this.#shapes.length > SHAPES) this.#shapes.pop();
  }
}

const POWERS = Array.from({ length: 23 }, (_, power) => 10 ** power);

function isNumberByte(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || byte === 43 || byte === 45 || byte === 46 || byte === 69 || byte === 101;
}
