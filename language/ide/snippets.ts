/** Texts with places to fill in, for declarations and statements. The editor's snippet file is made of the same list. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of a snippet are written so
export interface Snippet {
  readonly word: string;
  readonly detail: string;
  readonly insert: string;
}

export const declarationSnippets: readonly Snippet[] = [
  {
    word: 'model',
    detail: 'a network that can be trained',
    insert: 'model ${1:Name} {\n  input ${2:x}: float32[${3:28, 28, 1}]\n\n  output ${4:y} = $2 -> $0\n}',
  },
  {
    word: 'block',
    detail: 'a part of networks, for any shape',
    insert: 'block ${1:Name}(${2:width: int}) {\n  input x: [${3:T, D}]\n\n  output x -> $0\n}',
  },
  {
    word: 'data',
    detail: 'where examples come from',
    insert:
      'data ${1:Name} {\n  source: ${2:csv("${3:file.csv}")}\n  ${4:field}: float32 = ${5:column}\n  validation: 10%\n}',
  },
  {
    word: 'train',
    detail: 'how a model is trained on data',
    insert:
      'train ${1:Model} on ${2:Data} {\n  loss: $0\n  optimizer: Adam(0.001)\n  epochs: ${3:5}\n  batch: ${4:64}\n}',
  },
  {
    word: 'evaluate',
    detail: 'what a trained model must reach',
    insert: 'evaluate ${1:Model} on ${2:Data} {\n  expect: $0\n}',
  },
  {
    word: 'tune',
    detail: 'a search for settings',
    insert: 'tune ${1:Model} on ${2:Data} {\n  search: random(trials: ${3:20})\n  $0\n}',
  },
  {
    word: 'export',
    detail: 'the model for elsewhere',
    insert: 'export ${1:Model} { to: "${2:dist/model}", format: ${3:onnx} }',
  },
  { word: 'import', detail: 'declarations of another file', insert: 'import ${1:Name} from "./${2:file}.model"' },
];

export const statementSnippets: readonly Snippet[] = [
  { word: 'input', detail: 'what flows in', insert: 'input ${1:x}: ${2:float32}[${3:28, 28, 1}]' },
  { word: 'output', detail: 'what comes out', insert: 'output ${1:y} = $0' },
  { word: 'layer', detail: 'a layer shared by all its uses', insert: 'layer ${1:name} = $0' },
  { word: 'require', detail: 'a condition on sizes', insert: 'require ${1:D % heads == 0}, "${2:why}"' },
];

/** The editor's snippet file: the declarations. */
export function snippetFile(): unknown {
  return Object.fromEntries(
    declarationSnippets.map(({ word, detail, insert }) => [
      word,
      { prefix: word, description: detail, body: insert.split('\n') },
    ]),
  );
}
