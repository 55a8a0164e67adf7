/** Texts of what the catalogue's rules refuse or remark, and of the reasons that they give for sizes. */
import type { MessageTable } from './table.ts';

export const ruleMessages = {
  // ---- element types
  'type/float.int32': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs decimal numbers (float32), but gets ${type}: look whole numbers up with \`Embedding\`, turn them into \`oneHot\`, or divide them (\`x / 1\`).`,
  },
  'type/float.uint8': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs decimal numbers (float32), but gets raw bytes, ${type}: bring them to a small range with \`scale(0..255, 0..1)\`.`,
  },
  'type/float.bool': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs decimal numbers (float32), but gets ${type}: choose numbers with \`where(condition, 1.0, 0.0)\`.`,
  },
  'type/float.string': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs numbers, but gets texts, ${type}: number them with \`Index\` or \`OneHot\` in \`data\`.`,
  },
  'type/whole': { en: ({ callee, type }) => `\`${callee}\` looks up whole numbers (int32), but gets ${type}.` },
  'type/bool': {
    en: ({ callee, name, type }) =>
      `\`${name}\` of \`${callee}\` needs true and false (bool), but gets ${type}: compare it, for example \`${name}: x != 0\`.`,
  },
  'type/number': { en: ({ callee, type }) => `\`${callee}\` needs numbers, but gets ${type}.` },
  'type/text': { en: ({ callee, type }) => `\`${callee}\` needs texts (string), but gets ${type}.` },
  'type/indexable': {
    en: ({ callee, type }) =>
      `\`${callee}\` numbers texts or whole numbers, but gets decimal numbers, ${type}: round them or use them as they are.`,
  },
  'type/mixed': {
    en: ({ callee, left, right }) =>
      `\`${callee}\` joins values of one type, but gets ${left} and ${right}: make them the same first.`,
  },
  'type/mixed.numbers': {
    en: ({ callee, left, right }) =>
      `\`${callee}\` does not mix whole and decimal numbers, but gets ${left} and ${right}: divide the whole ones (\`x / 1\`) to make them decimal.`,
  },
  'type/operand.uint8': {
    en: ({ callee, type }) =>
      `\`${callee}\` does not take raw bytes, but gets ${type}: bring them to a small range with \`scale(0..255, 0..1)\` first.`,
  },
  'type/operand.bool': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs numbers, but gets true and false, ${type}: choose numbers with \`where(condition, a, b)\`.`,
  },
  'type/operand.string': { en: ({ callee, type }) => `\`${callee}\` needs numbers, but gets texts, ${type}.` },
  'type/compare': {
    en: ({ callee, left, right }) => `\`${callee}\` compares like with like, but gets ${left} and ${right}.`,
  },
  'type/truth': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs true and false (bool), but gets ${type}: compare it first, for example \`x != 0\`.`,
  },

  // ---- numbers of axes
  'shape/rank.volume': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` needs a volume \`[depth, height, width, channels]\`, but gets ${shape}, which has ${axes} ${plural}.`,
  },
  'shape/rank.image': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` needs an image \`[height, width, channels]\`, but gets ${shape}, which has ${axes} ${plural}.`,
  },
  'shape/rank.sequence': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` needs a sequence \`[time, features]\`, but gets ${shape}, which has ${axes} ${plural}.`,
  },
  'shape/rank.features': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` needs \`[features]\`, but gets ${shape}, which has ${axes} ${plural}.`,
  },
  'shape/rank.single': {
    en: ({ callee }) => `\`${callee}\` works along an axis, but gets a single number: give it one with \`expand\`.`,
  },
  'shape/rank.few': {
    en: ({ callee, shape, axes, least }) =>
      `\`${callee}\` needs at least ${least} axes, but gets ${shape}, which has ${axes}.`,
  },
  'shape/axis': {
    en: ({ callee, axis, shape, allowed }) => `\`${callee}\` has no axis ${axis}: ${shape} has the axes ${allowed}.`,
  },
  'shape/axis.twice': { en: ({ callee, axis }) => `\`${callee}\` names axis ${axis} twice.` },

  // ---- sizes that do not fit
  'shape/window': {
    en: ({ window, axis, size, padded }) => `A window of ${window} does not fit into ${axis} ${size}${padded}.`,
  },
  'shape/groups': {
    en: ({ callee, groups, what, size, rest }) =>
      `\`groups\` of \`${callee}\` must divide the ${what}: ${size} % ${groups} is ${rest}.`,
  },
  'shape/mismatch': {
    en: ({ callee, axes, left, right, leftShape, rightShape }) =>
      `\`${callee}\` needs equal shapes, but the ${axes} axes differ: ${left} on the left, ${right} on the right (${leftShape} and ${rightShape}).`,
  },
  'shape/mismatch.rank': {
    en: ({ callee, leftShape, rightShape }) =>
      `\`${callee}\` needs equal shapes, but gets ${leftShape} and ${rightShape}.`,
  },
  'shape/stretched': {
    en: ({ callee, small, large }) =>
      `\`${callee}\` stretches ${small} over ${large}: each place of the missing axes gets the same numbers.`,
  },
  'shape/join': {
    en: ({ callee, axis, index, left, right }) =>
      `\`${callee}\` along axis ${axis} needs all other axes equal, but axis ${index} is ${left} and ${right}.`,
  },
  'shape/join.rank': {
    en: ({ callee, left, right }) =>
      `\`${callee}\` needs values with equally many axes, but gets ${left} and ${right}.`,
  },
  'shape/join.stack': {
    en: ({ callee, left, right }) => `\`${callee}\` needs values of one shape, but gets ${left} and ${right}.`,
  },
  'shape/product': {
    en: ({ callee, left, right, columns, rows }) =>
      `\`${callee}\` needs as many columns on the left as rows on the right: ${left} has ${columns}, ${right} has ${rows}.`,
  },
  'shape/product.single': {
    en: ({ callee, left, right }) => `\`${callee}\` needs axes on both sides, but gets ${left} and ${right}.`,
  },
  'shape/product.leading': {
    en: ({ callee, left, right }) =>
      `\`${callee}\` needs the axes before the last two to agree, but gets ${left} and ${right}.`,
  },
  'shape/reshape': {
    en: ({ shape, have, wanted, want }) => `${shape} has ${have} numbers, but ${wanted} has ${want}.`,
  },
  'shape/squeeze': {
    en: ({ axis, size, shape }) => `\`squeeze\` takes away axes of size 1, but axis ${axis} of ${shape} is ${size}.`,
  },
  'shape/order': {
    en: ({ order, shape, axes }) =>
      `\`transpose\` needs each of the ${axes} axes of ${shape} once, but the order is [${order}].`,
  },
  'shape/crop': {
    en: ({ callee, setting, wanted, size }) => `\`${callee}\` cannot cut ${setting} ${wanted} out of ${size}.`,
  },
  'shape/blocks': {
    en: ({ callee, axis, size, block, rest }) =>
      `\`${callee}\` cuts ${axis} ${size} into blocks of ${block}, which leaves ${rest} over.`,
  },
  'shape/blocks.channels': {
    en: ({ callee, size, block, cells, rest }) =>
      `\`${callee}\` lays channels out as blocks of ${block} × ${block}, so ${cells} must divide them: ${size} % ${cells} is ${rest}.`,
  },
  'shape/einsum': {
    en: ({ letter, left, right }) =>
      `The axis \`${letter}\` of \`einsum\` is ${left} in one value and ${right} in another.`,
  },
  'shape/einsum.count': {
    en: ({ named, given }) => `\`einsum\` gets ${given} values for an equation of ${named}.`,
  },
  'shape/einsum.rank': {
    en: ({ letters, shape, axes }) =>
      `The equation of \`einsum\` says \`${letters}\` where the value is ${shape}: one letter for each of its axes, which are ${axes} without the batch.`,
  },
  'shape/tile': {
    en: ({ callee, given, shape, axes }) =>
      `\`${callee}\` gets ${given} numbers for ${shape}, which has ${axes}: give one for each axis, or for the last ones.`,
  },
  'shape/split': {
    en: ({ size, axis, parts, rest }) =>
      `\`split\` needs equal parts: ${size} along axis ${axis} does not divide by ${parts} (${rest} left over).`,
  },
  'shape/split.sum': {
    en: ({ size, axis, sum }) => `The sizes given to \`split\` make ${sum}, but axis ${axis} is ${size}.`,
  },
  'shape/split.many': { en: ({ count, most }) => `\`split\` makes at most ${most} parts, but ${count} are asked for.` },
  'shape/index': {
    en: ({ index, size, axis, last }) =>
      `There is no place ${index} on axis ${axis}: it is ${size} long, so places run from 0 to ${last}.`,
  },
  'shape/index.many': {
    en: ({ count, shape, axes }) => `${count} places are asked for, but ${shape} has ${axes} axes.`,
  },
  'shape/index.range': {
    en: ({ from, to, axis, size }) =>
      `The range ${from}..${to} is empty or leaves axis ${axis}, which is ${size} long.`,
  },
  'shape/index.rest': { en: () => 'Only one `...` may stand between the brackets.' },
  'shape/heads': {
    en: ({ callee, width, heads, rest }) =>
      `\`${callee}\` shares the width among its heads: ${width} % ${heads} is ${rest}.`,
  },
  'shape/mask': {
    en: ({ callee, mask, wanted }) => `The mask of \`${callee}\` must be ${wanted}, but it is ${mask}.`,
  },
  'shape/memory': {
    en: ({ callee, x, memory }) =>
      `\`${callee}\` needs \`memory\` with the axes of its input but the length, but gets ${memory} beside ${x}.`,
  },
  'shape/initial': {
    en: ({ callee, wanted, got }) => `The initial state of \`${callee}\` must be ${wanted}, but it is ${got}.`,
  },
  'shape/initial.pair': {
    en: ({ callee }) => `\`${callee}\` has two states: give both, \`initial: (h, c)\`.`,
  },
  'shape/table': {
    en: ({ callee, size, low, high }) =>
      `\`${callee}\` has ${size} rows (0 to ${Number(size) - 1}), but the numbers looked up run from ${low} to ${high}.`,
  },
  'shape/softmax-of-one': {
    en: () =>
      '`softmax` shares 1 among the numbers along an axis, and here there is only one: it is always 1. Use `sigmoid` for a yes or no, two units for two classes, or another axis.',
  },
  'shape/condition': {
    en: ({ callee, shape, places }) =>
      `\`where\` of \`${callee}\` must have the shape ${places} or that of its first axes, up to the last one reduced; it is ${shape}.`,
  },
  'shape/half': {
    en: ({ callee, size, axis }) => `\`${callee}\` halves axis ${axis}, so it must be even, but it is ${size}.`,
  },

  // ---- settings
  'argument/stride-and-dilation': {
    en: ({ callee }) => `\`stride\` and \`dilation\` of \`${callee}\` cannot both be above 1.`,
  },
  'argument/size': {
    en: ({ callee, setting, size }) =>
      `A size in \`${setting}\` of \`${callee}\` must be at least 1, but one is ${size}: write the size itself (names and arithmetic are fine).`,
  },
  'argument/einsum.form': {
    en: ({ equation }) =>
      `"${equation}" is no equation: letters for the axes of each value, commas between the values, and \`->\` with the axes of the result, as in "ij,jk->ik".`,
  },
  'argument/einsum.twice': {
    en: ({ letter }) => `The letter \`${letter}\` stands twice for one value: each axis needs a letter of its own.`,
  },
  'argument/einsum.stray': {
    en: ({ letter }) => `The result has an axis \`${letter}\`, but no value has it.`,
  },
  'argument/causal': {
    en: ({ callee }) =>
      `\`${callee}\` makes a sequence longer, so there is no \`causal\` padding: \`valid\`, \`same\`, or how many cells are cut off.`,
  },
  'argument/output-padding': {
    en: ({ callee, value, stride }) =>
      `\`outputPadding\` of \`${callee}\` must be smaller than the stride, but it is ${value} with stride ${stride}.`,
  },
  'argument/empty-range': {
    en: ({ callee, setting, value }) =>
      `\`${setting}\` of \`${callee}\` runs from ${value} to ${value}: its ends must differ.`,
  },
  'argument/reversed-range': {
    en: ({ callee, setting, low, high }) =>
      `\`${setting}\` of \`${callee}\` runs from ${low} down to ${high}: write ${high}..${low}.`,
  },

  // ---- losses and metrics
  'loss/shapes': {
    en: ({ callee, prediction, truth }) =>
      `\`${callee}\` compares a prediction and a truth of one shape, but gets ${prediction} and ${truth}.`,
  },
  'loss/shapes.vectors': {
    en: ({ callee, first, second }) => `\`${callee}\` compares vectors of one shape, but gets ${first} and ${second}.`,
  },
  'loss/shapes.answer': {
    en: ({ callee, name, type, places }) =>
      `\`${name}\` of \`${callee}\` has one answer for each pair of vectors, ${places}, but it is ${type}.`,
  },
  'loss/one-against-number': {
    en: ({ callee, prediction, truth }) =>
      `\`${callee}\` compares ${prediction} with ${truth}: \`squeeze\` takes the axis of size 1 away.`,
  },
  'loss/whole-numbers': {
    en: ({ callee, name, type }) =>
      `\`${callee}\` compares decimal numbers (float32), but the ${name} is ${type}: state it as float32 in \`data\`.`,
  },
  'loss/choice': {
    en: ({ callee, name, type, places }) =>
      `\`${name}\` of \`${callee}\` says which places count, so it must have their shape ${places} or that of its first axes, but it is ${type}.`,
  },
  'loss/class-numbers': {
    en: ({ callee, prediction, truth, wanted }) =>
      `\`${callee}\` compares class scores with class numbers: a truth of ${truth} needs a prediction of ${wanted}, but it is ${prediction}.`,
  },
  'loss/class-probabilities': {
    en: ({ callee, prediction, truth }) =>
      `\`${callee}\` compares class scores with a probability for each class, so both need one shape, but the prediction is ${prediction} and the truth ${truth}.`,
  },
  'loss/class-probabilities.decimal': {
    en: ({ callee, prediction, truth }) =>
      `\`${callee}\` compares class scores ${prediction} with class numbers (int32), but the truth is ${truth}: state it as int32 in \`data\`.`,
  },
  'loss/truth-type': {
    en: ({ callee, truth }) =>
      `\`${callee}\` needs class numbers (int32) or a probability for each class (float32) as truth, but gets ${truth}.`,
  },
  'loss/labels': {
    en: ({ callee, classes, low, high }) =>
      `\`${callee}\` has scores for ${classes} classes (0 to ${Number(classes) - 1}), but the labels run from ${low} to ${high}.`,
  },
  'loss/labels.from-one': {
    en: ({ classes, low, high }) =>
      `The labels run from ${low} to ${high}, but classes count from 0: there are ${classes} scores, 0 to ${Number(classes) - 1}. Take 1 from the label.`,
  },
  'loss/sigmoid-classes': {
    en: ({ callee }) =>
      `\`${callee}\` chooses one class among several, but \`sigmoid\` judged each class on its own: use \`softmax\`, or \`binaryCrossEntropy\` where several may be true at once.`,
  },
  'loss/softmax-binary': {
    en: ({ callee }) =>
      `\`${callee}\` judges each number on its own, but \`softmax\` made them sum to 1: use \`sigmoid\`, or \`crossEntropy\` where one class is to be chosen.`,
  },
  'loss/class-weights': {
    en: ({ callee, weights, classes }) =>
      `\`classWeights\` of \`${callee}\` has ${weights} numbers, but there are ${classes} classes.`,
  },

  // ---- data
  'data/missing-file': {
    en: ({ path }) =>
      `There is no file \`${path}\` (looked for beside the program, then in MODELWRIGHT_DATA): check the name, or fetch the data.`,
  },
  'data/unreadable-file.folder': { en: ({ path }) => `\`${path}\` is a folder: name a file in it.` },
  'data/unreadable-file.device': { en: ({ path }) => `\`${path}\` is no plain file: devices and pipes are not read.` },
  'data/unreadable-file.denied': { en: ({ path }) => `\`${path}\` may not be read: check its permissions.` },
  'data/missing-file.outside': {
    en: ({ path }) => `\`${path}\` lies outside the workspace, which is not trusted: trust it, or move the file in.`,
  },
  'data/unreadable-file.too-large': { en: ({ path }) => `\`${path}\` is too large to be looked into here.` },
  'data/unreadable-file.changed': { en: ({ path }) => `\`${path}\` changed while it was being read: check it again.` },
  'data/unreadable-file.unreadable': {
    en: ({ path }) => `\`${path}\` cannot be read: it is damaged, or of another form than its name says.`,
  },
  'data/wrong-format': {
    en: ({ expected, found }) => `This file should be of the form ${expected}, but it looks like ${found}.`,
  },
  'data/wrong-format.empty-table': {
    en: ({ path }) =>
      `\`${path}\` has no rows: its first line should name the columns, and each line below it should be a row.`,
  },
  'data/unequal-rows': {
    en: ({ first, firstRows, other, otherRows }) =>
      `\`${other}\` has ${otherRows} rows, but \`${first}\` has ${firstRows}: they must belong together row by row.`,
  },
  'data/padding-without-mask': {
    en: ({ callee, setting }) =>
      `The rows are padded to one length, and \`${callee}\` reads the padding too: say what is real with \`${setting}:\`.`,
  },
  'data/padding-without-mask.pooled': {
    en: ({ callee, function: name }) =>
      `The rows are padded to one length, and \`${callee}\` reads the padding too: say what is real with \`${name}(axis: 0, where: …)\`.`,
  },
  'data/padding-laid-out': {
    en: ({ callee }) => `The rows are padded to one length, and \`${callee}\` lays the padding out with the rest.`,
  },

  // ---- where sizes come from
  'why/setting': { en: ({ size, setting, callee }) => `${size} = \`${setting}\` of \`${callee}\`` },
  'why/window': { en: ({ result, room, window, settings }) => `${result} = ${room} − ${window} + 1 (${settings})` },
  'why/window-strided': {
    en: ({ result, room, window, stride, settings, rounding }) =>
      `${result} = (${room} − ${window}) // ${stride} + 1 (${settings}${rounding})`,
  },
  'why/window-same': {
    en: ({ result, size, stride }) => `${result} = ${size} divided by stride ${stride}, rounded up (padding: same)`,
  },
  'why/window-transposed': {
    en: ({ result, size, stride, settings }) => `${result} = ${size} stretched by stride ${stride} (${settings})`,
  },
  'why/join': { en: ({ result, parts, callee, axis }) => `${result} = ${parts} (\`${callee}\` along axis ${axis})` },
  'why/flattened': { en: ({ result, factors }) => `${result} = ${factors} (all axes in one)` },
  'why/times': { en: ({ result, size, times, callee }) => `${result} = ${size} × ${times} (\`${callee}\`)` },
  'why/divided': { en: ({ result, size, parts, callee }) => `${result} = ${size} / ${parts} (\`${callee}\`)` },
  'why/count': { en: ({ size, callee }) => `${size} values in \`${callee}\`` },
  'why/range': { en: ({ size, from, to }) => `${size} places from ${from} to ${to}` },
  'why/padded': { en: ({ result, size, before, after }) => `${result} = ${size} + ${before} + ${after} (\`pad\`)` },
  'why/half': { en: ({ result, size, callee }) => `${result} = half of ${size} (\`${callee}\`)` },

  // ---- fixes
  'fix/insert-before': { en: ({ stage }) => `Put \`${stage}\` in front` },
  'fix/insert-after': { en: ({ stage }) => `Put \`${stage}\` behind it` },
  'fix/set': { en: ({ setting, value }) => `Set \`${setting}: ${value}\`` },
  'fix/replace': { en: ({ text }) => `Use \`${text}\`` },
} satisfies MessageTable;
