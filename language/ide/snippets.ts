/** Texts with places to fill in, for declarations and statements. The editor's snippet file is made of the same list. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of a snippet are written so
import { type Tell, tellIn } from './tell.ts';

export type SnippetWord =
  | 'model'
  | 'block'
  | 'data'
  | 'train'
  | 'evaluate'
  | 'tune'
  | 'export'
  | 'import'
  | 'input'
  | 'output'
  | 'layer'
  | 'require';

export interface Snippet {
  readonly word: SnippetWord;
  readonly insert: string;
}

export const declarationSnippets: readonly Snippet[] = [
  {
    word: 'model',
    insert: 'model ${1:Name} {\n  input ${2:x}: float32[${3:28, 28, 1}]\n\n  output ${4:y} = $2 -> $0\n}',
  },
  {
    word: 'block',
    insert: 'block ${1:Name}(${2:width: int}) {\n  input x: [${3:T, D}]\n\n  output x -> $0\n}',
  },
  {
    word: 'data',
    insert:
      'data ${1:Name} {\n  source: ${2:csv("${3:file.csv}")}\n  ${4:field}: float32 = ${5:column}\n  validation: 10%\n}',
  },
  {
    word: 'train',
    insert:
      'train ${1:Model} on ${2:Data} {\n  loss: $0\n  optimizer: Adam(0.001)\n  epochs: ${3:5}\n  batch: ${4:64}\n}',
  },
  {
    word: 'evaluate',
    insert: 'evaluate ${1:Model} on ${2:Data} {\n  expect: $0\n}',
  },
  {
    word: 'tune',
    insert: 'tune ${1:Model} on ${2:Data} {\n  search: random(trials: ${3:20})\n  $0\n}',
  },
  {
    word: 'export',
    insert: 'export ${1:Model} { to: "${2:dist/model}", format: ${3:onnx} }',
  },
  { word: 'import', insert: 'import ${1:Name} from "./${2:file}.model"' },
];

export const statementSnippets: readonly Snippet[] = [
  { word: 'input', insert: 'input ${1:x}: ${2:float32}[${3:28, 28, 1}]' },
  { word: 'output', insert: 'output ${1:y} = $0' },
  { word: 'layer', insert: 'layer ${1:name} = $0' },
  { word: 'require', insert: 'require ${1:D % heads == 0}, "${2:why}"' },
];

/** What it begins, in a few words. */
export function snippetDetail(word: SnippetWord, tell: Tell): string {
  return tell(`snippet.${word}`);
}

/** The editor's snippet file: the declarations. */
export function snippetFile(): unknown {
  return Object.fromEntries(
    declarationSnippets.map(({ word, insert }) => [
      word,
      { prefix: word, description: snippetDetail(word, tellIn('en')), body: insert.split('\n') },
    ]),
  );
}
