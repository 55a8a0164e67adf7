/**
 * TensorBoard's event files: records of (length, masked CRC-32C, protobuf, masked CRC-32C). Written next to our own lines,
 * so that TensorBoard and whatever imports its files can read a run as it grows.
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { protobuf } from '../../compiler/index.ts';
import type { HostTensor } from '../engine.ts';
import { type Appender, type Disk, isDiskFull } from './disk.ts';
import { type Histogram, histogramOf } from './histogram.ts';

const { bytes, double, encode, float, message, text, varint } = protobuf;
type Field = ReturnType<typeof text>;

export interface TensorBoard {
  scalars(time: number, step: number, values: Readonly<Record<string, number>>): void;
  /** How the numbers of each weight are spread. */
  histograms(time: number, step: number, weights: ReadonlyMap<string, HostTensor>): void;
  close(): void;
}

/** Opens a new file in the run's `tb` folder; `from` is the step that a resumed run goes on from: TensorBoard then drops what came after it. */
export function openTensorBoard(
  disk: Disk,
  run: string,
  time: number,
  pid: number,
  from: number | undefined,
): TensorBoard {
  const folder = join(run, 'tb');
  disk.makeFolder(folder);
  const seconds = String(Math.floor(time / 1000)).padStart(10, '0');
  const file = disk.appender(join(folder, `events.out.tfevents.${seconds}.${hostname()}.${pid}.0`));
  append(file, [double(1, time / 1000), text(3, 'brain.Event:2')]);
  // SessionLog with status START.
  if (from !== undefined) append(file, [double(1, time / 1000), varint(2, from + 1), message(7, [varint(1, 1)])]);
  return {
    scalars(at, step, values) {
      const summary = Object.entries(values).map(([tag, value]) => message(1, [text(1, tag), float(2, value)]));
      append(file, [double(1, at / 1000), varint(2, step), message(5, summary)]);
    },
    histograms(at, step, weights) {
      for (const [path, tensor] of weights) {
        const histogram = histogramOf(tensor);
        if (histogram === undefined) continue;
        const value = message(1, [text(1, `weights/${path}`), message(5, histogramFields(histogram))]);
        append(file, [double(1, at / 1000), varint(2, step), message(5, [value])]);
      }
    },
    close: () => file.close(),
  };
}

/** `HistogramProto`; its lists of doubles are packed. */
function histogramFields({ min, max, count, sum, squares, edges, counts }: Histogram): readonly Field[] {
  const packed = (values: Float64Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const numbers = [min, max, count, sum, squares].map((value, index) => double(index + 1, value));
  return [...numbers, bytes(6, packed(edges)), bytes(7, packed(counts))];
}

/** Values by the tags under which TensorBoard groups them. */
export function tagged(
  kind: 'step' | 'epoch' | 'layers',
  values: Readonly<Record<string, number>>,
): Record<string, number> {
  const prefix = kind === 'epoch' ? '' : `${kind}/`;
  // Names of layers have points of their own.
  const tag = (name: string): string => prefix + (kind === 'layers' ? name : name.replace('.', '/'));
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [tag(name), value]));
}

function append(file: Appender, fields: readonly Field[]): void {
  const event = encode(fields);
  const record = Buffer.alloc(event.length + 16);
  record.writeBigUInt64LE(BigInt(event.length), 0);
  record.writeUInt32LE(masked(crc32c(record.subarray(0, 8))), 8);
  record.set(event, 12);
  record.writeUInt32LE(masked(crc32c(record.subarray(12, 12 + event.length))), 12 + event.length);
  file.append(record);
}

// ---- CRC-32C (Castagnoli)

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

/** CRC-32C of some bytes. */
export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** As the record format masks it, so that a CRC of a CRC is no weakness. */
export function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Writes to the board. Our own lines are the truth and wait for space; TensorBoard's copy may have a gap. */
export function onBoard(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}
