/** `.keras` of Keras 3: a zip file whose `model.weights.h5` has a group for each layer, and in it numbered variables. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import type { NetworkFile, Wanted } from './network-file.ts';

const WEIGHTS = 'model.weights.h5';
/** Where the groups of layers lie: as Keras 3 writes them, and as Keras 2.12 to 2.15 did. */
const PARENTS = ['layers', '_layer_checkpoint_dependencies'] as const;

export async function openKeras(path: string): Promise<NetworkFile> {
  const folder = await mkdtemp(join(tmpdir(), 'modelwright-'));
  try {
    const file = join(folder, WEIGHTS);
    await extract(path, file);
    const { ready, File } = await import('h5wasm/node');
    await ready;
    const opened = new File(file, 'r');
    return {
      read: (wanted) => read((name) => opened.get(name), wanted),
      close() {
        opened.close();
        void rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function extract(path: string, to: string): Promise<void> {
  const zip = await openPromise(path, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== WEIGHTS) continue;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(to));
      return;
    }
  } finally {
    zip.close();
  }
  throw new Error(`it has no weights (${WEIGHTS})`);
}

function read(get: (name: string) => unknown, { group, index }: Wanted): Float32Array | undefined {
  for (const parent of PARENTS) {
    const found = get(`${parent}/${group}/vars/${index}`);
    const value = typeof found === 'object' && found !== null && 'value' in found ? found.value : undefined;
    if (value instanceof Float32Array) return value;
    if (value instanceof Float64Array || value instanceof Int32Array) return Float32Array.from(value);
  }
  return undefined;
}
