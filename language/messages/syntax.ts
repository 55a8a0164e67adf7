/** Texts of problems that the parser finds, their related places, and titles of their fixes. */
import type { MessageTable, MessageValues } from './table.ts';

const tick = (value: MessageValues[string] | undefined) => `\`${value}\``;

export const syntaxMessages = {
  // ---- something is missing
  'syntax/missing-layer': { en: () => 'A layer is missing after `->`.' },
  'syntax/missing-value.here': { en: () => 'A value is missing here.' },
  'syntax/missing-value.setting': { en: (v) => `${tick(`${v.name}:`)} needs a value.` },
  'syntax/missing-value.entry': { en: (v) => `${tick(`${v.name}:`)} needs a value.` },
  'syntax/missing-value.key': {
    en: (v) => `${tick(v.name)} needs a ${tick(':')} and a value, for example ${tick(`${v.name}: …`)}.`,
  },
  'syntax/missing-value.output': { en: (v) => `A value is missing after ${tick(v.before)}.` },
  'syntax/missing-value.output-type': {
    en: (v) => `${tick(`output ${v.name}`)} needs a value: write ${tick('=')} and what it is.`,
  },
  'syntax/missing-value.binding': { en: (v) => `A value is missing after ${tick(v.before)}.` },
  'syntax/missing-value.operator': { en: (v) => `A value is missing after ${tick(v.operator)}.` },
  'syntax/missing-value.argument': { en: () => 'A value is missing between these commas or brackets.' },
  'syntax/missing-value.item': { en: () => 'An item of the list is missing here.' },
  'syntax/missing-value.index': { en: () => 'An index is missing in `[ ]`, for example `x[0]` or `x[1..]`.' },
  'syntax/missing-value.parentheses': { en: () => 'There is nothing in these `( )`.' },
  'syntax/missing-value.body': { en: () => 'A layer is missing in the braces, for example `{ Dense(10) }`.' },
  'syntax/missing-value.branch': { en: (v) => `A value is missing in the braces of ${tick(v.word)}.` },
  'syntax/missing-value.condition': {
    en: () => '`if` needs a condition, for example `if stride == 1 { … } else { … }`.',
  },
  'syntax/missing-value.require': {
    en: () => '`require` needs a condition, for example `require width % heads == 0`.',
  },
  'syntax/missing-value.reason': { en: () => 'After the `,` the reason is written as a text, in double quotes.' },
  'syntax/missing-name.member': { en: () => 'A name is missing after the `.`.' },
  'syntax/missing-name.input': { en: () => 'The input needs a name: `input image: float32[28, 28, 1]`.' },
  'syntax/missing-name.layer': { en: () => 'The layer needs a name: `layer embed = Embedding(1_000, 64)`.' },
  'syntax/missing-name.part': { en: () => 'A name is missing here; `_` drops a result.' },
  'syntax/missing-name.param': { en: () => 'A parameter begins with its name: `(classes: int = 10)`.' },
  'syntax/missing-name.declaration': { en: (v) => `A name is missing after ${tick(v.what)}.` },
  'syntax/missing-name.import': {
    en: () => '`import` needs the names to take over: `import Mnist from "./mnist.model"`.',
  },
  'syntax/missing-name.of': { en: (v) => `After ${tick(`${v.name} =`)} stands the model that gets other arguments.` },
  'syntax/missing-name.what': { en: (v) => `${tick(v.what)} needs the name of a model.` },
  'syntax/missing-name.on': { en: () => '`on` needs the name of a `data` section.' },
  'syntax/missing-name.as': { en: () => '`as` needs a name for this run.' },
  'syntax/missing-type': {
    en: (v) =>
      v.word === 'input'
        ? `${tick(v.name === '' ? 'input' : v.name)} needs a type: ${tick(`input ${v.name === '' ? 'x' : v.name}: float32[28, 28, 1]`)}.`
        : `A type is missing after ${tick(`${v.name}:`)}, for example ${tick('[28, 28, 1]')}.`,
  },
  'syntax/missing-type.param': {
    en: (v) => `${tick(`${v.name}:`)} needs a type, one of ${v.all}, or a list of one of them in \`[ ]\`.`,
  },
  'syntax/missing-colon.setting': { en: (v) => `Put a \`:\` between ${tick(v.name)} and its value.` },
  'syntax/missing-colon.entry': { en: (v) => `Put a \`:\` between ${tick(v.name)} and its value.` },
  'syntax/missing-colon.type': { en: (v) => `Put a \`:\` between ${tick(v.name)} and its type.` },
  'syntax/missing-colon/insert': { en: () => 'Insert `:`' },
  'syntax/missing-comma': { en: (v) => `A \`,\` is missing before ${tick(v.text)}.` },
  'syntax/missing-comma/insert': { en: () => 'Insert `,`' },
  'syntax/missing-equals': { en: (v) => `A \`=\` is missing after ${tick(v.name)}.` },
  'syntax/missing-equals/insert': { en: () => 'Insert `=`' },
  'syntax/missing-on': {
    en: (v) => `Put \`on\` between what is trained and its data: ${tick(`${v.title} on ${v.data}`)}.`,
  },
  'syntax/missing-on/insert': { en: () => 'Insert `on`' },
  'syntax/missing-from': {
    en: (v) =>
      `\`import\` needs the file to take ${v.names === '' ? 'names' : v.names} from: ${tick(`import ${v.names === '' ? 'Mnist' : v.names} from "./file.model"`)}.`,
  },
  'syntax/missing-from.word': { en: () => 'Put `from` before the file.' },
  'syntax/missing-from.extern': {
    en: (v) => `An \`extern block\` names its module: ${tick(`extern block ${v.name} from "./${v.name}.js" { … }`)}.`,
  },
  'syntax/missing-from/insert': { en: () => 'Insert `from`' },
  'syntax/missing-else': {
    en: () => 'An `if` needs an `else`: both values must be known. Write `if … { … } else { … }`.',
  },
  'syntax/missing-else/insert': { en: () => 'Insert `else { }`' },
  'syntax/missing-branch': {
    en: (v) => `The value after ${tick(v.word)} stands in braces: \`if … { … } else { … }\`.`,
  },
  'syntax/missing-body': { en: (v) => `${tick(v.title)} needs its lines in \`{ }\`.` },
  'syntax/missing-body/insert': { en: () => 'Insert `{ }`' },

  // ---- something is never closed, or closes nothing
  'syntax/unclosed': { en: (v) => `The ${tick(v.open)} opened here is never closed: a ${tick(v.close)} is missing.` },
  'syntax/unclosed.mismatch': {
    en: (v) => `The ${tick(v.open)} opened here is closed by ${tick(v.wrong)}, not by ${tick(v.close)}.`,
  },
  'syntax/unclosed/here': {
    en: (v) => (v.wrong === '' ? `A ${tick(v.close)} is expected after this.` : `This should be ${tick(v.close)}.`),
  },
  'syntax/unclosed/close': {
    en: (v) => (v.wrong === '' ? `Insert ${tick(v.close)}` : `Replace ${tick(v.wrong)} by ${tick(v.close)}`),
  },
  'syntax/unclosed-declaration': { en: (v) => `${tick(v.title)} is never closed: a \`}\` is missing.` },
  'syntax/unclosed-declaration/here': { en: () => 'A `}` is expected after this.' },
  'syntax/unclosed-declaration/close': { en: () => 'Insert `}`' },
  'syntax/unmatched': { en: (v) => `This ${tick(v.text)} closes nothing.` },
  'syntax/unmatched/remove': { en: (v) => `Remove ${tick(v.text)}` },
  'syntax/unclosed-string': { en: () => 'This text is never closed: a `"` is missing at its end.' },
  'syntax/unclosed-string/close': { en: () => 'Insert `"`' },

  // ---- something of another language
  'syntax/arrow': { en: (v) => `Data flows with \`->\` here, not ${tick(v.text)}.` },
  'syntax/arrow/replace': { en: () => 'Change to `->`' },
  'syntax/foreign-sign': { en: (v) => `${tick(v.text)} is written ${tick(v.meant)} here.` },
  'syntax/foreign-sign/replace': { en: (v) => `Change to ${tick(v.meant)}` },
  'syntax/setting-equals': { en: (v) => `Settings use \`:\`, not \`=\`: ${tick(`${v.name}: …`)}.` },
  'syntax/setting-equals/colon': { en: () => 'Change `=` to `:`' },
  'syntax/single-quotes': { en: () => 'Texts stand in double quotes here.' },
  'syntax/single-quotes/double': { en: (v) => `Change to ${tick(v.text)}` },
  'syntax/quoted-name': { en: (v) => `${tick(v.name)} is a name here, not a text: write it without quotes.` },
  'syntax/quoted-name/unquote': { en: (v) => `Change to ${tick(v.name)}` },
  'syntax/return': { en: () => 'A result is an `output` here, not a `return`.' },
  'syntax/return/output': { en: () => 'Change to `output`' },
  'syntax/keyword-name': {
    en: (v) =>
      `${tick(v.word)} is a word of the language, so it can be no name here: choose another, also where it is declared.`,
  },
  'syntax/needless-keyword': { en: (v) => `Names need no ${tick(v.word)} here: write ${tick(`${v.name} = …`)}.` },
  'syntax/needless-keyword/remove': { en: (v) => `Remove ${tick(v.word)}` },
  'syntax/round-shape': { en: () => 'Shapes stand in `[ ]`, not in `( )`.' },
  'syntax/round-shape/square': { en: () => 'Change to `[ ]`' },
  'syntax/leading-point': { en: (v) => `A number begins with a digit: ${tick(`0${v.text}`)}.` },
  'syntax/leading-point/zero': { en: (v) => `Change to ${tick(`0${v.text}`)}` },

  // ---- something that is not understood
  'syntax/unknown-character': { en: (v) => `${tick(v.text)} is not part of the language.` },
  'syntax/number': {
    en: (v) => `${tick(v.text)} is not a number. Numbers look like \`3\`, \`20_000\`, \`0.5\`, \`1e-4\`.`,
  },
  'syntax/escape': {
    en: (v) => `${tick(v.text)} is no escape. There are \`\\"\`, \`\\\\\`, \`\\t\`, \`\\n\` and \`\\{\`.`,
  },
  'syntax/escape/double': { en: () => 'Double the `\\`' },
  'syntax/insert': {
    en: (v) =>
      `${tick(v.text)} inserts nothing: a parameter's name stands between \`{\` and \`}\`. A plain \`{\` is written \`\\{\`.`,
  },
  'syntax/insert/escape': { en: () => 'Change to `\\{`' },
  'syntax/unknown-declaration': {
    en: (v) =>
      `${tick(v.text)} does not start a declaration. A file holds \`model\`, \`block\`, \`data\`, \`train\`, \`evaluate\`, \`tune\`, \`export\` and \`import\`.`,
  },
  'syntax/unknown-declaration.near': {
    en: (v) => `${tick(v.text)} does not start a declaration. Did you mean ${tick(v.meant)}?`,
  },
  'syntax/unknown-declaration.comment': { en: () => 'Comments start with `#` here, not with `//`.' },
  'syntax/unknown-declaration/replace': { en: (v) => `Change to ${tick(v.meant)}` },
  'syntax/unknown-declaration/comment': { en: () => 'Change to `#`' },
  'syntax/unknown-dtype': { en: (v) => `There is no element type ${tick(v.name)}. It can be ${v.all}.` },
  'syntax/unknown-dtype.near': {
    en: (v) => `There is no element type ${tick(v.name)}. Did you mean ${tick(v.meant)}?`,
  },
  'syntax/unknown-dtype/replace': { en: (v) => `Change to ${tick(v.meant)}` },
  'syntax/unknown-param-type': { en: (v) => `There is no parameter type ${tick(v.name)}. It can be ${v.all}.` },
  'syntax/unknown-param-type.near': {
    en: (v) => `There is no parameter type ${tick(v.name)}. Did you mean ${tick(v.meant)}?`,
  },
  'syntax/unknown-param-type/replace': { en: (v) => `Change to ${tick(v.meant)}` },
  'syntax/unexpected': { en: (v) => `${tick(v.text)} does not fit here.` },
  'syntax/unexpected.operand': {
    en: (v) => `${tick(v.text)} does not fit here: an operator, \`->\` or a new line is missing before it.`,
  },
  'syntax/unexpected.equals': { en: () => '`=` does not fit here. A comparison is written `==`.' },
  'syntax/unexpected.bind': {
    en: () => 'Only `key: value` stands here; a name can be bound in `train` and in models.',
  },
  'syntax/unused-value': {
    en: () => 'Nothing is done with this value: give it a name (`x = …`) or make it an `output`.',
  },
  'syntax/unused-value.word': {
    en: (v) =>
      `${tick(v.text)} alone does nothing: a line is \`input\`, \`output\`, \`layer\`, \`require\` or \`name = …\`.`,
  },
  'syntax/unused-value/output': { en: () => 'Make it an `output`' },
  'syntax/unused-value/bind': { en: () => 'Give it a name' },
  'syntax/flow-operand': {
    en: (v) =>
      `\`->\` binds loosest, so a flow before ${tick(v.operator)} must stand in parentheses: \`(x -> F) ${v.operator} y\`.`,
  },
  'syntax/flow-operand/flow': { en: () => 'This flow.' },
  'syntax/flow-operand/wrap': { en: () => 'Put the flow in parentheses' },
  'syntax/chained-comparison': {
    en: (v) => `Comparisons do not chain: write \`a ${v.operator} b and b ${v.operator} c\`.`,
  },
  'syntax/while-training': { en: () => 'After an output only `while training` can stand.' },
  'syntax/while-training/insert': { en: () => 'Change to `while training`' },
  'syntax/extern-block': { en: () => '`extern` is followed by `block`: `extern block Name from "./file.js" { … }`.' },
  'syntax/extern-block/insert': { en: () => 'Insert `block`' },
  'syntax/too-deep': {
    en: (v) => `This is nested more than ${v.limit} levels deep: give inner parts names of their own (\`x = …\`).`,
  },
} satisfies MessageTable;
