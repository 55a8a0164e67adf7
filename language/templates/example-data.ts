/** Small data made for a new program where somebody has none yet: enough to train on, the same every time. */
import type { Family } from './family.ts';
import { counterChance } from './made-chance.ts';
import { shapeFiles } from './made-shapes.ts';
import { soundFiles } from './made-sounds.ts';
import { plants, ratings, reviews, tales } from './made-texts.ts';

export interface MadeFile {
  /** Relative to the program, with `/`. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

export interface MadeData {
  /** What the program names. */
  readonly path: string;
  readonly folder: boolean;
  readonly files: readonly MadeFile[];
}

/** The example data of a family. */
export function exampleData(family: Family): MadeData {
  const chance = counterChance(7);
  switch (family) {
    case 'table':
      return oneFile('plants.csv', plants(chance));
    case 'image':
    case 'vae':
      return { path: 'shapes-images.idx', folder: false, files: shapeFiles(chance) };
    case 'sequence':
    case 'bert':
      return oneFile('reviews.csv', reviews(chance));
    case 'gpt':
      return oneFile('tales.txt', tales(chance));
    case 'speech':
      return { path: 'sounds', folder: true, files: soundFiles(chance) };
    case 'recommender':
      return oneFile('ratings.csv', ratings(chance));
  }
}

function oneFile(path: string, content: string): MadeData {
  return { path, folder: false, files: [{ path, content }] };
}
