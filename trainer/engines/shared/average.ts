/** The running average of weights: Keras' and PyTorch's formula, which begins with the weights after the first update. */

/** After an update (counted from 0) an average a of the weights w becomes keep · a + add · w. */
export function averageFactors(decay: number, step: number): { readonly keep: number; readonly add: number } {
  return step === 0 ? { keep: 0, add: 1 } : { keep: decay, add: 1 - decay };
}
