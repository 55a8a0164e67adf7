/**
 * Where the pixels of a moved picture come from. Moves that follow each other are put together, so that a picture is
 * interpolated once however often it was moved; what comes in from outside is 0.
 */
import { unpack } from '../packed.ts';
import type { Numbers } from '../values.ts';

/** The half-open stretch of the source that is to be seen. */
interface Window {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/**
 * The pixel (x, y) of the result lies at (ax·x + bx·y + cx, ay·x + by·y + cy) of the source; whole numbers are the middles of
 * pixels.
 */
export class Motion {
  #ax = 1;
  #bx = 0;
  #cx = 0;
  #ay = 0;
  #by = 1;
  #cy = 0;
  /** Of the result as it is by now. */
  height = 0;
  width = 0;
  #still = true;
  /** Every pixel falls on a pixel. */
  #exact = true;
  /** A border was cut off that the next move must not bring back. */
  #cut = false;
  readonly #seen: Window = { top: 0, bottom: 0, left: 0, right: 0 };

  /** Nothing is moved. */
  begin(height: number, width: number): void {
    this.#ax = 1;
    this.#bx = 0;
    this.#cx = 0;
    this.#ay = 0;
    this.#by = 1;
    this.#cy = 0;
    this.height = height;
    this.width = width;
    this.#still = true;
    this.#exact = true;
    this.#cut = false;
    this.#seen.top = 0;
    this.#seen.left = 0;
    this.#seen.bottom = height;
    this.#seen.right = width;
  }

  get still(): boolean {
    return this.#still;
  }

  get exact(): boolean {
    return this.#exact;
  }

  /** True where what was moved so far must be drawn before the picture is padded, or moved after a cut. */
  needsDrawing(move: 'turn' | 'pad'): boolean {
    return !this.#exact && (move === 'pad' || this.#cut);
  }

  flip(vertical: boolean): void {
    if (vertical) this.#then(1, 0, 0, 0, -1, this.height - 1, true);
    else this.#then(-1, 0, this.width - 1, 0, 1, 0, true);
  }

  /** To the right and down. */
  shift(across: number, down: number): void {
    this.#settle();
    this.#then(1, 0, -across, 0, 1, -down, Number.isInteger(across) && Number.isInteger(down));
  }

  crop(top: number, left: number, height: number, width: number): void {
    this.#settle();
    this.#then(1, 0, left, 0, 1, top, true);
    this.height = height;
    this.width = width;
    this.#cut = true;
  }

  pad(border: number): void {
    this.#cut = true;
    this.#settle();
    this.#then(1, 0, -border, 0, 1, -border, true);
    this.height += 2 * border;
    this.width += 2 * border;
  }

  /** Around the middle, by a matrix from places of the result to places of the source. */
  turn(xx: number, xy: number, yx: number, yy: number): void {
    this.#settle();
    const [x, y] = [(this.width - 1) / 2, (this.height - 1) / 2];
    this.#then(xx, xy, x - xx * x - xy * y, yx, yy, y - yx * x - yy * y, false);
  }

  /** What was cut off is not seen again. Only of exact motions: others are drawn before. */
  #settle(): void {
    if (!this.#cut) return;
    this.#cut = false;
    const seen = this.#seen;
    const [x0, x1] = [this.#cx, this.#ax * (this.width - 1) + this.#cx];
    const [y0, y1] = [this.#cy, this.#by * (this.height - 1) + this.#cy];
    seen.left = Math.max(seen.left, Math.min(x0, x1));
    seen.right = Math.min(seen.right, Math.max(x0, x1) + 1);
    seen.top = Math.max(seen.top, Math.min(y0, y1));
    seen.bottom = Math.min(seen.bottom, Math.max(y0, y1) + 1);
  }

  #then(xx: number, xy: number, x0: number, yx: number, yy: number, y0: number, exact: boolean): void {
    const [ax, bx, ay, by] = [this.#ax, this.#bx, this.#ay, this.#by];
    this.#cx += ax * x0 + bx * y0;
    this.#cy += ay * x0 + by * y0;
    this.#ax = ax * xx + bx * yx;
    this.#bx = ax * xy + bx * yy;
    this.#ay = ay * xx + by * yx;
    this.#by = ay * xy + by * yy;
    this.#still = false;
    this.#exact &&= exact;
  }

  /** The moved picture, written from `at` on. `nearest`: numbers between two pixels would mean something else. */
  draw(from: Numbers, start: number, width: number, channels: number, to: Numbers, at: number, nearest: boolean): void {
    if (this.#exact) this.#copy(from, start, width, channels, to, at, undefined);
    else if (nearest) this.#pick(from, start, width, channels, to, at);
    else this.#blend(from, start, width, channels, to, at);
  }

  /** As `draw` where every pixel falls on a pixel, of bytes that stand for numbers. */
  unpack(
    from: Uint8Array,
    start: number,
    width: number,
    channels: number,
    table: Float32Array,
    to: Float32Array,
    at: number,
  ): void {
    this.#copy(from, start, width, channels, to, at, table);
  }

  #copy(
    from: Numbers,
    start: number,
    width: number,
    channels: number,
    to: Numbers,
    at: number,
    table: Float32Array | undefined,
  ): void {
    const { top, bottom, left, right } = this.#seen;
    const step = this.#ax;
    // The stretch of a line that comes from the source; the rest of it is 0.
    const first = step > 0 ? left - this.#cx : this.#cx - right + 1;
    const low = Math.min(this.width, Math.max(0, first));
    const high = Math.min(this.width, Math.max(low, step > 0 ? right - this.#cx : this.#cx - left + 1));
    const line = this.width * channels;
    for (let y = 0; y < this.height; y++) {
      const sy = this.#by * y + this.#cy;
      const begin = at + y * line;
      if (sy < top || sy >= bottom || low >= high) {
        to.fill(0, begin, begin + line);
        continue;
      }
      if (low > 0) to.fill(0, begin, begin + low * channels);
      if (high < this.width) to.fill(0, begin + high * channels, begin + line);
      const source = start + (sy * width + step * low + this.#cx) * channels;
      const end = begin + high * channels;
      if (table !== undefined && from instanceof Uint8Array && to instanceof Float32Array) {
        if (step > 0) unpack(from, source, source + (high - low) * channels, table, to, begin + low * channels);
        else unpackBackward(from, source, to, begin + low * channels, end, channels, table);
      } else if (step > 0) copyForward(from, source, to, begin + low * channels, end);
      else copyBackward(from, source, to, begin + low * channels, end, channels);
    }
  }

  #pick(from: Numbers, start: number, width: number, channels: number, to: Numbers, at: number): void {
    const { top, bottom, left, right } = this.#seen;
    let i = at;
    for (let y = 0; y < this.height; y++) {
      let sx = this.#bx * y + this.#cx;
      let sy = this.#by * y + this.#cy;
      for (let x = 0; x < this.width; x++, sx += this.#ax, sy += this.#ay) {
        const [column, row] = [Math.round(sx), Math.round(sy)];
        const inside = column >= left && column < right && row >= top && row < bottom;
        const source = start + (row * width + column) * channels;
        for (let k = 0; k < channels; k++) to[i++] = inside ? (from[source + k] ?? 0) : 0;
      }
    }
  }

  #blend(from: Numbers, start: number, width: number, channels: number, to: Numbers, at: number): void {
    const { top, bottom, left, right } = this.#seen;
    let i = at;
    for (let y = 0; y < this.height; y++) {
      const lineX = this.#bx * y + this.#cx;
      const lineY = this.#by * y + this.#cy;
      for (let x = 0; x < this.width; x++) {
        const sx = this.#ax * x + lineX;
        const sy = this.#ay * x + lineY;
        const column = Math.floor(sx);
        const row = Math.floor(sy);
        const [u, v] = [sx - column, sy - row];
        // Of the four pixels around the place, those outside count as 0.
        const west = column >= left && column < right ? 1 - u : 0;
        const east = column + 1 >= left && column + 1 < right ? u : 0;
        const north = row >= top && row < bottom ? 1 - v : 0;
        const south = row + 1 >= top && row + 1 < bottom ? v : 0;
        const source = start + (row * width + column) * channels;
        const below = source + width * channels;
        for (let k = 0; k < channels; k++) {
          let sum = 0;
          if (north > 0) {
            if (west > 0) sum += north * west * (from[source + k] ?? 0);
            if (east > 0) sum += north * east * (from[source + channels + k] ?? 0);
          }
          if (south > 0) {
            if (west > 0) sum += south * west * (from[below + k] ?? 0);
            if (east > 0) sum += south * east * (from[below + channels + k] ?? 0);
          }
          to[i++] = sum;
        }
      }
    }
  }
}

/** Numbers of a line from which on calling out for a copy pays. */
const LONG = 64;

function copyForward(from: Numbers, source: number, to: Numbers, begin: number, end: number): void {
  if (end - begin >= LONG && from.constructor === to.constructor) {
    to.set(from.subarray(source, source + end - begin), begin);
    return;
  }
  const away = source - begin;
  for (let i = begin; i < end; i++) to[i] = from[i + away] ?? 0;
}

/** Pixel by pixel from right to left; `source` is the first one taken. Grey and colour go without an inner loop. */
function copyBackward(from: Numbers, source: number, to: Numbers, begin: number, end: number, channels: number): void {
  let at = source;
  if (channels === 1) {
    for (let i = begin; i < end; i++, at--) to[i] = from[at] ?? 0;
  } else if (channels === 3) {
    for (let i = begin; i < end; i += 3, at -= 3) {
      to[i] = from[at] ?? 0;
      to[i + 1] = from[at + 1] ?? 0;
      to[i + 2] = from[at + 2] ?? 0;
    }
  } else {
    for (let i = begin; i < end; at -= channels) {
      for (let k = 0; k < channels; k++, i++) to[i] = from[at + k] ?? 0;
    }
  }
}

/** As `copyBackward`, of bytes that stand for numbers. */
function unpackBackward(
  from: Uint8Array,
  source: number,
  to: Float32Array,
  begin: number,
  end: number,
  channels: number,
  table: Float32Array,
): void {
  let at = source;
  if (channels === 3) {
    for (let i = begin; i < end; i += 3, at -= 3) {
      to[i] = table[from[at] ?? 0] ?? 0;
      to[i + 1] = table[from[at + 1] ?? 0] ?? 0;
      to[i + 2] = table[from[at + 2] ?? 0] ?? 0;
    }
    return;
  }
  for (let i = begin; i < end; at -= channels) {
    for (let k = 0; k < channels; k++, i++) to[i] = table[from[at + k] ?? 0] ?? 0;
  }
}
