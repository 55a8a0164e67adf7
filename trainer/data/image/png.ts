/** Plain PNG files: 8 bits a number, rows one after the other, no table of transparent colours. */
import { inflateSync } from 'node:zlib';
import type { Picture } from './decode.ts';

const SIGNATURE = 0x89504e47;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;

/** Undefined: another kind of PNG, none, or a damaged one. */
export function decodePng(bytes: Buffer): Picture | undefined {
  if (bytes.length < 33 || bytes.readUInt32BE(0) !== SIGNATURE) return undefined;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [bits, colour, interlaced] = [bytes[24], bytes[25] ?? 0, bytes[28]];
  const channels = CHANNELS[colour];
  if (bits !== 8 || interlaced !== 0 || channels === undefined) return undefined;
  const packed: Buffer[] = [];
  let palette: Buffer | undefined;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const [length, name] = [bytes.readUInt32BE(at), bytes.toString('latin1', at + 4, at + 8)];
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'IDAT') packed.push(body);
    else if (name === 'PLTE') palette = body;
    else if (name === 'tRNS') return undefined;
    else if (name === 'IEND') break;
    at += 12 + length;
  }
  const lines = inflated(packed, (width * channels + 1) * height);
  if (lines === undefined) return undefined;
  const data = unfiltered(lines, height, width * channels, channels);
  if (data === undefined) return undefined;
  return colour === PALETTE ? coloured(data, palette, height, width) : { height, width, channels, data };
}

function inflated(packed: readonly Buffer[], size: number): Buffer | undefined {
  try {
    const lines = inflateSync(packed.length === 1 ? (packed[0] ?? '') : Buffer.concat(packed), {
      maxOutputLength: size,
    });
    return lines.length === size ? lines : undefined;
  } catch {
    return undefined;
  }
}

/** Each line begins with the number of its filter. */
function unfiltered(lines: Buffer, height: number, length: number, step: number): Uint8Array | undefined {
  const data = new Uint8Array(height * length);
  for (let row = 0; row < height; row++) {
    const from = row * (length + 1);
    const to = row * length;
    const filter = lines[from] ?? 0;
    if (filter > 4) return undefined;
    for (let i = 0; i < length; i++) {
      const left = i < step ? 0 : (data[to + i - step] ?? 0);
      const above = row === 0 ? 0 : (data[to + i - length] ?? 0);
      const corner = row === 0 || i < step ? 0 : (data[to + i - length - step] ?? 0);
      data[to + i] = (lines[from + 1 + i] ?? 0) + predicted(filter, left, above, corner);
    }
  }
  return data;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const sum = left + above - corner;
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - above), Math.abs(sum - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function coloured(data: Uint8Array, palette: Buffer | undefined, height: number, width: number): Picture | undefined {
  if (palette === undefined) return undefined;
  const colours = new Uint8Array(data.length * 3);
  for (let i = 0; i < data.length; i++) {
    const at = (data[i] ?? 0) * 3;
    for (let channel = 0; channel < 3; channel++) colours[i * 3 + channel] = palette[at + channel] ?? 0;
  }
  return { height, width, channels: 3, data: colours };
}
