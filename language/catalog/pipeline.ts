/** What stands in `data`: sources and transforms. One import and one line for each file. */

import { characters } from './data/characters.ts';
import { expand } from './data/expand.ts';
import { Index } from './data/Index.ts';
import { lower } from './data/lower.ts';
import { Normalize } from './data/Normalize.ts';
import { OneHot } from './data/OneHot.ts';
import { scale } from './data/scale.ts';
import { stack } from './data/stack.ts';
import { trim } from './data/trim.ts';
import { windows } from './data/windows.ts';
import type { Entry } from './entry.ts';
import { csv } from './source/csv.ts';
import { idx } from './source/idx.ts';
import { text } from './source/text.ts';

export const pipelineEntries: readonly Entry[] = [
  csv,
  idx,
  text,
  characters,
  expand,
  Index,
  lower,
  Normalize,
  OneHot,
  scale,
  stack,
  trim,
  windows,
];
