/** Words that stay as they are in every language, by what they are; everything else that is read comes from the tables of texts. */

/** Of the program, as it writes them. */
const PROGRAM =
  'on mnist Mnist Digits MnistCnn Features Classifier Conv2D Dense MaxPool2D Flatten Attention Normalize Words decodeAudio length rate relu softmax train crossEntropy digit label image images kernel bias loss accuracy batch optimizer epochs lr Adam SGD checkpoints float32 int32';

/** Of the data and of runs: classes, columns, tokens, files, tags. */
const DATA =
  'writer ada charles review sound wave positive negative fine film north yes size age The the fox saw moon and sang words features quiet heron amber slow river bright elm first light base text';

/** Of programs, formats, methods, units and what can be drawn from them. */
const NAMES =
  'ONNX Runtime CPU GPU Markdown CSV SVG PNG ROC AUC Wilson DeLong NaN MNIST GiB MiB KiB ms macs Alt Enter Esc Delete';

/** Markup as a name, which must be seen as it is; files; words of the program in backticks; the half of the day. */
const APART = /<[^>]*>|[\w./-]+\.(?:idx|gz|csv|model|parquet)\b|`[^`]*`|\d [AP]M\b/g;

const KNOWN = new Set(`${PROGRAM} ${DATA} ${NAMES}`.split(' '));

/** Words of a text, of two letters at least, that are not such names. */
export function strangeWords(text: string): string[] {
  const words = text.replaceAll(APART, '').match(/[\p{L}][\p{L}\d]+/gu) ?? [];
  return words.filter((word) => /[A-Za-z]{2,}/.test(word) && !KNOWN.has(word));
}
