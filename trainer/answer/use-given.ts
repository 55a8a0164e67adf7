/** What a person gave in the panel, as `given.ts` reads it: drawn pixels become numbers, files lie in a folder of the process. */
import { writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { UseValue } from '../../protocol/index.ts';
import { grouped, sizeOf } from '../data/values.ts';
import { assertNever, Failure } from '../failure.ts';
import type { Used } from './use-open.ts';

/** A dropped file of more bytes is refused: nobody means it. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The inputs by name, for `batchesOf`. */
export function givenInputs(
  inputs: Readonly<Record<string, UseValue>>,
  { scratch }: Pick<Used, 'scratch'>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value], place) => [name, givenOf(name, value, join(scratch, String(place)))]),
  );
}

/** `path`: where a file may be written, without its ending. */
function givenOf(name: string, value: UseValue, path: string): unknown {
  switch (value.kind) {
    case 'value':
      return value.value;
    case 'pixels':
      return nestedPixels(name, value.shape, Buffer.from(value.pixels, 'base64'));
    case 'file': {
      const bytes = Buffer.from(value.bytes, 'base64');
      if (bytes.length === 0 || bytes.length > MOST_BYTES)
        throw new Failure(
          'data/unreadable',
          `The file "${value.name}" for \`${name}\` has ${grouped(bytes.length)} bytes; from 1 to ${grouped(MOST_BYTES)} are taken.`,
        );
      // The ending alone says something to readers; the name itself may hold anything.
      const ending = /^\.[a-z0-9]{1,8}$/i.exec(extname(value.name))?.[0] ?? '';
      const file = `${path}${ending}`;
      writeFileSync(file, bytes);
      return { file };
    }
    default:
      return assertNever(value);
  }
}

function nestedPixels(name: string, shape: readonly number[], bytes: Buffer): unknown {
  if (bytes.length !== sizeOf(shape) || bytes.length === 0)
    throw new Failure(
      'data/shape',
      `The pixels for \`${name}\` should be [${shape.join(', ')}], which is ${grouped(sizeOf(shape))} bytes, but ${grouped(bytes.length)} came.`,
    );
  const part = (depth: number, from: number, size: number): unknown => {
    const [length = 1, inner] = [shape[depth], size / (shape[depth] ?? 1)];
    return depth === shape.length
      ? bytes[from]
      : Array.from({ length }, (_, i) => part(depth + 1, from + i * inner, inner));
  };
  return part(0, 0, bytes.length);
}
