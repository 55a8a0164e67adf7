/** All programs of `examples/`, and a world in which some of their data files are there. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { World } from '../check/files.ts';
import { world as headers } from '../check/world.ts';

export interface Programs {
  readonly texts: readonly string[];
  readonly world: World;
}

/** The programs under the project's root. */
export function allPrograms(root: string): Programs {
  const folder = join(root, 'examples');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.model'))
    .sort();
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  const sources = Object.fromEntries(files.map((name, index) => [basename(name), texts[index] ?? '']));
  const known = headers.headers ?? {};
  const images = known.images;
  const labels = known.labels;
  return {
    texts,
    world: {
      sources,
      headers: {
        ...known,
        ...(images ? { 'mnist/train-images-idx3-ubyte.gz': images, 'mnist/t10k-images-idx3-ubyte.gz': images } : {}),
        ...(labels ? { 'mnist/train-labels-idx1-ubyte.gz': labels } : {}),
        'text/tinyshakespeare.txt': { kind: 'text', characters: 1_115_394, alphabet: 65 },
      },
    },
  };
}
