/** Names, defaults and inputs: what is told once, where it is written. */
import { test } from 'vitest';
import { check } from './check.ts';
import { world } from './world.ts';

test('a name is used after its line, never in it', () =>
  check(`
    model M {
      input x: float32[3]
      y = z -> Dense(2)
          ^ name/bound-later: \`z\` is bound further down: a name can be used only after its line.
            | 4:3 \`z\` is first bound here
      z = x -> Dense(3)
      w = w + 1
          ^ name/bound-later: \`w\` is bound by this very line, so it has no value yet. If an earlier value is meant, it needs another name.
      output y + z
    }
  `));

test('a word of the language as a name: one message', () =>
  check(`
    model M {
      input x: float32[3]
      output layer = x -> Dense(2)
             ^^^^^ syntax/keyword-name: \`layer\` is a word of the language, so it can be no name here: choose another, also where it is declared.
    }
  `));

test('defaults of parameters are of the stated kind', () =>
  check(`
    block B(a: int = 1.5, b: float = 3, c: bool = 1, d: string = x, e: [int] = [1, 2.5], f: layer = Dense(3), g = same) {
                     ^^^ argument/default: \`a\` is a whole number, but its default is 1.5.
                                                  ^ argument/default: \`c\` is \`true\` or \`false\`, but its default is 1.
                                                                 ^ name/bound-later: \`x\` is bound further down: a name can be used only after its line.
                                                                               ^^^^^^^^ argument/default: \`e\` is a list, each item a whole number, but its default is [1, 2.5].
      input x: [N]
      output x -> f
    }
  `));

test('defaults of inputs have their shape; told once, not at each use', () =>
  check(`
    block A {
      input x: [N]
      input scale: [N] = 1.0
                         ^^^ shape/input-default: The default of \`scale\` is float32[], but the input is [N]: write a value of that shape, like \`zeros([…])\`.
      input shift: [N] = zeros([N])
      output x * scale + shift
    }
    model M {
      input x: float32[3]
      output y = x -> A
      output z = x -> A(scale: x, shift: x)
    }
  `));

test('weights of a named layer are known once something has flowed into it', () =>
  check(`
    model M {
      input x: float32[4]
      layer norm = LayerNorm
      layer head = Dense(3)
      layer table = Embedding(5, 4)
      s = norm.scale
               ^^^^^ name/no-weights
      y = x -> norm -> head
      output a = sum(norm.scale) + sum(y)
      output b: [4, 3] = head.kernel
      output c: [5, 4] = table.weight
    }
  `));

test('imports: no name twice', () =>
  check(
    `
      import A, B, A from "./b.model"
                   ^ name/declared-twice: This file declares \`A\` twice; the first one counts. Rename one of them.
      import B from "./b.model"
             ^ name/declared-twice: This file declares \`B\` twice; the first one counts. Rename one of them.
      model M {
        input x: float32[3]
        output x -> A -> B
      }
    `,
    { sources: { 'b.model': 'block A {\n  input x: [N]\n  output x\n}\nblock B {\n  input x: [N]\n  output x\n}\n' } },
  ));

test('words through parameters are told where the use gives them', () =>
  check(`
    block Conv(filters: int, padding = same, activation = relu) {
      input x: [H, W, C]
      output x -> Conv2D(filters, 3, activation, padding: padding)
    }
    model M {
      input x: float32[8, 8, 3]
      output y: [6, 6, 4] = x -> Conv(4, padding: valid, activation: gelu)
      output z = x -> Conv(4, padding: sane)
                                       ^^^^ argument/word-kind: In \`Conv\`: \`padding\` is \`valid\` or \`same\`, but got \`sane\`.
      output w = x -> Conv(4, activation: swosh)
                                          ^^^^^ argument/word-kind: In \`Conv\`: \`activation\` is the name of an activation, like \`relu\`, but got \`swosh\`.
    }
  `));

test('a key that is half-typed says only that', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        year: float32 = year
        validation: 10 %
                       ^ syntax/missing-value
      }
    `,
    world,
  ));
