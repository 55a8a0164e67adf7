/** Seeded mutations of programs: what typing, deleting, pasting and cats do to them. */
import { examplePrograms } from './examples.ts';
import { random } from './random.ts';

export { random };

const pieces = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '->',
  '=',
  ':',
  ',',
  '.',
  '..',
  '...',
  '+',
  '-',
  '**',
  '//',
  '%',
  '==',
  '=>',
  '"',
  "'",
  '#',
  '##',
  '\n',
  ' ',
  ';',
  'model',
  'block',
  'data',
  'train',
  'input',
  'output',
  'layer',
  'require',
  'if',
  'else',
  'not',
  'and',
  'import',
  'from',
  'on',
  'as',
  'while',
  'by',
  'x',
  'Dense',
  'float32',
  '3',
  '1e',
  '10%',
  '0x',
  '.5',
  '$',
  '&&',
  '|>',
  '!',
  '^',
  'é',
  '🙂',
  '\\',
  '\t',
  '\r\n',
  '\0',
  '\ud800',
];

/** Endless mutated texts, mostly short (all but a share of whole programs are cut to a window), so that many are tried in little time. */
export function* mutations(seed: number, whole = 0.3): Generator<string> {
  const next = random(seed);
  const below = (n: number) => Math.floor(next() * n);
  const programs = examplePrograms().map(([, text]) => text);
  for (;;) {
    const program = programs[below(programs.length)] ?? '';
    const from = below(program.length);
    let text = next() < whole ? program : program.slice(from, from + 40 + below(400));
    for (let i = 1 + below(6); i > 0; i--) {
      const at = below(text.length + 1);
      const piece = pieces[below(pieces.length)] ?? '';
      const choice = next();
      if (choice < 0.35) text = text.slice(0, at) + text.slice(at + 1 + below(8));
      else if (choice < 0.75) text = text.slice(0, at) + piece + text.slice(at);
      else if (choice < 0.9) text = text.slice(0, at) + piece + text.slice(at + piece.length);
      else {
        const other = below(text.length + 1);
        text = text.slice(0, at) + text.slice(other, other + below(60)) + text.slice(at);
      }
    }
    yield text;
  }
}
