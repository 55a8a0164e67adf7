/** What stands in a model: layers, functions, activations, combinators. One import and one line for each file. */
import type { Entry } from './entry.ts';
import { Conv2D } from './model/Conv2D.ts';
import { concat } from './model/concat.ts';
import { Dense } from './model/Dense.ts';
import { relu } from './model/relu.ts';

export const modelEntries: readonly Entry[] = [concat, Conv2D, Dense, relu];
