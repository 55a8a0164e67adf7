/** What stands in `train` and `evaluate`, and how weights start: losses, metrics, optimizers, schedules, initialisers. One import and one line for each file. */
import type { Entry } from './entry.ts';
import { glorotUniform } from './initialiser/glorotUniform.ts';
import { crossEntropy } from './loss/crossEntropy.ts';
import { accuracy } from './metric/accuracy.ts';
import { Adam } from './optimizer/Adam.ts';
import { cosine } from './schedule/cosine.ts';

export const trainingEntries: readonly Entry[] = [crossEntropy, accuracy, Adam, cosine, glorotUniform];
