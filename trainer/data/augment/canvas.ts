/**
 * One row of a field on its way through augmentations. Moves are only noted until something needs the pixels; the numbers of
 * bytes are rounded once, when the row is finished.
 */
import { unpack } from '../packed.ts';
import type { Numbers } from '../values.ts';
import { Motion } from './motion.ts';

export type Kind = 'float32' | 'int32' | 'uint8' | 'bool';

/** What all rows of a field have in common. */
export interface Track {
  readonly kind: Kind;
  /** Of one row: pictures, sounds (one axis), or anything else as one line. */
  readonly shape: readonly number[];
  /** The lowest and highest number that the field may hold, where that is known. */
  readonly range: readonly [number, number] | undefined;
}

/** Height, width and channels; a sound is a line of pixels. */
export function frameOf(shape: readonly number[]): readonly [number, number, number] {
  const [a = 1, b = 1, c = 1] = shape;
  switch (shape.length) {
    case 2:
      return [a, b, 1];
    case 3:
      return [a, b, c];
    default:
      return [1, shape.reduce((product, size) => product * size, 1), 1];
  }
}

export class Canvas {
  readonly track: Track;
  readonly #motion = new Motion();
  #data: Numbers = new Float32Array(0);
  /** What the bytes of the data stand for. */
  #table: Float32Array | undefined;
  #unpacked = new Float32Array(0);
  #start = 0;
  #height = 0;
  #width = 0;
  #channels = 1;
  /** Two, so that one can be drawn from the other. */
  readonly #scratch: (Numbers | undefined)[] = [undefined, undefined];
  #turn = 0;
  /** The data is a scratch of our own. */
  #own = false;

  constructor(track: Track) {
    this.track = track;
  }

  /** `table`: the data are bytes that stand for its numbers. */
  begin(data: Numbers, start: number, shape: readonly number[], table?: Float32Array): void {
    this.#data = data;
    this.#table = table;
    this.#start = start;
    [this.#height, this.#width, this.#channels] = frameOf(shape);
    this.#own = false;
    this.#turn = 0;
    this.#motion.begin(this.#height, this.#width);
  }

  get height(): number {
    return this.#motion.height;
  }

  get width(): number {
    return this.#motion.width;
  }

  get channels(): number {
    return this.#channels;
  }

  /** The move that comes next, after the drawing of what it must not undo. */
  motionFor(move: 'turn' | 'pad' | 'flip'): Motion {
    if (move !== 'flip' && this.#motion.needsDrawing(move)) this.#draw();
    return this.#motion;
  }

  /** The pixels with all moves made, to be changed in place. */
  pixels(): Numbers {
    if (!this.#own || !this.#motion.still) this.#draw();
    return this.#data;
  }

  /** Another array of the size of the pixels, which then takes their place (`swap`). */
  other(): Numbers {
    return this.#spare(this.#height * this.#width * this.#channels);
  }

  swap(): void {
    this.#data = this.#scratch[this.#turn] ?? this.#data;
    this.#turn = 1 - this.#turn;
  }

  /** Writes the row. */
  finish(to: Numbers, at: number): void {
    const size = this.height * this.width * this.#channels;
    if (this.track.kind === 'uint8' && (this.#own || !this.#motion.exact)) {
      const from = this.pixels();
      for (let i = 0; i < size; i++) to[at + i] = Math.min(255, Math.max(0, Math.floor((from[i] ?? 0) + 0.5)));
      return;
    }
    this.#drawTo(to, at);
  }

  #draw(): void {
    const { height, width } = this.#motion;
    const to = this.#spare(height * width * this.#channels);
    this.#drawTo(to, 0);
    this.swap();
    this.#table = undefined;
    this.#start = 0;
    this.#own = true;
    this.#height = height;
    this.#width = width;
    this.#motion.begin(height, width);
  }

  #drawTo(to: Numbers, at: number): void {
    const [data, table] = [this.#data, this.#table];
    if (table !== undefined && data instanceof Uint8Array && to instanceof Float32Array) {
      if (this.#motion.exact) {
        this.#motion.unpack(data, this.#start, this.#width, this.#channels, table, to, at);
        return;
      }
      this.#unpack(data, table);
    }
    const nearest = this.track.kind === 'int32' || this.track.kind === 'bool';
    this.#motion.draw(this.#data, this.#start, this.#width, this.#channels, to, at, nearest);
  }

  /** Numbers between two pixels are made of numbers. */
  #unpack(bytes: Uint8Array, table: Float32Array): void {
    const size = this.#height * this.#width * this.#channels;
    if (this.#unpacked.length !== size) this.#unpacked = new Float32Array(size);
    unpack(bytes, this.#start, this.#start + size, table, this.#unpacked, 0);
    this.#data = this.#unpacked;
    this.#start = 0;
    this.#table = undefined;
  }

  #spare(size: number): Numbers {
    const held = this.#scratch[this.#turn];
    if (held?.length === size) return held;
    // Whole numbers stay whole; bytes are calculated with as decimal numbers.
    const made =
      this.track.kind === 'int32' || this.track.kind === 'bool' ? new Int32Array(size) : new Float32Array(size);
    this.#scratch[this.#turn] = made;
    return made;
  }
}
