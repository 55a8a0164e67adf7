/** What stands in a model: layers, functions, activations, combinators. One import and one line for each file. */
import type { Entry } from './entry.ts';
import { AdaptiveAvgPool1D } from './model/AdaptiveAvgPool1D.ts';
import { AdaptiveAvgPool2D } from './model/AdaptiveAvgPool2D.ts';
import { AdaptiveMaxPool1D } from './model/AdaptiveMaxPool1D.ts';
import { AdaptiveMaxPool2D } from './model/AdaptiveMaxPool2D.ts';
import { AlphaDropout } from './model/AlphaDropout.ts';
import { Attention } from './model/Attention.ts';
import { AvgPool1D } from './model/AvgPool1D.ts';
import { AvgPool2D } from './model/AvgPool2D.ts';
import { AvgPool3D } from './model/AvgPool3D.ts';
import { abs } from './model/abs.ts';
import { all } from './model/all.ts';
import { any } from './model/any.ts';
import { argmax } from './model/argmax.ts';
import { argmin } from './model/argmin.ts';
import { BatchNorm } from './model/BatchNorm.ts';
import { Bidirectional } from './model/Bidirectional.ts';
import { Bilinear } from './model/Bilinear.ts';
import { Bucketize } from './model/Bucketize.ts';
import { batch } from './model/batch.ts';
import { Conv1D } from './model/Conv1D.ts';
import { Conv1DTranspose } from './model/Conv1DTranspose.ts';
import { Conv2D } from './model/Conv2D.ts';
import { Conv2DTranspose } from './model/Conv2DTranspose.ts';
import { Conv3D } from './model/Conv3D.ts';
import { Conv3DTranspose } from './model/Conv3DTranspose.ts';
import { ConvLSTM2D } from './model/ConvLSTM2D.ts';
import { Cross } from './model/Cross.ts';
import { ceil } from './model/ceil.ts';
import { celu } from './model/celu.ts';
import { centerCrop } from './model/centerCrop.ts';
import { clip } from './model/clip.ts';
import { concat } from './model/concat.ts';
import { cos } from './model/cos.ts';
import { cosine } from './model/cosine.ts';
import { cumsum } from './model/cumsum.ts';
import { Dense } from './model/Dense.ts';
import { DepthwiseConv1D } from './model/DepthwiseConv1D.ts';
import { DepthwiseConv2D } from './model/DepthwiseConv2D.ts';
import { Dropout } from './model/Dropout.ts';
import { DropPath } from './model/DropPath.ts';
import { depthToSpace } from './model/depthToSpace.ts';
import { dot } from './model/dot.ts';
import { Embedding } from './model/Embedding.ts';
import { each } from './model/each.ts';
import { einsum } from './model/einsum.ts';
import { elu } from './model/elu.ts';
import { erf } from './model/erf.ts';
import { exp } from './model/exp.ts';
import { expand } from './model/expand.ts';
import { exponential } from './model/exponential.ts';
import { Flatten } from './model/Flatten.ts';
import { flip } from './model/flip.ts';
import { floor } from './model/floor.ts';
import { GaussianDropout } from './model/GaussianDropout.ts';
import { GaussianNoise } from './model/GaussianNoise.ts';
import { GlobalAvgPool1D } from './model/GlobalAvgPool1D.ts';
import { GlobalAvgPool2D } from './model/GlobalAvgPool2D.ts';
import { GlobalAvgPool3D } from './model/GlobalAvgPool3D.ts';
import { GlobalMaxPool1D } from './model/GlobalMaxPool1D.ts';
import { GlobalMaxPool2D } from './model/GlobalMaxPool2D.ts';
import { GlobalMaxPool3D } from './model/GlobalMaxPool3D.ts';
import { GRU } from './model/GRU.ts';
import { GroupNorm } from './model/GroupNorm.ts';
import { gather } from './model/gather.ts';
import { gaussian } from './model/gaussian.ts';
import { gelu } from './model/gelu.ts';
import { geluTanh } from './model/geluTanh.ts';
import { glu } from './model/glu.ts';
import { gumbelSoftmax } from './model/gumbelSoftmax.ts';
import { Hash } from './model/Hash.ts';
import { Highway } from './model/Highway.ts';
import { hardShrink } from './model/hardShrink.ts';
import { hardSigmoid } from './model/hardSigmoid.ts';
import { hardSwish } from './model/hardSwish.ts';
import { hardTanh } from './model/hardTanh.ts';
import { InstanceNorm } from './model/InstanceNorm.ts';
import { index } from './model/index.ts';
import { LayerNorm } from './model/LayerNorm.ts';
import { LocalResponseNorm } from './model/LocalResponseNorm.ts';
import { LSTM } from './model/LSTM.ts';
import { l2norm } from './model/l2norm.ts';
import { leakyRelu } from './model/leakyRelu.ts';
import { log } from './model/log.ts';
import { log1p } from './model/log1p.ts';
import { logSigmoid } from './model/logSigmoid.ts';
import { logSoftmax } from './model/logSoftmax.ts';
import { logSumExp } from './model/logSumExp.ts';
import { lowerTriangle } from './model/lowerTriangle.ts';
import { MaxPool1D } from './model/MaxPool1D.ts';
import { MaxPool2D } from './model/MaxPool2D.ts';
import { MaxPool3D } from './model/MaxPool3D.ts';
import { MelSpectrogram } from './model/MelSpectrogram.ts';
import { MFCC } from './model/MFCC.ts';
import { matmul } from './model/matmul.ts';
import { max } from './model/max.ts';
import { mean } from './model/mean.ts';
import { min } from './model/min.ts';
import { mish } from './model/mish.ts';
import { Normalize } from './model/Normalize.ts';
import { norm } from './model/norm.ts';
import { oneHot } from './model/oneHot.ts';
import { ones } from './model/ones.ts';
import { PositionSignal } from './model/PositionSignal.ts';
import { PReLU } from './model/PReLU.ts';
import { Pretrained } from './model/Pretrained.ts';
import { pad } from './model/pad.ts';
import { patches } from './model/patches.ts';
import { prod } from './model/prod.ts';
import { RMSNorm } from './model/RMSNorm.ts';
import { Rotary } from './model/Rotary.ts';
import { range } from './model/range.ts';
import { relu } from './model/relu.ts';
import { relu6 } from './model/relu6.ts';
import { repeat } from './model/repeat.ts';
import { reshape } from './model/reshape.ts';
import { residual } from './model/residual.ts';
import { resize } from './model/resize.ts';
import { roll } from './model/roll.ts';
import { round } from './model/round.ts';
import { rrelu } from './model/rrelu.ts';
import { rsqrt } from './model/rsqrt.ts';
import { SeparableConv1D } from './model/SeparableConv1D.ts';
import { SeparableConv2D } from './model/SeparableConv2D.ts';
import { SimpleRNN } from './model/SimpleRNN.ts';
import { SpatialDropout } from './model/SpatialDropout.ts';
import { SpectralNorm } from './model/SpectralNorm.ts';
import { Spectrogram } from './model/Spectrogram.ts';
import { scale } from './model/scale.ts';
import { selu } from './model/selu.ts';
import { sigmoid } from './model/sigmoid.ts';
import { sign } from './model/sign.ts';
import { silu } from './model/silu.ts';
import { sin } from './model/sin.ts';
import { softmax } from './model/softmax.ts';
import { softmin } from './model/softmin.ts';
import { softplus } from './model/softplus.ts';
import { softShrink } from './model/softShrink.ts';
import { softsign } from './model/softsign.ts';
import { sort } from './model/sort.ts';
import { spaceToDepth } from './model/spaceToDepth.ts';
import { sparsemax } from './model/sparsemax.ts';
import { sparsePlus } from './model/sparsePlus.ts';
import { sparseSigmoid } from './model/sparseSigmoid.ts';
import { split } from './model/split.ts';
import { sqrt } from './model/sqrt.ts';
import { square } from './model/square.ts';
import { squareplus } from './model/squareplus.ts';
import { squeeze } from './model/squeeze.ts';
import { stack } from './model/stack.ts';
import { std } from './model/std.ts';
import { stopGradient } from './model/stopGradient.ts';
import { sum } from './model/sum.ts';
import { swish } from './model/swish.ts';
import { TimeDistributed } from './model/TimeDistributed.ts';
import { tanh } from './model/tanh.ts';
import { tanhShrink } from './model/tanhShrink.ts';
import { threshold } from './model/threshold.ts';
import { tile } from './model/tile.ts';
import { topK } from './model/topK.ts';
import { transpose } from './model/transpose.ts';
import { UnitNorm } from './model/UnitNorm.ts';
import { UpSample1D } from './model/UpSample1D.ts';
import { UpSample2D } from './model/UpSample2D.ts';
import { uniform } from './model/uniform.ts';
import { variance } from './model/var.ts';
import { Weight } from './model/Weight.ts';
import { WeightNorm } from './model/WeightNorm.ts';
import { where } from './model/where.ts';
import { zeros } from './model/zeros.ts';

export const modelEntries: readonly Entry[] = [
  abs,
  AdaptiveAvgPool1D,
  AdaptiveAvgPool2D,
  AdaptiveMaxPool1D,
  AdaptiveMaxPool2D,
  AlphaDropout,
  all,
  any,
  argmax,
  argmin,
  Attention,
  AvgPool1D,
  AvgPool2D,
  AvgPool3D,
  batch,
  BatchNorm,
  Bidirectional,
  Bilinear,
  Bucketize,
  ceil,
  celu,
  centerCrop,
  clip,
  concat,
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  Conv3DTranspose,
  ConvLSTM2D,
  Cross,
  cos,
  cosine,
  cumsum,
  Dense,
  depthToSpace,
  DepthwiseConv1D,
  DepthwiseConv2D,
  dot,
  Dropout,
  DropPath,
  each,
  einsum,
  elu,
  Embedding,
  erf,
  exp,
  expand,
  exponential,
  Flatten,
  flip,
  floor,
  gather,
  gaussian,
  GaussianDropout,
  GaussianNoise,
  gelu,
  geluTanh,
  GlobalAvgPool1D,
  GlobalAvgPool2D,
  GlobalAvgPool3D,
  GlobalMaxPool1D,
  GlobalMaxPool2D,
  GlobalMaxPool3D,
  glu,
  GroupNorm,
  GRU,
  Hash,
  gumbelSoftmax,
  hardShrink,
  hardSigmoid,
  hardSwish,
  hardTanh,
  Highway,
  index,
  InstanceNorm,
  l2norm,
  LayerNorm,
  leakyRelu,
  LocalResponseNorm,
  log,
  log1p,
  logSigmoid,
  logSoftmax,
  logSumExp,
  lowerTriangle,
  LSTM,
  matmul,
  max,
  MaxPool1D,
  MaxPool2D,
  MaxPool3D,
  MFCC,
  MelSpectrogram,
  Normalize,
  mean,
  min,
  mish,
  norm,
  oneHot,
  ones,
  pad,
  patches,
  PositionSignal,
  PReLU,
  Pretrained,
  prod,
  range,
  relu,
  relu6,
  repeat,
  reshape,
  residual,
  resize,
  RMSNorm,
  Rotary,
  roll,
  round,
  rsqrt,
  rrelu,
  scale,
  selu,
  SeparableConv1D,
  SeparableConv2D,
  sigmoid,
  sign,
  silu,
  SimpleRNN,
  sin,
  softmax,
  softmin,
  softplus,
  softShrink,
  softsign,
  sort,
  spaceToDepth,
  sparsemax,
  sparsePlus,
  sparseSigmoid,
  SpatialDropout,
  SpectralNorm,
  Spectrogram,
  split,
  sqrt,
  square,
  squareplus,
  squeeze,
  stack,
  std,
  stopGradient,
  sum,
  swish,
  tanh,
  tanhShrink,
  threshold,
  tile,
  topK,
  TimeDistributed,
  transpose,
  uniform,
  UnitNorm,
  UpSample1D,
  UpSample2D,
  variance,
  Weight,
  WeightNorm,
  where,
  zeros,
];
