/** The TensorFlow form of every primitive, by its name. A test holds this table against the list of primitives. */
import type { Form } from '../emitter.ts';
import { conv2dForm, conv2dInputForm, conv2dKernelForm } from './convolution.ts';
import { binaryForm, broadcastForm, castForm, unaryForm, whereForm } from './elementwise.ts';
import { gruForm, gruGradientForm } from './gru.ts';
import { gatherForm, matmulForm, oneHotForm, pickForm, scatterAddForm } from './linear.ts';
import { lstmForm } from './lstm.ts';
import { lstmGradientForm } from './lstm-gradient.ts';
import {
  affineForm,
  batchNormaliseForm,
  geluForm,
  geluGradientForm,
  layerNormaliseForm,
  softmaxForm,
} from './normalise.ts';
import { maxPoolForm, maxPoolGradientForm, meanPoolForm, meanPoolGradientForm } from './pool.ts';
import { argmaxForm, cumsumForm, largestForm, reduceForm } from './reduce.ts';
import {
  concatForm,
  constantForm,
  padForm,
  reshapeForm,
  sliceForm,
  stopGradientForm,
  transposeForm,
  unsliceForm,
} from './shape.ts';

export const forms: Readonly<Record<string, Form>> = {
  constant: constantForm,
  unary: unaryForm,
  binary: binaryForm,
  where: whereForm,
  cast: castForm,
  broadcast: broadcastForm,
  reshape: reshapeForm,
  transpose: transposeForm,
  concat: concatForm,
  slice: sliceForm,
  unslice: unsliceForm,
  pad: padForm,
  reduce: reduceForm,
  matmul: matmulForm,
  conv2d: conv2dForm,
  conv2dInput: conv2dInputForm,
  conv2dKernel: conv2dKernelForm,
  maxPool2d: maxPoolForm,
  maxPool2dGradient: maxPoolGradientForm,
  meanPool2d: meanPoolForm,
  meanPool2dGradient: meanPoolGradientForm,
  gather: gatherForm,
  scatterAdd: scatterAddForm,
  pick: pickForm,
  oneHot: oneHotForm,
  argmax: argmaxForm,
  largest: largestForm,
  cumsum: cumsumForm,
  softmax: softmaxForm,
  layerNormalise: layerNormaliseForm,
  batchNormalise: batchNormaliseForm,
  affine: affineForm,
  lstm: lstmForm,
  lstmGradient: lstmGradientForm,
  gru: gruForm,
  gruGradient: gruGradientForm,
  gelu: geluForm,
  geluGradient: geluGradientForm,
  stopGradient: stopGradientForm,
};

export function formOf(primitive: string): Form {
  const form = forms[primitive];
  if (!form) throw new Error(`The primitive '${primitive}' has no TensorFlow form.`);
  return form;
}
