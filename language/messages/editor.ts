/** Texts of the editor's own surfaces: hover, lenses, suggestions, actions, outline, the summary of shapes. */
import type { MessageTable } from './table.ts';

export const editorMessages = {
  // ---- hover
  'editor/word-of': { en: ({ word, setting }) => `\`${word}\`: one of the values of \`${setting}\`.` },
  'editor/required': { en: () => 'Required.' },
  'editor/default': { en: ({ value }) => `Default: \`${value}\`.` },
  'editor/column': { en: ({ type }) => `A column of the source: \`${type}\`.` },
  'editor/here': { en: ({ what }) => `Here: ${what}` },
  'editor/single-number': { en: ({ type }) => `${type} (a single number)` },
  'editor/text': { en: () => 'text' },
  'editor/weights': { en: ({ names }) => `Weights: ${names}` },
  'editor/weights-counted': {
    en: ({ count, sum, memory, names }) =>
      `${count} ${count === '1' ? 'parameter' : 'parameters'} (${sum}, ${memory}): ${names}`,
  },
  'editor/not-trained': { en: ({ weight }) => `${weight} (not trained)` },
  'editor/parameters': {
    en: ({ count, trainable }) =>
      `${count} ${count === '1' ? 'parameter' : 'parameters'}${trainable === '' ? '' : ` (${trainable} trainable)`}`,
  },
  'editor/macs': { en: ({ count }) => `${count} multiply-adds per example` },
  'editor/memory': { en: ({ size, batch }) => `${size} of activations at batch ${batch}` },
  'editor/range.from': { en: ({ low }) => `Values from ${low} upwards.` },
  'editor/range.to': { en: ({ high }) => `Values up to ${high}.` },
  'editor/range': { en: ({ low, high }) => `Values from ${low} to ${high}.` },
  'editor/probabilities.softmax': { en: () => 'Probabilities that sum to 1 along the last axis (`softmax`).' },
  'editor/probabilities.sigmoid': { en: () => 'Probabilities, each on its own (`sigmoid`).' },
  'editor/column-missing': {
    en: ({ missing, sampled }) => `${missing} of the ${sampled} rows looked at have no value.`,
  },
  'editor/column-values': { en: ({ count, values }) => `${count} different values: ${values}` },
  'editor/number': { en: ({ value }) => `${value}: a number` },
  'editor/size-of': { en: ({ name }) => `A size of the input, known when the block is used: \`${name}\` ≥ 1.` },
  'editor/imported-from': { en: ({ path }) => `from \`${path}\`` },

  // ---- lenses
  'editor/run.train': { en: () => 'Train' },
  'editor/run.tune': { en: () => 'Tune' },
  'editor/run.evaluate': { en: () => 'Evaluate' },
  'editor/run.export': { en: () => 'Export' },
  'editor/uses': { en: ({ count }) => `${count} ${count === 1 ? 'use' : 'uses'}` },
  'editor/cost': { en: ({ parameters, macs }) => `${parameters} · ${macs} multiply-adds` },

  // ---- suggestions and signatures
  'editor/what.parameter': { en: () => 'parameter' },
  'editor/what.input': { en: () => 'input' },
  'editor/what.output': { en: () => 'output' },
  'editor/what.binding': { en: () => 'value' },
  'editor/what.layer': { en: () => 'layer' },
  'editor/what.field': { en: () => 'field' },
  'editor/what.size': { en: () => 'size' },
  'editor/what.round': { en: () => 'round' },
  'editor/column-detail': { en: ({ type }) => `column: ${type}` },
  'editor/part-of': { en: ({ what, owner, type }) => `${what} of ${owner}${type === '' ? '' : `: ${type}`}` },
  'editor/weight-of': { en: ({ layer }) => `a weight of ${layer}` },
  'editor/does-not-fit': { en: ({ signature, type }) => `${signature}, not for ${type}` },
  'editor/setting-required': { en: () => 'required' },
  'editor/defined-in': { en: ({ path }) => `import from ${path}` },
  'editor/folder': { en: () => 'folder' },
  'editor/program': { en: () => 'program' },
  'editor/data-file': { en: () => 'data file' },

  // ---- snippets
  'editor/snippet.model': { en: () => 'a network that can be trained' },
  'editor/snippet.block': { en: () => 'a part of networks, for any shape' },
  'editor/snippet.data': { en: () => 'where examples come from' },
  'editor/snippet.train': { en: () => 'how a model is trained on data' },
  'editor/snippet.evaluate': { en: () => 'what a trained model must reach' },
  'editor/snippet.tune': { en: () => 'a search for settings' },
  'editor/snippet.export': { en: () => 'the model for elsewhere' },
  'editor/snippet.import': { en: () => 'declarations of another file' },
  'editor/snippet.input': { en: () => 'what flows in' },
  'editor/snippet.output': { en: () => 'what comes out' },
  'editor/snippet.layer': { en: () => 'a layer shared by all its uses' },
  'editor/snippet.require': { en: () => 'a condition on sizes' },

  // ---- rename
  'editor/rename.illegal': {
    en: ({ name }) => `\`${name}\` cannot be a name: names begin with a letter or \`_\`, and are no keyword.`,
  },
  'editor/rename.nothing': { en: () => 'There is nothing here that can be renamed.' },
  'editor/rename.taken': {
    en: ({ name, file }) => `\`${name}\` is the name of something else in ${file}: choose another.`,
  },

  // ---- actions
  'editor/fix-all': { en: () => 'Fix everything that can be fixed' },
  'editor/fix-all.same': { en: ({ code }) => `Fix all problems of this kind (${code})` },
  'editor/organise-imports': { en: () => 'Organise imports' },
  'editor/import': { en: ({ name, path }) => `Import \`${name}\` from "${path}"` },
  'editor/extract-block': { en: () => 'Extract into a block' },
  'editor/inline-block': { en: ({ name }) => `Inline \`${name}\`` },
  'editor/name-shape': { en: ({ shape }) => `State the shape: ${shape}` },
  'editor/unroll': { en: ({ times }) => `Unroll the repeat (${times} times)` },
  'editor/extract-parameter': { en: ({ value, name }) => `Make ${value} the parameter \`${name}\`` },
  'editor/no-analysis': {
    en: ({ size, limit }) => `This program has ${size} MB: programs above ${limit} MB are not analysed.`,
  },

  // ---- the summary of shapes
  'editor/summary.title': { en: ({ unit, file }) => `${unit} in ${file}` },
  'editor/summary.none': { en: ({ file }) => `${file} has no model or block.` },
  'editor/summary.layer': { en: () => 'Layer' },
  'editor/summary.shape': { en: () => 'Shape' },
  'editor/summary.parameters': { en: () => 'Parameters' },
  'editor/summary.input': { en: () => 'input' },
  'editor/summary.output': { en: () => 'output' },
  'editor/summary.total': { en: ({ count }) => `Parameters: ${count}` },
  'editor/summary.trainable': { en: ({ count }) => `Trainable: ${count}` },
  'editor/keras.none': { en: ({ file }) => `# ${file} has no model that can be written as a Keras program.` },

  // ---- the server's own refusals
  'editor/unreadable-program': {
    en: ({ file }) => `The program cannot be read: ${file}. Look whether it is still there and may be read.`,
  },
} satisfies MessageTable;
