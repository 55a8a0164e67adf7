/** Data files made by tests. */
import { gzipSync } from 'node:zlib';

/** A gzipped IDX file of unsigned bytes. */
export function idxFile(shape: readonly number[], values: readonly number[]): Buffer {
  const head = Buffer.alloc(4 + shape.length * 4);
  head.writeUInt8(8, 2);
  head.writeUInt8(shape.length, 3);
  for (const [axis, size] of shape.entries()) head.writeUInt32BE(size, 4 + axis * 4);
  return gzipSync(Buffer.concat([head, Buffer.from(values)]));
}
