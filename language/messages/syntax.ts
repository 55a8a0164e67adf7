/** Texts of problems that the parser finds, their related places, and titles of their fixes. */
import { inChinese } from './chinese.ts';
import type { MessageTable, MessageValues } from './table.ts';

const tick = (value: MessageValues[string] | undefined) => `\`${value}\``;

export const syntaxMessages = {
  // ---- something is missing
  'syntax/missing-layer': { en: () => 'A layer is missing after `->`.', zh: () => '`->` 后面缺少一个层。' },
  'syntax/missing-value.here': { en: () => 'A value is missing here.', zh: () => '这里缺少一个值。' },
  'syntax/missing-value.setting': {
    en: (v) => `${tick(`${v.name}:`)} needs a value.`,
    zh: (v) => `${tick(`${v.name}:`)} 需要一个值。`,
  },
  'syntax/missing-value.entry': {
    en: (v) => `${tick(`${v.name}:`)} needs a value.`,
    zh: (v) => `${tick(`${v.name}:`)} 需要一个值。`,
  },
  'syntax/missing-value.key': {
    en: (v) => `${tick(v.name)} needs a ${tick(':')} and a value, for example ${tick(`${v.name}: …`)}.`,
    zh: (v) => `${tick(v.name)} 后面需要 ${tick(':')} 和一个值，例如 ${tick(`${v.name}: …`)}。`,
  },
  'syntax/missing-value.output': {
    en: (v) => `A value is missing after ${tick(v.before)}.`,
    zh: (v) => `${tick(v.before)} 后面缺少一个值。`,
  },
  'syntax/missing-value.output-type': {
    en: (v) => `${tick(`output ${v.name}`)} needs a value: write ${tick('=')} and what it is.`,
    zh: (v) => `${tick(`output ${v.name}`)} 需要一个值：写上 ${tick('=')} 和它的内容。`,
  },
  'syntax/missing-value.binding': {
    en: (v) => `A value is missing after ${tick(v.before)}.`,
    zh: (v) => `${tick(v.before)} 后面缺少一个值。`,
  },
  'syntax/missing-value.operator': {
    en: (v) => `A value is missing after ${tick(v.operator)}.`,
    zh: (v) => `${tick(v.operator)} 后面缺少一个值。`,
  },
  'syntax/missing-value.argument': {
    en: () => 'A value is missing between these commas or brackets.',
    zh: () => '这些逗号或括号之间缺少一个值。',
  },
  'syntax/missing-value.item': { en: () => 'An item of the list is missing here.', zh: () => '列表在这里缺少一项。' },
  'syntax/missing-value.index': {
    en: () => 'An index is missing in `[ ]`, for example `x[0]` or `x[1..]`.',
    zh: () => '`[ ]` 里缺少索引，例如 `x[0]` 或 `x[1..]`。',
  },
  'syntax/missing-value.parentheses': {
    en: () => 'There is nothing in these `( )`.',
    zh: () => '这对 `( )` 里什么也没有。',
  },
  'syntax/missing-value.body': {
    en: () => 'A layer is missing in the braces, for example `{ Dense(10) }`.',
    zh: () => '花括号里缺少一个层，例如 `{ Dense(10) }`。',
  },
  'syntax/missing-value.branch': {
    en: (v) => `A value is missing in the braces of ${tick(v.word)}.`,
    zh: (v) => `${tick(v.word)} 的花括号里缺少一个值。`,
  },
  'syntax/missing-value.condition': {
    en: () => '`if` needs a condition, for example `if stride == 1 { … } else { … }`.',
    zh: () => '`if` 需要一个条件，例如 `if stride == 1 { … } else { … }`。',
  },
  'syntax/missing-value.require': {
    en: () => '`require` needs a condition, for example `require width % heads == 0`.',
    zh: () => '`require` 需要一个条件，例如 `require width % heads == 0`。',
  },
  'syntax/missing-value.reason': {
    en: () => 'After the `,` the reason is written as a text, in double quotes.',
    zh: () => '`,` 后面要写原因，用双引号括起来。',
  },
  'syntax/missing-name.member': { en: () => 'A name is missing after the `.`.', zh: () => '`.` 后面缺少名字。' },
  'syntax/missing-name.input': {
    en: () => 'The input needs a name: `input image: float32[28, 28, 1]`.',
    zh: () => '输入需要一个名字：`input image: float32[28, 28, 1]`。',
  },
  'syntax/missing-name.layer': {
    en: () => 'The layer needs a name: `layer embed = Embedding(1_000, 64)`.',
    zh: () => '层需要一个名字：`layer embed = Embedding(1_000, 64)`。',
  },
  'syntax/missing-name.part': {
    en: () => 'A name is missing here; `_` drops a result.',
    zh: () => '这里缺少名字；用 `_` 丢弃一个结果。',
  },
  'syntax/missing-name.param': {
    en: () => 'A parameter begins with its name: `(classes: int = 10)`.',
    zh: () => '参数以名字开头：`(classes: int = 10)`。',
  },
  'syntax/missing-name.declaration': {
    en: (v) => `A name is missing after ${tick(v.what)}.`,
    zh: (v) => `${tick(v.what)} 后面缺少名字。`,
  },
  'syntax/missing-name.import': {
    en: () => '`import` needs the names to take over: `import Mnist from "./mnist.model"`.',
    zh: () => '`import` 需要写明导入哪些名字：`import Mnist from "./mnist.model"`。',
  },
  'syntax/missing-name.of': {
    en: (v) => `After ${tick(`${v.name} =`)} stands the model that gets other arguments.`,
    zh: (v) => `${tick(`${v.name} =`)} 后面写要换参数的模型。`,
  },
  'syntax/missing-name.what': {
    en: (v) => `${tick(v.what)} needs the name of a model.`,
    zh: (v) => `${tick(v.what)} 需要一个模型的名字。`,
  },
  'syntax/missing-name.on': {
    en: () => '`on` needs the name of a `data` section.',
    zh: () => '`on` 需要一个 `data` 段的名字。',
  },
  'syntax/missing-name.as': {
    en: () => '`as` needs a name for this run.',
    zh: () => '`as` 需要为这次运行起一个名字。',
  },
  'syntax/missing-type': {
    en: (v) =>
      v.word === 'input'
        ? `${tick(v.name === '' ? 'input' : v.name)} needs a type: ${tick(`input ${v.name === '' ? 'x' : v.name}: float32[28, 28, 1]`)}.`
        : `A type is missing after ${tick(`${v.name}:`)}, for example ${tick('[28, 28, 1]')}.`,
    zh: (v) =>
      v.word === 'input'
        ? `${tick(v.name === '' ? 'input' : v.name)} 需要类型：${tick(`input ${v.name === '' ? 'x' : v.name}: float32[28, 28, 1]`)}。`
        : `${tick(`${v.name}:`)} 后面缺少类型，例如 ${tick('[28, 28, 1]')}。`,
  },
  'syntax/missing-type.param': {
    en: (v) => `${tick(`${v.name}:`)} needs a type, one of ${v.all}, or a list of one of them in \`[ ]\`.`,
    zh: (v) => `${tick(`${v.name}:`)} 需要类型，可以是 ${inChinese(v.all)}，或者写在 \`[ ]\` 里的列表类型。`,
  },
  'syntax/missing-colon.setting': {
    en: (v) => `Put a \`:\` between ${tick(v.name)} and its value.`,
    zh: (v) => `在 ${tick(v.name)} 和它的值之间加上 \`:\`。`,
  },
  'syntax/missing-colon.entry': {
    en: (v) => `Put a \`:\` between ${tick(v.name)} and its value.`,
    zh: (v) => `在 ${tick(v.name)} 和它的值之间加上 \`:\`。`,
  },
  'syntax/missing-colon.type': {
    en: (v) => `Put a \`:\` between ${tick(v.name)} and its type.`,
    zh: (v) => `在 ${tick(v.name)} 和它的类型之间加上 \`:\`。`,
  },
  'syntax/missing-colon/insert': { en: () => 'Insert `:`', zh: () => '插入 `:`' },
  'syntax/missing-comma': {
    en: (v) => `A \`,\` is missing before ${tick(v.text)}.`,
    zh: (v) => `${tick(v.text)} 前面缺少 \`,\`。`,
  },
  'syntax/missing-comma/insert': { en: () => 'Insert `,`', zh: () => '插入 `,`' },
  'syntax/missing-equals': {
    en: (v) => `A \`=\` is missing after ${tick(v.name)}.`,
    zh: (v) => `${tick(v.name)} 后面缺少 \`=\`。`,
  },
  'syntax/missing-equals/insert': { en: () => 'Insert `=`', zh: () => '插入 `=`' },
  'syntax/missing-on': {
    en: (v) => `Put \`on\` between what is trained and its data: ${tick(`${v.title} on ${v.data}`)}.`,
    zh: (v) => `在要训练的模型和数据之间加上 \`on\`：${tick(`${v.title} on ${v.data}`)}。`,
  },
  'syntax/missing-on/insert': { en: () => 'Insert `on`', zh: () => '插入 `on`' },
  'syntax/missing-from': {
    en: (v) =>
      `\`import\` needs the file to take ${v.names === '' ? 'names' : v.names} from: ${tick(`import ${v.names === '' ? 'Mnist' : v.names} from "./file.model"`)}.`,
    zh: (v) =>
      `\`import\` 需要写明从哪个文件导入${v.names === '' ? '' : ` ${v.names}`}：${tick(`import ${v.names === '' ? 'Mnist' : v.names} from "./file.model"`)}。`,
  },
  'syntax/missing-from.word': { en: () => 'Put `from` before the file.', zh: () => '在文件名前加上 `from`。' },
  'syntax/missing-from.extern': {
    en: (v) => `An \`extern block\` names its module: ${tick(`extern block ${v.name} from "./${v.name}.js" { … }`)}.`,
    zh: (v) => `\`extern block\` 要写明它的模块文件：${tick(`extern block ${v.name} from "./${v.name}.js" { … }`)}。`,
  },
  'syntax/missing-from/insert': { en: () => 'Insert `from`', zh: () => '插入 `from`' },
  'syntax/missing-else': {
    en: () => 'An `if` needs an `else`: both values must be known. Write `if … { … } else { … }`.',
    zh: () => '`if` 必须有 `else`：两种情况的值都要知道。写成 `if … { … } else { … }`。',
  },
  'syntax/missing-else/insert': { en: () => 'Insert `else { }`', zh: () => '插入 `else { }`' },
  'syntax/missing-branch': {
    en: (v) => `The value after ${tick(v.word)} stands in braces: \`if … { … } else { … }\`.`,
    zh: (v) => `${tick(v.word)} 后面的值要写在花括号里：\`if … { … } else { … }\`。`,
  },
  'syntax/missing-body': {
    en: (v) => `${tick(v.title)} needs its lines in \`{ }\`.`,
    zh: (v) => `${tick(v.title)} 的内容要写在 \`{ }\` 里。`,
  },
  'syntax/missing-body/insert': { en: () => 'Insert `{ }`', zh: () => '插入 `{ }`' },

  // ---- something is never closed, or closes nothing
  'syntax/unclosed': {
    en: (v) => `The ${tick(v.open)} opened here is never closed: a ${tick(v.close)} is missing.`,
    zh: (v) => `这里的 ${tick(v.open)} 一直没有闭合：缺少 ${tick(v.close)}。`,
  },
  'syntax/unclosed.mismatch': {
    en: (v) => `The ${tick(v.open)} opened here is closed by ${tick(v.wrong)}, not by ${tick(v.close)}.`,
    zh: (v) => `这里的 ${tick(v.open)} 被 ${tick(v.wrong)} 闭合，而不是 ${tick(v.close)}。`,
  },
  'syntax/unclosed/here': {
    en: (v) => (v.wrong === '' ? `A ${tick(v.close)} is expected after this.` : `This should be ${tick(v.close)}.`),
    zh: (v) => (v.wrong === '' ? `这后面应有 ${tick(v.close)}。` : `这里应为 ${tick(v.close)}。`),
  },
  'syntax/unclosed/close': {
    en: (v) => (v.wrong === '' ? `Insert ${tick(v.close)}` : `Replace ${tick(v.wrong)} by ${tick(v.close)}`),
    zh: (v) => (v.wrong === '' ? `插入 ${tick(v.close)}` : `把 ${tick(v.wrong)} 改为 ${tick(v.close)}`),
  },
  'syntax/unclosed-declaration': {
    en: (v) => `${tick(v.title)} is never closed: a \`}\` is missing.`,
    zh: (v) => `${tick(v.title)} 一直没有闭合：缺少 \`}\`。`,
  },
  'syntax/unclosed-declaration/here': { en: () => 'A `}` is expected after this.', zh: () => '这后面应有 `}`。' },
  'syntax/unclosed-declaration/close': { en: () => 'Insert `}`', zh: () => '插入 `}`' },
  'syntax/unmatched': {
    en: (v) => `This ${tick(v.text)} closes nothing.`,
    zh: (v) => `这个 ${tick(v.text)} 没有对应的开括号。`,
  },
  'syntax/unmatched/remove': { en: (v) => `Remove ${tick(v.text)}`, zh: (v) => `删除 ${tick(v.text)}` },
  'syntax/unclosed-string': {
    en: () => 'This text is never closed: a `"` is missing at its end.',
    zh: () => '这段文本没有结束：末尾缺少 `"`。',
  },
  'syntax/unclosed-string/close': { en: () => 'Insert `"`', zh: () => '插入 `"`' },

  // ---- something of another language
  'syntax/arrow': {
    en: (v) => `Data flows with \`->\` here, not ${tick(v.text)}.`,
    zh: (v) => `数据在这里用 \`->\` 流动，而不是 ${tick(v.text)}。`,
  },
  'syntax/arrow/replace': { en: () => 'Change to `->`', zh: () => '改为 `->`' },
  'syntax/foreign-sign': {
    en: (v) => `${tick(v.text)} is written ${tick(v.meant)} here.`,
    zh: (v) => `${tick(v.text)} 在这里写作 ${tick(v.meant)}。`,
  },
  'syntax/foreign-sign/replace': { en: (v) => `Change to ${tick(v.meant)}`, zh: (v) => `改为 ${tick(v.meant)}` },
  'syntax/setting-equals': {
    en: (v) => `Settings use \`:\`, not \`=\`: ${tick(`${v.name}: …`)}.`,
    zh: (v) => `设置用 \`:\`，不用 \`=\`：${tick(`${v.name}: …`)}。`,
  },
  'syntax/setting-equals/colon': { en: () => 'Change `=` to `:`', zh: () => '把 `=` 改为 `:`' },
  'syntax/single-quotes': { en: () => 'Texts stand in double quotes here.', zh: () => '文本在这里用双引号。' },
  'syntax/single-quotes/double': { en: (v) => `Change to ${tick(v.text)}`, zh: (v) => `改为 ${tick(v.text)}` },
  'syntax/quoted-name': {
    en: (v) => `${tick(v.name)} is a name here, not a text: write it without quotes.`,
    zh: (v) => `${tick(v.name)} 在这里是名字，不是文本：不要加引号。`,
  },
  'syntax/quoted-name/unquote': { en: (v) => `Change to ${tick(v.name)}`, zh: (v) => `改为 ${tick(v.name)}` },
  'syntax/return': {
    en: () => 'A result is an `output` here, not a `return`.',
    zh: () => '结果在这里用 `output` 写出，而不是 `return`。',
  },
  'syntax/return/output': { en: () => 'Change to `output`', zh: () => '改为 `output`' },
  'syntax/keyword-name': {
    en: (v) =>
      `${tick(v.word)} is a word of the language, so it can be no name here: choose another, also where it is declared.`,
    zh: (v) => `${tick(v.word)} 是语言的关键字，不能在这里用作名字：换一个名字，声明处也一起改。`,
  },
  'syntax/needless-keyword': {
    en: (v) => `Names need no ${tick(v.word)} here: write ${tick(`${v.name} = …`)}.`,
    zh: (v) => `名字前不需要 ${tick(v.word)}：写 ${tick(`${v.name} = …`)}。`,
  },
  'syntax/needless-keyword/remove': { en: (v) => `Remove ${tick(v.word)}`, zh: (v) => `删除 ${tick(v.word)}` },
  'syntax/round-shape': {
    en: () => 'Shapes stand in `[ ]`, not in `( )`.',
    zh: () => '形状写在 `[ ]` 里，而不是 `( )` 里。',
  },
  'syntax/round-shape/square': { en: () => 'Change to `[ ]`', zh: () => '改为 `[ ]`' },
  'syntax/leading-point': {
    en: (v) => `A number begins with a digit: ${tick(`0${v.text}`)}.`,
    zh: (v) => `数以数字开头：${tick(`0${v.text}`)}。`,
  },
  'syntax/leading-point/zero': {
    en: (v) => `Change to ${tick(`0${v.text}`)}`,
    zh: (v) => `改为 ${tick(`0${v.text}`)}`,
  },

  // ---- something that is not understood
  'syntax/unknown-character': {
    en: (v) => `${tick(v.text)} is not part of the language.`,
    zh: (v) => `${tick(v.text)} 不属于本语言。`,
  },
  'syntax/number': {
    en: (v) => `${tick(v.text)} is not a number. Numbers look like \`3\`, \`20_000\`, \`0.5\`, \`1e-4\`.`,
    zh: (v) => `${tick(v.text)} 不是数。数写作 \`3\`、\`20_000\`、\`0.5\`、\`1e-4\`。`,
  },
  'syntax/escape': {
    en: (v) => `${tick(v.text)} is no escape. There are \`\\"\`, \`\\\\\`, \`\\t\`, \`\\n\` and \`\\{\`.`,
    zh: (v) => `${tick(v.text)} 不是转义。可用的有 \`\\"\`、\`\\\\\`、\`\\t\`、\`\\n\` 和 \`\\{\`。`,
  },
  'syntax/escape/double': { en: () => 'Double the `\\`', zh: () => '把 `\\` 写两次' },
  'syntax/insert': {
    en: (v) =>
      `${tick(v.text)} inserts nothing: a parameter's name stands between \`{\` and \`}\`. A plain \`{\` is written \`\\{\`.`,
    zh: (v) => `${tick(v.text)} 没有插入任何内容：\`{\` 和 \`}\` 之间写参数名。单独的 \`{\` 写作 \`\\{\`。`,
  },
  'syntax/insert/escape': { en: () => 'Change to `\\{`', zh: () => '改为 `\\{`' },
  'syntax/unknown-declaration.loop': {
    en: () =>
      'There are no loops: a layer is repeated with `repeat(3) { … }`, with the number of the round as `repeat(3) { i => … }`.',
    zh: () => '没有循环语句：用 `repeat(3) { … }` 重复一个层，需要轮次编号时写 `repeat(3) { i => … }`。',
  },
  'syntax/unknown-declaration.statement': {
    en: (v) => `${tick(v.text)} does not start a line of a model. Did you mean ${tick(v.meant)}?`,
    zh: (v) => `${tick(v.text)} 不能开始模型中的一行。是不是想写 ${tick(v.meant)}？`,
  },
  'syntax/unknown-declaration': {
    en: (v) =>
      `${tick(v.text)} does not start a declaration. A file holds \`model\`, \`block\`, \`data\`, \`train\`, \`evaluate\`, \`tune\`, \`export\` and \`import\`.`,
    zh: (v) =>
      `${tick(v.text)} 不能开始一个声明。文件由 \`model\`、\`block\`、\`data\`、\`train\`、\`evaluate\`、\`tune\`、\`export\` 和 \`import\` 组成。`,
  },
  'syntax/unknown-declaration.near': {
    en: (v) => `${tick(v.text)} does not start a declaration. Did you mean ${tick(v.meant)}?`,
    zh: (v) => `${tick(v.text)} 不能开始一个声明。是不是想写 ${tick(v.meant)}？`,
  },
  'syntax/unknown-declaration.comment': {
    en: () => 'Comments start with `#` here, not with `//`.',
    zh: () => '注释在这里以 `#` 开头，而不是 `//`。',
  },
  'syntax/unknown-declaration/replace': { en: (v) => `Change to ${tick(v.meant)}`, zh: (v) => `改为 ${tick(v.meant)}` },
  'syntax/unknown-declaration/comment': { en: () => 'Change to `#`', zh: () => '改为 `#`' },
  'syntax/unknown-dtype': {
    en: (v) => `There is no element type ${tick(v.name)}. It can be ${v.all}.`,
    zh: (v) => `没有元素类型 ${tick(v.name)}。可以是 ${inChinese(v.all)}。`,
  },
  'syntax/unknown-dtype.near': {
    en: (v) => `There is no element type ${tick(v.name)}. Did you mean ${tick(v.meant)}?`,
    zh: (v) => `没有元素类型 ${tick(v.name)}。是不是想写 ${tick(v.meant)}？`,
  },
  'syntax/unknown-dtype/replace': { en: (v) => `Change to ${tick(v.meant)}`, zh: (v) => `改为 ${tick(v.meant)}` },
  'syntax/unknown-param-type': {
    en: (v) => `There is no parameter type ${tick(v.name)}. It can be ${v.all}.`,
    zh: (v) => `没有参数类型 ${tick(v.name)}。可以是 ${inChinese(v.all)}。`,
  },
  'syntax/unknown-param-type.near': {
    en: (v) => `There is no parameter type ${tick(v.name)}. Did you mean ${tick(v.meant)}?`,
    zh: (v) => `没有参数类型 ${tick(v.name)}。是不是想写 ${tick(v.meant)}？`,
  },
  'syntax/unknown-param-type/replace': { en: (v) => `Change to ${tick(v.meant)}`, zh: (v) => `改为 ${tick(v.meant)}` },
  'syntax/unexpected': {
    en: (v) => `${tick(v.text)} does not fit here.`,
    zh: (v) => `${tick(v.text)} 不能出现在这里。`,
  },
  'syntax/unexpected/compare': { en: () => 'Change to `==`', zh: () => '改为 `==`' },
  'syntax/unexpected/comma': { en: () => 'Change to `,`', zh: () => '改为 `,`' },
  'syntax/unexpected/list': { en: () => 'Put them in brackets', zh: () => '放进方括号' },
  'syntax/unexpected.list': {
    en: () => 'Several values of one key stand in brackets: `[a, b]`.',
    zh: () => '同一个键的多个值要写在方括号里：`[a, b]`。',
  },
  'syntax/unexpected.operand': {
    en: (v) => `${tick(v.text)} does not fit here: an operator, \`->\` or a new line is missing before it.`,
    zh: (v) => `${tick(v.text)} 不能出现在这里：它前面缺少运算符、\`->\` 或换行。`,
  },
  'syntax/unexpected.equals': {
    en: () => '`=` does not fit here. A comparison is written `==`.',
    zh: () => '`=` 不能出现在这里。比较写作 `==`。',
  },
  'syntax/unexpected.bind': {
    en: () => 'Only `key: value` stands here; a name can be bound in `train` and in models.',
    zh: () => '这里只能写 `key: value`；名字可以在 `train` 和模型中绑定。',
  },
  'syntax/unused-value': {
    en: () => 'Nothing is done with this value: give it a name (`x = …`) or make it an `output`.',
    zh: () => '这个值没有被使用：给它起名（`x = …`），或者写成 `output`。',
  },
  'syntax/unused-value.word': {
    en: (v) =>
      `${tick(v.text)} alone does nothing: a line is \`input\`, \`output\`, \`layer\`, \`require\` or \`name = …\`.`,
    zh: (v) =>
      `单独写 ${tick(v.text)} 没有作用：一行可以是 \`input\`、\`output\`、\`layer\`、\`require\` 或 \`name = …\`。`,
  },
  'syntax/unused-value/output': { en: () => 'Make it an `output`', zh: () => '写成 `output`' },
  'syntax/unused-value/bind': { en: () => 'Give it a name', zh: () => '给它起名' },
  'syntax/flow-operand': {
    en: (v) =>
      `\`->\` binds loosest, so a flow before ${tick(v.operator)} must stand in parentheses: \`(x -> F) ${v.operator} y\`.`,
    zh: (v) => `\`->\` 的优先级最低，因此 ${tick(v.operator)} 前面的流要加括号：\`(x -> F) ${v.operator} y\`。`,
  },
  'syntax/flow-operand/flow': { en: () => 'This flow.', zh: () => '这个流。' },
  'syntax/flow-operand/wrap': { en: () => 'Put the flow in parentheses', zh: () => '给流加上括号' },
  'syntax/chained-comparison': {
    en: (v) => `Comparisons do not chain: write \`a ${v.operator} b and b ${v.operator} c\`.`,
    zh: (v) => `比较不能连写：写 \`a ${v.operator} b and b ${v.operator} c\`。`,
  },
  'syntax/while-training': {
    en: () => 'After an output only `while training` can stand.',
    zh: () => '输出后面只能写 `while training`。',
  },
  'syntax/while-training/insert': { en: () => 'Change to `while training`', zh: () => '改为 `while training`' },
  'syntax/extern-block': {
    en: () => '`extern` is followed by `block`: `extern block Name from "./file.js" { … }`.',
    zh: () => '`extern` 后面要写 `block`：`extern block Name from "./file.js" { … }`。',
  },
  'syntax/extern-block/insert': { en: () => 'Insert `block`', zh: () => '插入 `block`' },
  'syntax/too-deep': {
    en: (v) => `This is nested more than ${v.limit} levels deep: give inner parts names of their own (\`x = …\`).`,
    zh: (v) => `这里嵌套超过 ${v.limit} 层：给里面的部分起名字（\`x = …\`）。`,
  },
} satisfies MessageTable;
