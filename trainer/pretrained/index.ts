/** Weights of networks that were trained elsewhere: read from their files once, before a run's first step. */
export { pretrainedWeights } from './load.ts';
