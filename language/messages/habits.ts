/** Texts of warnings and hints: programs that run, and hardly do what was meant. */
import type { MessageTable, MessageValues } from './table.ts';

const between = ({ low, high }: MessageValues) => `between ${minus(low)} and ${minus(high)}`;

function minus(value: string | number | undefined): string {
  return String(value ?? '').replace('-', '−');
}

export const habitMessages = {
  // ---- losses
  'loss/cut-scores.above': {
    en: ({ callee, activation, low }) =>
      `\`${callee}\` needs scores that can be any number, but \`${activation}\` lets none below ${minus(low)} through: no answer can ever be called unlikely. Leave the activation out, or use the one that gives probabilities.`,
  },
  'loss/cut-scores.between': {
    en: (v) =>
      `\`${v.callee}\` needs scores that can be any number, but \`${v.activation}\` keeps them ${between(v)}: no answer can ever be called nearly certain. Leave the activation out, or use the one that gives probabilities.`,
  },
  'loss/out-of-reach.between': {
    en: (v) =>
      `\`${v.activation}\` gives numbers ${between(v)}, but the truth runs from ${minus(v.least)} to ${minus(v.most)}: the prediction can never get there. Leave the activation out, or bring the field to that range with \`scale\`.`,
  },
  'loss/out-of-reach.above': {
    en: (v) =>
      `\`${v.activation}\` gives no number below ${minus(v.low)}, but the truth runs from ${minus(v.least)} to ${minus(v.most)}: the prediction can never get there. Leave the activation out.`,
  },
  'loss/out-of-reach.between-normalised': {
    en: (v) =>
      `\`${v.activation}\` gives numbers ${between(v)}, but the truth is normalised (mean 0, deviation 1) and goes beyond that: leave the activation out.`,
  },
  'loss/out-of-reach.above-normalised': {
    en: (v) =>
      `\`${v.activation}\` gives no number below ${minus(v.low)}, but the truth is normalised: about half of it is below 0. Leave the activation out.`,
  },
  'loss/half-used': {
    en: (v) =>
      `\`${v.activation}\` gives numbers ${between(v)}, but the truth runs from ${minus(v.least)} to ${minus(v.most)}: half of the range is never needed. \`sigmoid\` fits, or \`scale(…, -1..1)\` in the data.`,
  },
  'loss/shares': {
    en: (v) =>
      `\`${v.callee}\` compares with numbers from 0 to 1, but the truth runs from ${minus(v.low)} to ${minus(v.high)}: bring it there with \`scale\`, or compare distances with \`mse\`.`,
  },
  'loss/shares.normalised': {
    en: ({ callee }) =>
      `\`${callee}\` compares with numbers from 0 to 1, but the truth is normalised (mean 0, deviation 1): compare distances with \`mse\`.`,
  },
  'loss/hinge-probability': {
    en: (v) =>
      `\`${v.callee}\` wants scores below −1 for no and above 1 for yes, but \`${v.activation}\` gives no number below ${minus(v.low)}: leave the activation out.`,
  },

  'loss/swapped': {
    en: ({ callee, first, second }) =>
      `\`${callee}\` takes the prediction first and the truth second, but \`${first}\` is a field of the data and \`${second}\` comes from the model: swap them.`,
  },
  'fix/activation': {
    en: ({ layer, activation }) =>
      layer === activation ? `Use \`${activation}\`` : `Make the activation of \`${layer}\` \`${activation}\``,
  },
  'fix/no-activation': { en: ({ layer }) => `Leave out the activation of \`${layer}\`` },

  'fix/last-step': { en: ({ layer }) => `Take the last step of \`${layer}\` only` },

  // ---- layers
  'shape/linear-stack': {
    en: ({ layer }) =>
      `No activation stands between this \`${layer}\` and the next: two linear layers in a row are as good as one. Give it an activation, or leave it out.`,
  },
  'why/next-layer': { en: ({ layer }) => `the next \`${layer}\`` },
  'shape/dropout-before-norm': {
    en: ({ layer }) =>
      `\`Dropout\` before \`${layer}\`: the variance that is measured while training is not that of later, when nothing is dropped. Put it behind.`,
  },
  'shape/dropout-before-pool': {
    en: ({ layer }) =>
      `\`Dropout\` before \`${layer}\`: pooling over neighbours undoes most of it. Put it behind, or use \`SpatialDropout\`.`,
  },
  'shape/bias-before-norm': {
    en: ({ layer }) =>
      `\`BatchNorm\` takes the mean away, and the bias of this \`${layer}\` with it: \`bias: false\` saves the numbers.`,
  },
  'shape/vanishing': {
    en: ({ activation, count }) =>
      `${count} layers with \`${activation}\` in a row: each passes on a part of the gradient only, so the first ones hardly learn. Use \`relu\` or \`gelu\` in hidden layers, or put \`BatchNorm\` between them.`,
  },
  'shape/equal-weights': {
    en: ({ layer, init }) =>
      `All weights of this \`${layer}\` start equal (\`${init}\`): its units then compute the same thing until something else tells them apart.`,
  },
  'shape/equal-weights.dead': {
    en: ({ layer }) =>
      `All weights of this \`${layer}\` start at 0, and \`relu\` has no slope there: it can never learn anything.`,
  },

  'shape/activation-twice': {
    en: ({ first, second }) =>
      `\`${second}\` comes on top of \`${first}\`: applied twice, it squeezes the numbers together until they hardly differ. Leave one out.`,
  },
  'shape/activation-twice.idle': {
    en: ({ first, second }) => `\`${second}\` after \`${first}\` changes nothing. Leave it out.`,
  },
  'shape/activation-twice.cut': {
    en: ({ first, second }) =>
      `\`${second}\` comes on top of \`${first}\`, which lets nothing below 0 through: half of what \`${second}\` can say is lost. Leave \`${first}\` out.`,
  },
  'fix/remove-stage': { en: ({ stage }) => `Leave \`${stage}\` out` },
  'shape/channels-first': {
    en: ({ layer, shape, channels, side }) =>
      `\`${layer}\` reads ${shape} as [height, width, channels]: an image ${channels} high with ${side} channels. Channels stand last here.`,
  },
  'shape/gaps': {
    en: ({ layer, window, stride }) =>
      `\`${layer}\` moves its window of ${window} by ${stride}: what lies between two windows is never seen.`,
  },
  'shape/patches-rest': {
    en: ({ axis, whole, patch, left }) =>
      `Patches of ${patch} do not fill ${axis} ${whole}: ${left} at the end are left out.`,
  },

  // ---- ranges of numbers
  'data/unscaled': {
    en: (v) =>
      `\`${v.field}\` reaches \`${v.layer}\` with numbers from ${minus(v.low)} to ${minus(v.high)}: layers learn from numbers around 0 to 1. Bring it there with \`${v.stage}\`.`,
  },
  'why/field-here': { en: ({ field }) => `the field \`${field}\`` },
  'why/unscaled-here': { en: ({ field, layer }) => `here \`${field}\` flows into \`${layer}\`` },
  'data/scaled-twice': {
    en: (v) =>
      `The numbers lie ${between(v)} already, but \`${v.callee}\` takes them for ${minus(v.from)} to ${minus(v.to)}: scaled twice, almost nothing is left of them.`,
  },
  'data/scaled-twice.normalised': {
    en: ({ callee }) =>
      `The numbers are normalised already (mean 0, deviation 1), but \`${callee}\` scales them once more.`,
  },

  // ---- runs
  'train/learning-rate': {
    en: ({ optimizer, rate, usual }) =>
      `A learning rate of ${rate} is far above what \`${optimizer}\` takes: the loss is likely to jump about or become NaN. Begin near ${usual}.`,
  },
  'train/rate-key': {
    en: ({ key, value }) =>
      `The learning rate belongs to the optimizer: \`optimizer: Adam(${value === '' ? '1e-3' : value})\`, not \`${key}: …\`.`,
  },
  'train/patience': {
    en: ({ patience, epochs }) =>
      `With \`patience: ${patience}\` a run of ${epochs} epochs can never stop early: patience must be shorter than the run.`,
  },
  'train/patience.one': {
    en: () => 'A run of one epoch cannot stop early: say how long it may last with `epochs:`.',
  },
  'train/warmup': {
    en: ({ warmup, steps }) =>
      `The warm-up of ${warmup} updates is as long as the whole run of ${steps}: the rate never reaches its peak.`,
  },
  'train/too-late': {
    en: ({ every }) => `Every ${every} updates is never: the run is shorter than that.`,
  },
  'train/batch-of-one': {
    en: () =>
      '`BatchNorm` needs several examples in a batch: of one alone, each number is its own mean, and what is left is 0. Take a larger batch, or `LayerNorm`.',
  },
  'why/norm-here': { en: () => 'the `BatchNorm` over features' },
  'train/dropped-answer': {
    en: ({ output, layer }) =>
      `\`${layer}\` is the last step before the output \`${output}\`: the answers themselves become 0 by chance, and the loss is taken of these. Put it before the last layer.`,
  },
  'train/regression-accuracy': {
    en: ({ metric, loss }) =>
      `\`${metric}\` counts right answers, but the loss (\`${loss}\`) takes this output for an amount, which is hardly ever hit exactly: measure the distance with \`mae\`, \`rmse\` or \`r2\`.`,
  },
  'why/distance-here': { en: () => 'the loss measures a distance' },
  'train/loss-without-output': {
    en: ({ outputs }) =>
      `No output of the model stands in this loss, so nothing can be learned from it: compare one (${outputs}) with what it should be.`,
  },
  'data/leak': {
    en: ({ input, truth, column }) =>
      `The answer is among the inputs: \`${truth}\` is made of the column \`${column}\`, and so is \`${input}\`, which the model sees. It will do well here and fail where the answer is not known.`,
  },
  'why/leak-here': { en: ({ column }) => `\`${column}\` goes into the input here` },
  'train/looks-ahead': {
    en: ({ truth, input }) =>
      `\`${truth}\` is \`${input}\` one step later, and this attention sees the whole of \`${input}\`: each step can read its own answer off the next. \`mask: causal\` lets a step look back only.`,
  },
} satisfies MessageTable;
