/**
 * What Chinese texts share: the words of messages that the checker hands over in English ("a whole number", "first"), and the
 * spaces between Chinese and Latin letters. The words of programs are never translated: they stand in backticks.
 */
import type { MessageValues } from './table.ts';

const words: Readonly<Record<string, string>> = {
  // ---- what a setting takes
  'a whole number': '整数',
  'a number': '数',
  'a fraction': '分数',
  'a layer': '层',
  'a value': '值',
  'a map': '一组数',
  'its shape': '它的形状',
  'the number of its axes': '轴的个数',
  'something that is no text': '不是文本的内容',
  'a text': '文本',
  'a text in quotes': '带引号的文本',
  'an index': '索引',
  'a list of numbers': '数的列表',
  'the number of an axis': '轴的编号',
  'the number of an axis or a list of them': '轴的编号，或若干编号的列表',
  'true or false': '真或假',
  'something unknown': '未知的内容',
  'a number, a text or a word': '数、文本或单词',
  '`valid`, `same`, or a number of cells': '`valid`、`same`，或填充的单元数',
  // ---- windows
  ', rounded up': '，向上取整',
};

/** What messages speak of by an English word that could as well be a name of the program. */
const things: Readonly<Record<string, string>> = {
  // ---- axes and places
  depth: '深度',
  height: '高度',
  width: '宽度',
  time: '时间',
  channels: '通道数',
  'channels of the image': '图像的通道数',
  'channels of the volume': '体数据的通道数',
  'features of the sequence': '序列的特征数',
  filters: '卷积核数',
  units: '单元数',
  first: '第一个',
  second: '第二个',
  third: '第三个',
  fourth: '第四个',
  fifth: '第五个',
  last: '最后一个',
  none: '（没有）',
  // ---- kinds of files
  folder: '文件夹',
  text: '文本',
  // ---- losses
  truth: '真实值',
  prediction: '预测',
};

type Rule = readonly [RegExp, (...parts: readonly string[]) => string];

const rules: readonly Rule[] = [
  [/^a whole number or (\d+) of them, like (.+)$/u, (count, like) => `整数，或 ${count} 个整数，例如 ${like}`],
  [/^a list of names, like (.+)$/u, (like) => `名字的列表，例如 ${like}`],
  [/^a list, each item (.+)$/u, (item) => `列表，每一项是${inChinese(item)}`],
  [
    /^a layer of the model, a class like (.+), or a list of these$/u,
    (like) => `模型的层、类名（例如 ${like}），或它们的列表`,
  ],
  [/^a list of sizes, like (.+)$/u, (like) => `尺寸的列表，例如 ${like}`],
  [/^a range, like (.+)$/u, (like) => `范围，例如 ${like}`],
  [/^the name of an activation, like (.+)$/u, (like) => `激活函数的名字，例如 ${like}`],
  [/^the name of a metric, like (.+)$/u, (like) => `指标的名字，例如 ${like}`],
  [/^how weights start, like (.+) or (.+)$/u, (one, two) => `权重的初始化方法，例如 ${one} 或 ${two}`],
  [/^a number or a schedule, like (.+)$/u, (like) => `数或学习率调度，例如 ${like}`],
  [/^the layer (.+)$/u, (layer) => `层 ${layer}`],
  [/^the weight (.+)$/u, (weight) => `权重 ${weight}`],
  [/^the field (.+)$/u, (field) => `字段 ${field}`],
  [/^(\d+)th$/u, (index) => `第 ${index} 个`],
  [/^ \((.+) with the padding\)$/u, (size) => `（加上填充是 ${size}）`],
  [/^(\S+) to (\S+) \(or (\S+) to (\S+)\)$/u, (from, to, low, high) => `${from} 到 ${to}（或 ${low} 到 ${high}）`],
  [/^0 \(or (\S+)\)$/u, (minus) => `0（或 ${minus}）`],
  [/^(above|at least|below|at most) (\S+)$/u, (how, number) => bound(how, number)],
  [
    /^(above|at least) (\S+) and (below|at most) (\S+)$/u,
    (how, low, other, high) => `${bound(how, low)}且${bound(other, high)}`,
  ],
  [/^(.+) and more$/u, (some) => `${some.replaceAll('`, `', '`、`')} 等`],
  [/^(`[^`]*`(?:, `[^`]*`)+)$/u, (all) => all.replaceAll('`, `', '`、`')],
  [/^(.+) is (\S+)$/u, (left, value) => `${left} 是 ${value === 'false' ? '假' : value}`],
  [/^(window .+)$/u, (settings) => windowSettings(settings)],
  [/^(.+) or (`[^`]*`)$/u, (some, last) => `${some.replaceAll('`, `', '`、`')} 或 ${last}`],
];

/** Words that the checker put into a message, in Chinese; what is no such phrase stays as it is. */
export function inChinese(value: MessageValues[string] | undefined): string {
  const text = String(value);
  const word = Object.hasOwn(words, text) ? words[text] : undefined;
  if (word !== undefined) return word;
  for (const [pattern, say] of rules) {
    const found = pattern.exec(text);
    if (found) return say(...found.slice(1).map((part) => part ?? ''));
  }
  return text;
}

/** An axis, a place, a count or a side of a comparison (`height`, `first`, `channels`, `truth`) in Chinese. */
export function thingInChinese(value: MessageValues[string] | undefined): string {
  const text = String(value);
  return (Object.hasOwn(things, text) ? things[text] : undefined) ?? inChinese(text);
}

/** One space between Chinese and Latin letters, digits or code; inside code and quoted texts nothing is touched. */
export function spaced(text: string): string {
  const parts = text.split(/(`[^`]*`|"[^"]*")/u);
  return parts
    .map((part, i) => (i % 2 === 1 ? part : between(part)))
    .reduce((left, right) => left + (needsSpace(left, right) ? ' ' : '') + right, '');
}

const ideograph = '\\p{Script=Han}';
const latin = 'A-Za-z0-9';
const hanThenLatin = new RegExp(`(${ideograph})([${latin}[(])`, 'gu');
const latinThenHan = new RegExp(`([${latin}%\\])])(${ideograph})`, 'gu');
const hanAtEnd = new RegExp(`${ideograph}$`, 'u');
const hanAtStart = new RegExp(`^${ideograph}`, 'u');

function between(text: string): string {
  return text.replace(hanThenLatin, '$1 $2').replace(latinThenHan, '$1 $2');
}

function needsSpace(left: string, right: string): boolean {
  return (hanAtEnd.test(left) && /^[`"]/u.test(right)) || (/[`"]$/u.test(left) && hanAtStart.test(right));
}

function bound(how: string | undefined, number: string | undefined): string {
  const sign = { above: '大于', 'at least': '不小于', below: '小于', 'at most': '不大于' }[how ?? ''] ?? '';
  return `${sign} ${number}`;
}

function windowSettings(settings: string): string {
  return settings
    .split(', ')
    .map((part) =>
      part
        .replace(/^window /u, '窗口 ')
        .replace(/^dilation /u, '空洞率 ')
        .replace(/^stride /u, '步幅 ')
        .replace(/ and /u, ' 和 '),
    )
    .join('，');
}
