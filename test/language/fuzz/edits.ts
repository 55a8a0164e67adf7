/** Seeded edits of programs, one after another, as typing, deleting, pasting and moving lines make them. */
import { random } from '../syntax/random.ts';

const pieces = [
  ...'()[]{}:,.=+-*/%@<>"#\n \t\\;!$'.split(''),
  '->',
  '=>',
  '**',
  '//',
  '==',
  '..',
  '...',
  '##',
  '\r\n',
  '\r',
  '\ud83d',
  '\u6587',
  '\u200b',
  '0',
  '1',
  '3',
  '-1',
  '1.5',
  '1e-3',
  '9007199254740993',
  '10%',
  'x',
  'T',
  'N',
  'true',
  'none',
  'relu',
  'same',
  'softmax',
  'float32',
  'int32[T]',
  'float32[3, 4]',
  ' -> Dense(3)',
  ' -> Conv2D(8, 3, relu)',
  ' -> Flatten',
  ' -> squeeze',
  ' -> repeat(2) { i => Dense(4 + i) }',
  ' -> residual { Dense(4) }',
  ' -> Bidirectional { LSTM(4) }',
  'Attention(2, mask: causal)',
  'Nothing',
  'mean(axis: 0)',
  'concat(x, x)',
  'embed.weight',
  '[0]',
  '[1..]',
  '[..., 1]',
  'if true { x } else { x }',
  'if T > 3 { 1 } else { 2 }',
  '\n  input x: float32[3]',
  '\n  output y = x -> Dense(2)',
  '\n  layer a = Dense(2)',
  '\n  require T > 3, "why"',
  '\n  (a, b) = x -> LSTM(3, state: true)',
  '\nmodel Q {\n',
  '\nblock R(n: int = 3, inner: layer) {\n  input x: [N, M]\n  output x -> R\n}\n',
  '\nmodel V = M(width: 3)\n',
  '\nextern block E(k: int) from "./e.js" {\n  input x: [...]\n  output y: [...]\n}\n',
  '\nimport Mnist from "./1-mnist.model"\n',
  '\ntrain GPT on Shakespeare {\n',
  '\ntune Digits on Mnist { batch: choice(16, 32), search: random(trials: 3), maximize: validation.accuracy }\n',
  '\nevaluate Digits on Mnist { metrics: accuracy(digit, label), slices: label }\n',
  '\nexport Digits { to: "out", format: onnx }\n',
  '\n  validation: 10%\n',
  '\n  epochs: 0\n',
  '\n  stop: early(patience: 2)\n',
  '\n  freeze: embed\n',
  '\n  loss: mse(x, y)\n',
  '\n  optimizer: SGD(lr: cosine(0.1), momentum: 0.9)\n',
  'choice(1, 2)',
  'log(1e-4..1e-2)',
  'scale(0..255, 0..1)',
  '"mnist/{part}"',
];

export interface Editor {
  /** The text after one more edit. */
  next(): string;
  /** The number behind all that comes: a failure is repeated by it. */
  readonly below: (n: number) => number;
}

/** How many edits a text gets before another takes its place. */
const LIFE = 40;
const LONGEST = 6000;

/** Edits over `programs`, endless, the same for the same seed. Most texts are some declarations of a program, a few are whole. */
export function createEditor(seed: number, programs: readonly string[]): Editor {
  const next = random(seed);
  const below = (n: number) => Math.floor(next() * n);
  const anyOf = (list: readonly string[]) => list[below(list.length)] ?? '';
  const parts = programs.map((program) =>
    program.split(/\n(?=(?:##|model|block|data|train|tune|evaluate|export|import)\b)/u),
  );
  let text = '';
  let left = 0;

  function fresh(): string {
    const program = below(programs.length);
    if (below(12) === 0) return programs[program] ?? '';
    const pieces = parts[program] ?? [];
    const from = below(pieces.length);
    return `${pieces.slice(from, from + 1 + below(3)).join('\n')}\n`;
  }

  function edited(): string {
    const at = below(text.length + 1);
    const choice = below(20);
    if (choice < 5) return text.slice(0, at) + text.slice(at + 1 + below(3));
    if (choice < 6) return text.slice(0, at) + text.slice(at + 1 + below(60));
    if (choice < 13) return text.slice(0, at) + anyOf(pieces) + text.slice(at);
    if (choice < 15) {
      const piece = anyOf(pieces);
      return text.slice(0, at) + piece + text.slice(at + piece.length);
    }
    if (choice < 17) {
      const other = programs[below(programs.length)] ?? '';
      const from = below(other.length);
      return text.slice(0, at) + other.slice(from, from + below(80)) + text.slice(at);
    }
    const lines = text.split('\n');
    const [line = ''] = lines.splice(below(lines.length), 1);
    if (choice < 19) lines.splice(below(lines.length + 1), 0, line);
    return lines.join('\n');
  }

  return {
    below,
    next() {
      if (left-- <= 0 || text.length > LONGEST) {
        text = fresh();
        left = LIFE;
      } else text = edited();
      return text;
    },
  };
}
