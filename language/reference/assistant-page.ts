/**
 * `docs/llms.txt`: the language on one page, for assistants that write programs. Made of the grammar's page, the catalogue, the
 * sections' keys and example programs; only the rules are written here. Written by `scripts/reference.mjs`; a test finds a
 * stale one.
 */
import type { Entry, EntryPlace } from '../catalog/entry.ts';
import { entries } from '../catalog/index.ts';
import { shortSignature } from '../ide/print.ts';
import { type SectionName, sectionKeys } from '../syntax/sections.ts';

export interface AssistantPageParts {
  /** `docs/language/grammar.md`. */
  readonly grammar: string;
  /** Programs by file name. */
  readonly programs: Readonly<Record<string, string>>;
}

/** Characters that the page may have. */
export const ASSISTANT_PAGE_LIMIT = 40_000;

const RULES = `# Modelwright: the .model language on one page

Neural networks are written as .model programs, checked while they are written, and trained by one command. This page is for assistants that write such programs.

How to work: write the program, check it (tool modelwright_check, or \`modelwright check FILE --json\`), apply the edits of the preferred fix, check again until there are no errors. Never calculate shapes: ask modelwright_summary or \`modelwright summary FILE\`. Train with \`modelwright train FILE\`. Look up an entry with modelwright_entry before you use it for the first time.

## Rules

1. A program holds \`data\` (rows and fields), \`model\` and \`block\` (layers), \`train\`, \`evaluate\`, \`tune\`, \`export\`. Comments begin with \`#\`, documentation with \`##\`. A line break or \`;\` ends a statement; a line that begins with \`->\` or an operator goes on.
2. A capital letter begins a layer, a learned transform or an optimizer (\`Dense\`, \`Normalize\`, \`Adam\`); a small one a function (\`relu\`, \`concat\`, \`mean\`).
3. \`x -> Dense(64, relu) -> Dropout(0.1)\` lets a value flow through stages. Shapes leave out the batch: an image is \`float32[28, 28, 1]\` (channels last), a sequence \`[T, D]\`. Types: float32, int32, uint8, bool, string.
4. A model has \`input name: type\` lines and \`output name = …\`; its layers are made where they are written. \`layer name = Embedding(…)\` makes one to be used several times; \`name.weight\` is its weight. Names are bound with \`=\`.
5. \`block\` is a layer of your own with parameters in brackets; shapes may hold names (\`[T, D]\`) that each use fills. \`repeat(n) { … }\` and \`residual { … }\` take layers in braces.
6. \`Dense\` works on the last axis only: an image or a sequence needs \`Flatten\`, a pooling or \`mean(axis: 0)\` before the last \`Dense\`.
7. Scores or probabilities: \`crossEntropy(output, label)\` takes the output of \`softmax\` or plain scores, and knows which; the same for \`binaryCrossEntropy\` and \`sigmoid\`. Labels are class numbers (int32). Several yes-or-no answers at once: \`sigmoid\` and \`binaryCrossEntropy\`.
8. A regression ends in \`Dense(1) -> squeeze\` and \`mse(output, target)\`: losses never stretch shapes.
9. In \`data\`, a field is \`name: type = column -> transforms\`; the stated type is the conversion. Column names come from the file; \`idx\` and \`npy\` name theirs as arguments. Learned transforms (\`Normalize\`, \`Index\`, \`OneHot\`, \`Words\`, \`BytePairs\`) learn from training rows only. Say \`validation: 10%\`.
10. The fields that a model's inputs and the loss name come from the data by the same names.
11. Padded sequences need the mask: \`mask: tokens != 0\` in recurrent layers and attention, \`where:\` in \`mean\`. Attention that predicts the next token needs \`mask: causal\`.
12. Rates: a number or a schedule (\`Adam(lr: cosine(1e-3, warmup: 200))\`). Numbers may be written 5_000, shares 10%.
13. Settings before \`;\` in the signatures below may be given by position, those after it by name only (\`name: value\`). \`…\` stands for what nearly every layer takes: l1, l2, activityL1, activityL2, maxNorm, nonNegative.
`;

const PLACES: readonly (readonly [EntryPlace, string])[] = [
  ['model', 'Layers and functions of models'],
  ['loss', 'Losses'],
  ['metric', 'Metrics'],
  ['optimizer', 'Optimizers'],
  ['schedule', 'Schedules'],
  ['initialiser', 'Initialisers'],
  ['source', 'Sources of data'],
  ['data', 'Transforms in data'],
  ['augment', 'Augmentations'],
];

/** The page. */
export function assistantPage({ grammar, programs }: AssistantPageParts): string {
  return [
    RULES,
    `## Keys of sections\n\n${(Object.keys(sectionKeys) as SectionName[]).map(keysOf).join('\n')}\n`,
    `## Grammar\n\n${fenced(grammar)}\n`,
    '## Catalogue\n',
    ...PLACES.map(([place, title]) => `### ${title}\n\n${catalogueOf(place)}\n`),
    '## Programs\n',
    ...Object.entries(programs).map(([name, text]) => `### ${name}\n\n\`\`\`model\n${text.trim()}\n\`\`\`\n`),
  ].join('\n');
}

function keysOf(section: SectionName): string {
  return `${section}: ${sectionKeys[section].join(', ')}`;
}

/** The first fenced block of a page. */
function fenced(page: string): string {
  return /```ebnf\n[\s\S]*?\n```/u.exec(page)?.[0] ?? '';
}

function catalogueOf(place: EntryPlace): string {
  const all = entries.filter((entry) => entry.place === place);
  // The names of layers are the field's own; what the others do is told in a few words.
  const told = place !== 'model' && place !== 'initialiser';
  return all
    .map((entry) => (told ? `${shortSignature(entry)}: ${firstWords(entry)}` : shortSignature(entry)))
    .join('\n');
}

const LONGEST = 90;

/** The first sentence, cut at a word where it is long. */
function firstWords({ doc }: Entry): string {
  const sentence = /^.*?[.;:](?=\s|$)/u.exec(doc)?.[0] ?? doc;
  if (sentence.length <= LONGEST) return sentence.replace(/[.;:]$/u, '');
  return `${sentence.slice(0, sentence.lastIndexOf(' ', LONGEST))} …`;
}
