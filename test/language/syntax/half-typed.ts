/** Half-typed inputs: each is followed by a correct second declaration, which must survive. */
const head = `model Digits(classes: int = 10) {
  input image: float32[28, 28, 1]
`;
const tail = `
block Other {
  input x: [n]
  output x -> Dense(3)
}
`;

function model(...lines: readonly string[]): string {
  return `${head}${lines.map((line) => `  ${line}\n`).join('')}}\n${tail}`;
}

/** The inputs of the design's table, by their numbers there. */
export const halfTyped: Readonly<Record<string, string>> = {
  '1 layer missing': model('x = image ->', 'output y = x -> Flatten'),
  '2 parenthesis': model('x = image -> Conv2D(32, 3', 'output y = x -> Flatten'),
  '3 value of a setting': model('x = image -> Conv2D(32, kernel: ) -> Flatten', 'output x'),
  '4 colon of a setting': model('x = image -> Conv2D(32, kernel 3)', 'output x'),
  '5 comma': model('x = image -> Conv2D(32 3)', 'output x'),
  '6 brace of a model': `${head}  output x = image -> Flatten\n${tail}`,
  '7 equals': model('x image -> Flatten', 'output x'),
  '8 colon of an input': `model Digits {\n  input image float32[28, 28, 1]\n  output image -> Flatten\n}\n${tail}`,
  '9 square bracket': `model Digits {\n  input image: float32[28, 28\n  x = image -> Flatten\n  output x\n}\n${tail}`,
  '10 misspelt layers': model('output image -> Flaten -> Dnese(10)'),
  '11 foreign arrow': model('output image |> Flatten'),
  '12 value of an output': model('output digit =') + tail,
  '13 misspelt keyword': `${head.replace('model', 'modle')}  output image -> Flatten\n}\n${tail}`,
  '14 on': `train Digits Mnist {\n  loss: mse(a, b)\n}\n${tail}`,
  '15 settings of Python': model("x = image -> Conv2D(32, kernel=3, activation='relu')", 'output x'),
  '16 return': model('x = image -> Flatten', 'return x'),
  '17 typing a layer': model('output image -> Ma'),
  '18 closes nothing': model('x = image -> Flatten)', 'output x'),
  '19 typing a word': model('output image -> Conv2D(32, 3, act)'),
  '20 garbage': model('output image -> $$ &^ !! Flatten ???'),
};

/** More of the kind. */
export const more: Readonly<Record<string, string>> = {
  'spaced arrow': model('output image - > Flatten'),
  'flow as operand': model('output image -> Flatten + image'),
  'missing operand': model('x = image +', 'output x'),
  'keyword of JavaScript': model('let x = image -> Flatten', 'output x'),
  'value without a name': model('image -> Flatten'),
  'name alone': model('Fl'),
  'keyword being typed': `${tail}\nmod`,
  'comment of C': `// digits\n${tail}`,
  'single dtype': `model M {\n  input x: float[28]\n  output x\n}\n`,
  'round shape': `model M {\n  input x: float32(28, 28)\n  output x\n}\n`,
  'missing type': `model M {\n  input x:\n  output x\n}\n`,
  'input alone': `model M {\n  input\n  output 3\n}\n`,
  'brace of a body': model('x = image -> residual { Dense(3)', 'output x'),
  'wrong closing': model('x = image -> Conv2D(32, 3]', 'output x'),
  'unclosed text': `data D {\n  source: csv("a.csv)\n  x: float32 = a\n}\n`,
  'entry without value': `train M on D {\n  loss:\n  epochs: 5\n}\n`,
  'entry without colon': `train M on D {\n  epochs 5\n}\n`,
  'entry with equals': `train M on D {\n  epochs = 5\n}\n`,
  'entry unclosed': `train M on D {\n  loss: mse(a, b\n  epochs: 5\n}\n`,
  'key alone': `train M on D {\n  epochs\n}\n`,
  'else missing': model('x = if classes > 3 { image }', 'output x'),
  'logic of C': model('require classes > 3 && !false', 'output image'),
  'power of MATLAB': model('output image ^ 2'),
  'chained comparison': model('require 1 < classes < 3', 'output image'),
  'bad number': model('output image * 3abc'),
  'leading point': model('output image * .5'),
  'brace too many': model('output image', '}', 'x = 3'),
  'no body': `model M\n${tail}`,
  'train alone': `train\n${tail}`,
  'on alone': `train M on\n${tail}`,
  'import half': `import Mnist\n${tail}`,
  'param type': `model M(n: integer = 3) {\n  input x: float32[n]\n  output x\n}\n`,
  'tuple being typed': model('(a, b) =', 'output image'),
  'empty arguments': model('x = image -> Conv2D(32, , 3)', 'output x'),
  'output with type': model('output y: [28, 28, 1]'),
  'comma missing in a function': model('x = concat(image image)', 'output x'),
  escape: `data D {\n  source: csv("a\\q{b.csv")\n}\n`,
};
