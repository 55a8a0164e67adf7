/** BMP files without compression: 8 bits with a table of colours, 24 and 32 bits. libvips as sharp ships it has no reader for them. */
import type { Picture } from './decode.ts';

const PLAIN = 0;
const MASKS = 3;

/** Undefined: no BMP, a packed one, or one that is cut off. */
export function decodeBmp(bytes: Buffer): Picture | undefined {
  if (bytes.length < 54 || bytes.toString('latin1', 0, 2) !== 'BM') return undefined;
  const [start, head] = [bytes.readUInt32LE(10), bytes.readUInt32LE(14)];
  const [width, signed] = [bytes.readInt32LE(18), bytes.readInt32LE(22)];
  const [bits, packing] = [bytes.readUInt16LE(28), bytes.readUInt32LE(30)];
  const height = Math.abs(signed);
  if (![8, 24, 32].includes(bits) || (packing !== PLAIN && !(packing === MASKS && bits === 32))) return undefined;
  const line = Math.ceil((width * bits) / 32) * 4;
  if (width < 1 || height < 1 || start + line * height > bytes.length) return undefined;
  const channels = bits === 32 ? 4 : 3;
  const data = new Uint8Array(width * height * channels);
  const palette = 14 + head;
  for (let row = 0; row < height; row++) {
    // Rows stand from the bottom up, unless the height is negative.
    let from = start + (signed > 0 ? height - 1 - row : row) * line;
    for (let to = row * width * channels; to < (row + 1) * width * channels; to += channels) {
      const at = bits === 8 ? palette + (bytes[from] ?? 0) * 4 : from;
      data[to] = bytes[at + 2] ?? 0;
      data[to + 1] = bytes[at + 1] ?? 0;
      data[to + 2] = bytes[at] ?? 0;
      if (channels === 4) data[to + 3] = packing === MASKS ? (bytes[at + 3] ?? 255) : 255;
      from += bits / 8;
    }
  }
  return { height, width, channels, data };
}
