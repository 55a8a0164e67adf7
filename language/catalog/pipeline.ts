/** What stands in `data`: sources and transforms. One import and one line for each file. */

import { scale } from './data/scale.ts';
import type { Entry } from './entry.ts';
import { idx } from './source/idx.ts';

export const pipelineEntries: readonly Entry[] = [idx, scale];
