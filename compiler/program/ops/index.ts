/** Every primitive, for the tests that go through them all. */
import type { Primitive } from '../tensor.ts';
import { binaryOp } from './binary.ts';
import { broadcast } from './broadcast.ts';
import { cast } from './cast.ts';
import { concatOp } from './concat.ts';
import { constant } from './constant.ts';
import { conv2dInputOp, conv2dKernelOp, conv2dOp } from './conv2d.ts';
import { geluGradientOp, geluOp } from './gelu.ts';
import { gruGradientOp, gruOp } from './gru.ts';
import { largestOp } from './largest.ts';
import { argmaxOp, cumsumOp, gatherOp, oneHotOp, pickOp, scatterAddOp } from './lookup.ts';
import { lstmGradientOp, lstmOp } from './lstm.ts';
import { matmulOp } from './matmul.ts';
import { affineOp, batchNormaliseOp, layerNormaliseOp } from './normalise.ts';
import { padOp } from './pad.ts';
import { maxPoolGradientOp, maxPoolOp, meanPoolGradientOp, meanPoolOp } from './pool.ts';
import { reduceOp } from './reduce.ts';
import { reshapeOp } from './reshape.ts';
import { sliceOp, unsliceOp } from './slice.ts';
import { softmaxOp } from './softmax.ts';
import { stopGradientOp } from './stop-gradient.ts';
import { transposeOp } from './transpose.ts';
import { unaryOp } from './unary.ts';
import { where } from './where.ts';

export const primitives: readonly Primitive[] = [
  constant,
  unaryOp,
  binaryOp,
  where,
  cast,
  broadcast,
  reshapeOp,
  transposeOp,
  concatOp,
  sliceOp,
  unsliceOp,
  padOp,
  reduceOp,
  matmulOp,
  conv2dOp,
  conv2dInputOp,
  conv2dKernelOp,
  maxPoolOp,
  maxPoolGradientOp,
  meanPoolOp,
  meanPoolGradientOp,
  gatherOp,
  scatterAddOp,
  pickOp,
  oneHotOp,
  argmaxOp,
  largestOp,
  cumsumOp,
  softmaxOp,
  layerNormaliseOp,
  batchNormaliseOp,
  affineOp,
  geluOp,
  geluGradientOp,
  stopGradientOp,
  lstmOp,
  lstmGradientOp,
  gruOp,
  gruGradientOp,
];
