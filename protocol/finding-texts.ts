/** What the trainer finds about a run, as templates: one for each finding and each of its variants. The English is the key. */
import { UNWATCHED } from './run-folder.ts';
import { NAME_AT_LINE, type Words } from './words.ts';

/** Why a run does not learn, or learns what it should not; and what may help. */
export const FINDING_TEXTS = {
  atChance:
    'The loss ({0}) is no better than guessing among {1} classes ({2}) after {3} steps: the model has learned nothing of the examples yet. Look whether each label belongs to its example and whether the inputs are scaled, then try another learning rate.',
  allDead:
    'All units of {0} have been 0 for every example that was looked at for {1} steps: they are dead, since `relu` lets no gradient through to them.',
  dead: '{0} % of the units of {1} have been 0 for every example that was looked at for {2} steps: they are dead, since `relu` lets no gradient through to them.',
  reviveUnits: 'Try a smaller learning rate, `leakyRelu` or `gelu` instead of `relu`, or `init: heNormal`.',
  diverging: 'The loss diverges: it was down to {0} and is {1} now.',
  lowerRate: 'The learning rate ({0}) is too high for it: try {1}.',
  lowerRateOrClip: 'The learning rate ({0}) is too high for it: try {1}, or limit the gradients (`clip: 1.0`).',
  exploding: 'The gradients explode: that of {0} grew from {1} to {2} in {3} steps, while the loss rose to {4}.',
  smallerRate: 'Try a smaller learning rate.',
  smallerRateOrClip: 'Try a smaller learning rate, or limit the gradients (`clip: 1.0`).',
  clipOrSmallerRate: 'Limit the gradients (`clip: 1.0`), or try a smaller learning rate.',
  overFitting:
    'The model over-fits: the validation loss has risen {0} times in a row (to {1}) while the training loss falls. It was best at epoch {2} ({3}). Keep the best weights (`save: best(validation.loss)`), stop early (`stop: early(validation.loss)`), or use more data, `Dropout` or a smaller model.',
  plateau:
    'No better for {0} checks: the loss was {1} at epoch {2} and is {3} now. A learning rate that falls (`cosine`, `plateau`) may get it further; `stop: early(…)` would end the run here.',
  rateTooHigh:
    'The learning rate ({0}) is too high: each update moves the weights by {1} % of their size, and the loss does not fall. Try {2}.',
  rateTooLow:
    'The learning rate ({0}) is too low: an update moves the weights by {1} % of their size, and the loss has not moved in {2} steps. Try {3}.',
  saturated:
    '{0} % of the results of {1} stand at an end of its activation, where it is flat, so hardly any gradient comes through. Scale or `Normalize` what goes in, start with smaller weights, or try a smaller learning rate.',
  vanishingFirst:
    'The gradients vanish on their way back: {0} gets {1}, {2} gets {3}, so the first layer hardly learns.',
  vanishing: 'The gradients vanish on their way back: {0} gets {1}, {2} gets {3}, so {4} of {5} layers hardly learn.',
  leadGradients:
    'Use `relu` or `gelu` instead of `sigmoid` or `tanh`, normalise between the layers (`BatchNorm`, `LayerNorm`), or lead the values past them (`residual`).',
  noGradient: 'No gradient at all has reached {0} for {1} steps, so it learns nothing.',
  noGradients: 'No gradient at all has reached {0} and {1} more for {2} steps, so it learns nothing.',
  findGradient:
    'Behind `relu` its units may be dead (try a smaller learning rate, or `leakyRelu`); else look whether the loss depends on it.',
  waitingForData:
    'The engine waits for data: {0} % of the time of the last {1} steps. Keep the prepared rows (`cache: memory` or `cache: disk` in the data), prepare less in each row, or put the files on a faster disk.',
  hot: 'The GPU has been at {0} °C for {1} seconds, where it slows itself down to protect itself. The run is right, only slower: let more air to it, or other programs on it wait.',
  noBatch:
    'Training at batch {0} takes about {1} of memory, but there are {2}, and not even a single example finds room: make the model or its input smaller.',
  lessBatch: 'Training at batch {0} takes about {1} of memory, but there are {2}. A batch of {3} finds room.',
  diskFull: 'The disk is full, so the run has paused: it needs about {0} for its next checkpoint.',
  diskHas: '{0} are free.',
  freeSpace: 'Free some space; the run then goes on by itself.',
} as const satisfies Readonly<Record<string, string>>;

/** Why a run has failed. */
export const FAILURE_TEXTS = {
  lossNaN: 'The loss became not-a-number (NaN) at step {0} (epoch {1}) with the learning rate {2}.',
  lossInfinite: 'The loss became infinite at step {0} (epoch {1}) with the learning rate {2}.',
  weightNotFinite: 'The weight {0} is no finite number any more at step {1}.',
  badBatch: 'The batch itself holds numbers that are not finite: {0} of its {1} examples in `{2}`.',
  fillCells: 'Fill or drop such cells where the field is declared (`fill`, `drop`).',
  grew: 'The gradient of {0} grew from {1} to {2} in {3} steps.',
  grewWithOthers: 'The gradient of {0} grew from {1} to {2} in {3} steps, and so did {4}.',
  atOnce: 'Nothing had grown before: it came at once.',
  atOnceIn: 'It came at once, and {0} was the first to have a gradient that is no number.',
  hasStopped: 'Training has stopped, since nothing good can come after it.',
  lastGood: 'The last good checkpoint is {0} of this run.',
  noCheckpoint: 'There is no checkpoint yet.',
  tryRate: 'Try the learning rate {0}.',
  tryRateOrClip: 'Try the learning rate {0}, or limit the gradients (`clip: 1.0`).',
  findRoot:
    'Look for a logarithm, a root or a division of 0 in the loss and the model; then try a smaller learning rate.',
  findRootOrClip:
    'Look for a logarithm, a root or a division of 0 in the loss and the model; then try a smaller learning rate, or limit the gradients (`clip: 1.0`).',
  findRootRate:
    'Look for a logarithm, a root or a division of 0 in the loss and the model; then try the learning rate {0}.',
  findRootRateOrClip:
    'Look for a logarithm, a root or a division of 0 in the loss and the model; then try the learning rate {0}, or limit the gradients (`clip: 1.0`).',
  diskFull: 'The disk is full, so the last checkpoint could not be written.',
  noMemory: 'There is not enough memory.',
  batchNeeds: 'A step with the batch {0} needs about {1}, and {2} are free.',
  batchNeedsMore: 'A step with the batch {0} needs more than there is.',
  runNeedsMore: 'The run needs more than there is.',
  askedFor: '{0} MB more were asked for.',
  savedStays: 'What was saved before stays.',
  smallerModel: 'Make the model or its inputs smaller.',
  smallerBatch:
    'Try `batch: {0}`; with `accumulate: {1}` the updates stay the same. Other programs that hold memory can be closed, too.',
} as const satisfies Readonly<Record<string, string>>;

/** Why a run ended, in one sentence: what its record keeps. */
export const REASON_TEXTS = {
  unwatched: UNWATCHED,
  lossNaN: 'The loss became not-a-number (NaN) at step {0}.',
  lossInfinite: 'The loss became infinite at step {0}.',
  askedToEnd: 'The process was asked to end.',
  endedAtOnce: 'Ended at once by a second stop. What came after the last checkpoint is not saved.',
  notRisen: 'Stopped early: {0} has not risen above {1} for {2} validations.',
  notRisenOnce: 'Stopped early: {0} has not risen above {1} for 1 validation.',
  notFallen: 'Stopped early: {0} has not fallen below {1} for {2} validations.',
  notFallenOnce: 'Stopped early: {0} has not fallen below {1} for 1 validation.',
} as const satisfies Readonly<Record<string, string>>;

/** Every template of a problem. */
export const PROBLEM_TEXTS: ReadonlySet<string> = new Set([
  ...Object.values(FINDING_TEXTS),
  ...Object.values(FAILURE_TEXTS),
]);

/** What stands in the list of all texts that are translated. */
export const TOLD_TEXTS: readonly string[] = [...PROBLEM_TEXTS, ...Object.values(REASON_TEXTS), NAME_AT_LINE];

/** What the reason in a run's record is made of; undefined where it has no fixed form. Values of reasons have no spaces. */
export function reasonWords(reason: string): Words | undefined {
  for (const text of Object.values(REASON_TEXTS)) {
    const pattern = text.replace(/[.()]/g, '\\$&').replace(/\{\d\}/g, '(\\S+)');
    const values = new RegExp(`^${pattern}$`, 'u').exec(reason)?.slice(1);
    if (values !== undefined) return { text, values };
  }
  return undefined;
}
