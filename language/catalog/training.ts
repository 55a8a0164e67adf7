/** What stands in `train` and `evaluate`, and how weights start: losses, metrics, optimizers, schedules, initialisers. One import and one line for each file. */
import type { Entry } from './entry.ts';
import { constant as constantInitialiser } from './initialiser/constant.ts';
import { forgetGate } from './initialiser/forgetGate.ts';
import { glorotNormal } from './initialiser/glorotNormal.ts';
import { glorotUniform } from './initialiser/glorotUniform.ts';
import { heNormal } from './initialiser/heNormal.ts';
import { heUniform } from './initialiser/heUniform.ts';
import { identity } from './initialiser/identity.ts';
import { lecunNormal } from './initialiser/lecunNormal.ts';
import { normal } from './initialiser/normal.ts';
import { ones } from './initialiser/ones.ts';
import { orthogonal } from './initialiser/orthogonal.ts';
import { truncatedNormal } from './initialiser/truncatedNormal.ts';
import { uniform } from './initialiser/uniform.ts';
import { zeros } from './initialiser/zeros.ts';
import { binaryCrossEntropy } from './loss/binaryCrossEntropy.ts';
import { crossEntropy } from './loss/crossEntropy.ts';
import { mae } from './loss/mae.ts';
import { mse } from './loss/mse.ts';
import { accuracy } from './metric/accuracy.ts';
import { mae as maeMetric } from './metric/mae.ts';
import { perplexity } from './metric/perplexity.ts';
import { Adam } from './optimizer/Adam.ts';
import { AdamW } from './optimizer/AdamW.ts';
import { SGD } from './optimizer/SGD.ts';
import { constant } from './schedule/constant.ts';
import { cosine } from './schedule/cosine.ts';
import { linear } from './schedule/linear.ts';

export const trainingEntries: readonly Entry[] = [
  binaryCrossEntropy,
  crossEntropy,
  mae,
  mse,
  accuracy,
  maeMetric,
  perplexity,
  Adam,
  AdamW,
  SGD,
  constant,
  cosine,
  linear,
  constantInitialiser,
  forgetGate,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  identity,
  lecunNormal,
  normal,
  ones,
  orthogonal,
  truncatedNormal,
  uniform,
  zeros,
];
