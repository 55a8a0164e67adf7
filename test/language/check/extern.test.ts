/** `extern block`: types from its inputs and outputs; the module is named, read for the plan, and never run by a check. */
import { expect, test } from 'vitest';
import { makePlan } from '../../../language/index.ts';
import { analyse, check } from './check.ts';
import { world } from './world.ts';

const sources = { 'swish.js': 'export default (b, { x }) => x;', 'two.mjs': 'export default (b, { x }) => [x, x];' };

test('what comes out has the stated type, for the sizes of each use', () =>
  check(
    `
      extern block Swish2(beta: float = 1.0) from "./swish.js" {
        input x: [...]
        output y: [...]
      }
      extern block Two(k: int) from "./two.mjs" {
        input x: float32[N, C]
        input mask: bool[N]
        require C % 2 == 0, "pairs are needed"
        output wide: float32[N, k * C]
        output count: int32[]
      }
      model M {
        input x: float32[3, 4]
        input real: bool[3]
        (a, b) = x -> Swish2(2) -> Two(3, mask: real)
        output y: [3, 12] = a
        output z: int32[] = b
        (p, q) = x[..., ..3] -> Two(3, mask: real)
                                ^^^ shape/require: In \`Two\`: pairs are needed: 3 % 2 is 1.
      }
    `,
    { sources },
  ));

test('only inputs and typed outputs stand in it, and its module is JavaScript', () =>
  check(
    `
      extern block A from "./swish.js" {
        input x: [N]
        output y: [Q]
                   ^ name/unknown: There is no \`Q\` here. Did you mean \`N\`?
        output z
        ^^^^^^^^ type/extern-output: An output of an \`extern block\` states its type, and the module of \`A\` makes it: \`output y: [...]\`.
        h = x
        ^^^^^ type/extern-body: An \`extern block\` only says what goes in and what comes out: what lies between is made by the module of \`A\`.
      }
      extern block B from "./swish.py" {
                          ^^^^^^^^^^^^ data/module-kind: The module of an \`extern block\` is JavaScript, a file that ends in \`.js\` or \`.mjs\`, but this is \`./swish.py\`.
        input x: [N]
        output y: [N]
      }
      extern block C from "./nowhere.js" {
                          ^^^^^^^^^^^^^^ information data/module-missing: The module \`./nowhere.js\` can’t be read: there is no such file. The path is relative to this file. Types are checked without it; training needs it.
        input x: [N]
        output y: [N]
      }
    `,
    { sources },
  ));

const program = `extern block Swish2(beta: float = 1.0) from "./swish.js" {
  input x: [...]
  output y: [...]
}
data Birds {
  source: csv("penguins.csv")
  year: float32 = year - 2007
}
model M {
  input year: float32
  output y = year -> expand -> Dense(4) -> Swish2(2) -> Dense(1) -> squeeze
}
train M on Birds {
  loss: mse(y, 1.0)
}
`;

test('a plan holds the module’s code and a node that it builds', () => {
  const { analyser } = analyse(program, { ...world, sources });
  const answer = makePlan(analyser, { file: 'test.model', text: program, action: 'train' });
  if (answer.kind !== 'plan') throw new Error(JSON.stringify(answer.problems));
  const { modules, graph } = answer.plan;
  expect(modules?.map(({ path, code }) => [path, code])).toEqual([['./swish.js', sources['swish.js']]]);
  const node = graph.nodes.find(({ op }) => op === modules?.[0]?.op);
  expect(node?.settings).toEqual({ beta: 2 });
  expect(node?.outputs).toEqual([{ dtype: 'float32', shape: [4], perExample: true }]);
});

test('without its module no run starts', () => {
  const { analyser } = analyse(program, world);
  const answer = makePlan(analyser, { file: 'test.model', text: program, action: 'train' });
  expect(answer.kind === 'problems' && answer.problems.map(({ code, severity }) => [code, severity])).toEqual([
    ['data/module-missing', 'error'],
  ]);
});
