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
import { categoricalHinge } from './loss/categoricalHinge.ts';
import { contrastive } from './loss/contrastive.ts';
import { cosineLoss } from './loss/cosineLoss.ts';
import { crossEntropy } from './loss/crossEntropy.ts';
import { ctc } from './loss/ctc.ts';
import { dice } from './loss/dice.ts';
import { focal } from './loss/focal.ts';
import { hinge } from './loss/hinge.ts';
import { huber } from './loss/huber.ts';
import { inBatchSoftmax } from './loss/inBatchSoftmax.ts';
import { iouLoss } from './loss/iouLoss.ts';
import { kl } from './loss/kl.ts';
import { logCosh } from './loss/logCosh.ts';
import { mae } from './loss/mae.ts';
import { mse } from './loss/mse.ts';
import { poisson } from './loss/poisson.ts';
import { quantile } from './loss/quantile.ts';
import { squaredHinge } from './loss/squaredHinge.ts';
import { triplet } from './loss/triplet.ts';
import { accuracy } from './metric/accuracy.ts';
import { auc } from './metric/auc.ts';
import { averagePrecision } from './metric/averagePrecision.ts';
import { characterErrorRate } from './metric/characterErrorRate.ts';
import { confusion } from './metric/confusion.ts';
import { f1 } from './metric/f1.ts';
import { iou } from './metric/iou.ts';
import { mae as maeMetric } from './metric/mae.ts';
import { mape } from './metric/mape.ts';
import { meanIou } from './metric/meanIou.ts';
import { mse as mseMetric } from './metric/mse.ts';
import { ndcg } from './metric/ndcg.ts';
import { perplexity } from './metric/perplexity.ts';
import { precision } from './metric/precision.ts';
import { r2 } from './metric/r2.ts';
import { recall } from './metric/recall.ts';
import { rmse } from './metric/rmse.ts';
import { topK } from './metric/topK.ts';
import { wordErrorRate } from './metric/wordErrorRate.ts';
import { Adadelta } from './optimizer/Adadelta.ts';
import { Adagrad } from './optimizer/Adagrad.ts';
import { Adam } from './optimizer/Adam.ts';
import { AdamW } from './optimizer/AdamW.ts';
import { LAMB } from './optimizer/LAMB.ts';
import { Lion } from './optimizer/Lion.ts';
import { NAdam } from './optimizer/NAdam.ts';
import { RMSprop } from './optimizer/RMSprop.ts';
import { SGD } from './optimizer/SGD.ts';
import { constant } from './schedule/constant.ts';
import { cosine } from './schedule/cosine.ts';
import { exponential } from './schedule/exponential.ts';
import { linear } from './schedule/linear.ts';
import { oneCycle } from './schedule/oneCycle.ts';
import { plateau } from './schedule/plateau.ts';
import { restarts } from './schedule/restarts.ts';
import { steps } from './schedule/steps.ts';

export const trainingEntries: readonly Entry[] = [
  binaryCrossEntropy,
  categoricalHinge,
  contrastive,
  cosineLoss,
  crossEntropy,
  ctc,
  dice,
  focal,
  hinge,
  huber,
  inBatchSoftmax,
  iouLoss,
  kl,
  logCosh,
  mae,
  mse,
  poisson,
  quantile,
  squaredHinge,
  triplet,
  accuracy,
  auc,
  averagePrecision,
  characterErrorRate,
  confusion,
  f1,
  iou,
  maeMetric,
  mape,
  meanIou,
  mseMetric,
  ndcg,
  perplexity,
  precision,
  r2,
  recall,
  rmse,
  topK,
  wordErrorRate,
  Adadelta,
  Adagrad,
  Adam,
  AdamW,
  LAMB,
  Lion,
  NAdam,
  RMSprop,
  SGD,
  constant,
  cosine,
  exponential,
  linear,
  oneCycle,
  plateau,
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
