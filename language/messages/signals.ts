/** Texts of attention, signals, metrics, losses, optimizers and schedules. */
import type { MessageTable } from './table.ts';

export const signalMessages = {
  'argument/layers': {
    en: ({ name, setting }) =>
      `\`${setting}\` names layers of the model (\`layer embed = …\`), classes (\`LayerNorm\`) or paths (\`"GPT/embed"\`), but there is no \`${name}\`.`,
  },
  'argument/layers.near': {
    en: ({ name, setting, near }) =>
      `\`${setting}\` names layers of the model, classes or paths, but there is no \`${name}\`. Did you mean \`${near}\`?`,
  },
  'shape/key-heads': {
    en: ({ heads, keyHeads }) =>
      `\`Attention\` shares ${heads} heads out evenly among ${keyHeads} key heads, but ${heads} is no multiple of ${keyHeads}.`,
  },
  'shape/odd': {
    en: ({ callee, width }) =>
      `\`${callee}\` turns numbers in pairs, so it needs an even width of each head, but that is ${width}.`,
  },
  'shape/score-bias': {
    en: ({ wanted, bias }) =>
      `\`scoreBias\` is added to the scores \`[heads, T, S]\`, here ${wanted}, but it is ${bias}.`,
  },
  'shape/frame': {
    en: ({ callee, length, frame }) =>
      `\`${callee}\` looks at ${frame} moments at a time, but the sound has only ${length}: no frame fits.`,
  },
  'argument/fft': {
    en: ({ callee, fft, frame }) =>
      `The transform of \`${callee}\` must be at least as long as a frame, but \`fft\` is ${fft} and the frame ${frame}.`,
  },
  'argument/bands': {
    en: ({ callee, low, high, rate, most }) =>
      `The bands of \`${callee}\` go from \`low\` up to \`high\`, at most half the rate: a sound of ${rate} moments a second has frequencies up to ${most} Hz, but these are ${low} and ${high}.`,
  },
  'argument/coefficients': {
    en: ({ coefficients, bands }) =>
      `\`MFCC\` can keep at most as many coefficients as there are bands, but ${coefficients} of ${bands} are asked for.`,
  },
  'type/log-of-spectrum': {
    en: () =>
      `A spectrum is 0 where there is silence, and the logarithm of 0 is minus infinity: add a little first, \`log(x + 1e-6)\`.`,
  },
  'why/frames': {
    en: ({ frames, length, frame, step }) => `${frames} = (${length} − ${frame}) // ${step} + 1 frames`,
  },
  'why/bins': {
    en: ({ bins, fft, callee }) => `${bins} = ${fft} // 2 + 1 frequencies of \`${callee}\``,
  },
  'shape/top': {
    en: ({ callee, k, size }) => `\`${callee}\` cannot name ${k} numbers of ${size}.`,
  },
  'shape/cross': {
    en: ({ first, other }) =>
      `\`Cross\` puts numbers of the same place together, so all its values have one shape, but these are ${first} and ${other}.`,
  },
  'argument/edges': {
    en: ({ before, edge }) => `The edges of \`Bucketize\` rise, but ${edge} follows ${before}.`,
  },
  'argument/edges.none': {
    en: () => `\`Bucketize\` needs at least one edge, for example \`[18, 40, 65]\`.`,
  },
  'train/normalize-late': {
    en: ({ weight }) =>
      `\`Normalize\` is measured once, before training, so nothing that is trained may stand in front of it, but \`${weight}\` does: move it to the front, freeze that layer, or use \`BatchNorm\`.`,
  },
} satisfies MessageTable;
