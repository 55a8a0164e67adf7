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
import { huber } from './loss/huber.ts';
import { logCosh } from './loss/logCosh.ts';
import { mae } from './loss/mae.ts';
import { mse } from './loss/mse.ts';
import { quantile } from './loss/quantile.ts';
import { accuracy } from './metric/accuracy.ts';
import { mae as maeMetric } from './metric/mae.ts';
import { mape } from './metric/mape.ts';
import { perplexity } from './metric/perplexity.ts';
import { rmse } from './metric/rmse.ts';
import { Adadelta } from './optimizer/Adadelta.ts';
import { Adagrad } from './optimizer/Adagrad.ts';
import { Adam } from './optimizer/Adam.ts';
import { AdamW } from './optimizer/AdamW.ts';
import { Lion } from './optimizer/Lion.ts';
import { NAdam } from './optimizer/NAdam.ts';
import { RMSprop } from './optimizer/RMSprop.ts';
import { SGD } from './optimizer/SGD.ts';
import { constant } from './schedule/constant.ts';
import { cosine } from './schedule/cosine.ts';
import { exponential } from './schedule/exponential.ts';
import { linear } from './schedule/linear.ts';
import { oneCycle } from './schedule/oneCycle.ts';
import { restarts } from './schedule/restarts.ts';
import { steps } from './schedule/steps.ts';

export const trainingEntries: readonly Entry[] = [
  binaryCrossEntropy,
  crossEntropy,
  huber,
  logCosh,
  mae,
  mse,
  quantile,
  accuracy,
  maeMetric,
  mape,
  perplexity,
  rmse,
  Adadelta,
  Adagrad,
  Adam,
  AdamW,
  Lion,
  NAdam,
  RMSprop,
  SGD,
  constant,
  cosine,
  exponential,
  linear,
  oneCycle,
  restarts,
  steps,
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
