/** Texts of what the catalogue's rules refuse or remark about shapes. */
import { inChinese, thingInChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const ruleMessages = {
  // ---- numbers of axes
  'shape/rank.volume': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` needs a volume \`[depth, height, width, channels]\`, but gets ${shape}, which has ${axes} ${plural}.`,
    zh: ({ callee, shape, axes }) =>
      `\`${callee}\` 需要体数据 \`[depth, height, width, channels]\`，但得到的是 ${shape}，它有 ${axes} 个轴。`,
  },
  'shape/rank.frames': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` needs the frames of a film \`[time, height, width, channels]\`, but gets ${shape}, which has ${axes} ${plural}.`,
    zh: ({ callee, shape, axes }) =>
      `\`${callee}\` 需要一串图像 \`[time, height, width, channels]\`，但得到的是 ${shape}，它有 ${axes} 个轴。`,
  },
  'shape/rank.image': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` needs an image \`[height, width, channels]\`, but gets ${shape}, which has ${axes} ${plural}.`,
    zh: ({ callee, shape, axes }) =>
      `\`${callee}\` 需要图像 \`[height, width, channels]\`，但得到的是 ${shape}，它有 ${axes} 个轴。`,
  },
  'shape/rank.sequence': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` needs a sequence \`[time, features]\`, but gets ${shape}, which has ${axes} ${plural}.`,
    zh: ({ callee, shape, axes }) =>
      `\`${callee}\` 需要序列 \`[time, features]\`，但得到的是 ${shape}，它有 ${axes} 个轴。`,
  },
  'shape/rank.features': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` needs \`[features]\`, but gets ${shape}, which has ${axes} ${plural}.`,
    zh: ({ callee, shape, axes }) => `\`${callee}\` 需要 \`[features]\`，但得到的是 ${shape}，它有 ${axes} 个轴。`,
  },
  'shape/rank.single': {
    en: ({ callee }) => `\`${callee}\` works along an axis, but gets a single number: give it one with \`expand\`.`,
    zh: ({ callee }) => `\`${callee}\` 沿某个轴工作，但得到的是单个数：用 \`expand\` 加一个轴。`,
  },
  'shape/rank.few': {
    en: ({ callee, shape, axes, least }) =>
      `\`${callee}\` needs at least ${least} axes, but gets ${shape}, which has ${axes}.`,
    zh: ({ callee, shape, axes, least }) =>
      `\`${callee}\` 至少需要 ${least} 个轴，但得到的是 ${shape}，只有 ${axes} 个。`,
  },
  'shape/axis': {
    en: ({ callee, axis, shape, allowed }) => `\`${callee}\` has no axis ${axis}: ${shape} has the axes ${allowed}.`,
    zh: ({ callee, axis, shape, allowed }) =>
      `\`${callee}\` 找不到第 ${axis} 轴：${shape} 的轴是 ${thingInChinese(allowed)}。`,
  },
  'shape/axis.twice': {
    en: ({ callee, axis }) => `\`${callee}\` names axis ${axis} twice.`,
    zh: ({ callee, axis }) => `\`${callee}\` 把第 ${axis} 轴写了两次。`,
  },

  // ---- sizes that do not fit
  'shape/window': {
    en: ({ window, axis, size, padded }) => `A window of ${window} does not fit into ${axis} ${size}${padded}.`,
    zh: ({ window, axis, size, padded }) =>
      `大小为 ${window} 的窗口放不进${thingInChinese(axis)} ${size}${inChinese(padded)}。`,
  },
  'shape/painted': {
    en: ({ callee, axis, result, size, stride, settings }) =>
      `\`${callee}\` leaves nothing of the ${axis}: ${size} stretched by stride ${stride} (${settings}) is ${result}.`,
    zh: ({ callee, axis, result, size, stride, settings }) =>
      `\`${callee}\` 没有留下任何${thingInChinese(axis)}：${size} 按步幅 ${stride} 拉开（${inChinese(settings)}）后是 ${result}。`,
  },
  'shape/groups': {
    en: ({ callee, groups, what, size, rest }) =>
      `\`groups\` of \`${callee}\` must divide the ${what}: ${size} % ${groups} is ${rest}.`,
    zh: ({ callee, groups, what, size, rest }) =>
      `\`${callee}\` 的 \`groups\` 必须能整除${thingInChinese(what)}：${size} % ${groups} 等于 ${rest}。`,
  },
  'shape/mismatch': {
    en: ({ callee, axes, left, right, leftShape, rightShape }) =>
      `\`${callee}\` needs equal shapes, but the ${axes} axes differ: ${left} on the left, ${right} on the right (${leftShape} and ${rightShape}).`,
    zh: ({ callee, axes, left, right, leftShape, rightShape }) =>
      `\`${callee}\` 需要相同的形状，但${thingInChinese(axes)}轴不同：左边是 ${left}，右边是 ${right}（${leftShape} 和 ${rightShape}）。`,
  },
  'shape/mismatch.rank': {
    en: ({ callee, leftShape, rightShape }) =>
      `\`${callee}\` needs equal shapes, but gets ${leftShape} and ${rightShape}.`,
    zh: ({ callee, leftShape, rightShape }) =>
      `\`${callee}\` 需要相同的形状，但得到的是 ${leftShape} 和 ${rightShape}。`,
  },
  'shape/stretched': {
    en: ({ callee, small, large }) =>
      `\`${callee}\` stretches ${small} over ${large}: each place of the missing axes gets the same numbers.`,
    zh: ({ callee, small, large }) => `\`${callee}\` 把 ${small} 扩展到 ${large}：缺少的轴上每个位置都用同样的数。`,
  },
  'shape/join': {
    en: ({ callee, axis, index, left, right }) =>
      `\`${callee}\` along axis ${axis} needs all other axes equal, but axis ${index} is ${left} and ${right}.`,
    zh: ({ callee, axis, index, left, right }) =>
      `\`${callee}\` 沿第 ${axis} 轴连接时，其余各轴必须相等，但第 ${index} 轴是 ${left} 和 ${right}。`,
  },
  'shape/join.rank': {
    en: ({ callee, left, right }) =>
      `\`${callee}\` needs values with equally many axes, but gets ${left} and ${right}.`,
    zh: ({ callee, left, right }) => `\`${callee}\` 需要轴数相同的值，但得到的是 ${left} 和 ${right}。`,
  },
  'shape/join.stack': {
    en: ({ callee, left, right }) => `\`${callee}\` needs values of one shape, but gets ${left} and ${right}.`,
    zh: ({ callee, left, right }) => `\`${callee}\` 需要形状相同的值，但得到的是 ${left} 和 ${right}。`,
  },
  'shape/product': {
    en: ({ callee, left, right, columns, rows }) =>
      `\`${callee}\` needs as many columns on the left as rows on the right: ${left} has ${columns}, ${right} has ${rows}.`,
    zh: ({ callee, left, right, columns, rows }) =>
      `\`${callee}\` 要求左边的列数等于右边的行数：${left} 有 ${columns} 列，${right} 有 ${rows} 行。`,
  },
  'shape/product.single': {
    en: ({ callee, left, right }) => `\`${callee}\` needs axes on both sides, but gets ${left} and ${right}.`,
    zh: ({ callee, left, right }) => `\`${callee}\` 两边都需要有轴，但得到的是 ${left} 和 ${right}。`,
  },
  'shape/product.leading': {
    en: ({ callee, left, right }) =>
      `\`${callee}\` needs the axes before the last two to agree, but gets ${left} and ${right}.`,
    zh: ({ callee, left, right }) => `\`${callee}\` 要求最后两个轴之前的轴一致，但得到的是 ${left} 和 ${right}。`,
  },
  'shape/reshape': {
    en: ({ shape, have, wanted, want }) => `${shape} has ${have} numbers, but ${wanted} has ${want}.`,
    zh: ({ shape, have, wanted, want }) => `${shape} 有 ${have} 个数，但 ${wanted} 需要 ${want} 个。`,
  },
  'shape/squeeze': {
    en: ({ axis, size, shape }) => `\`squeeze\` takes away axes of size 1, but axis ${axis} of ${shape} is ${size}.`,
    zh: ({ axis, size, shape }) => `\`squeeze\` 去掉大小为 1 的轴，但 ${shape} 的第 ${axis} 轴是 ${size}。`,
  },
  'shape/order': {
    en: ({ order, shape, axes }) =>
      `\`transpose\` needs each of the ${axes} axes of ${shape} once, but the order is [${order}].`,
    zh: ({ order, shape, axes }) =>
      `\`transpose\` 需要把 ${shape} 的 ${axes} 个轴各写一次，但给出的顺序是 [${order}]。`,
  },
  'shape/crop': {
    en: ({ callee, setting, wanted, size }) => `\`${callee}\` cannot cut ${setting} ${wanted} out of ${size}.`,
    zh: ({ callee, setting, wanted, size }) =>
      `\`${callee}\` 无法从 ${size} 中裁出${thingInChinese(setting)} ${wanted}。`,
  },
  'shape/blocks': {
    en: ({ callee, axis, size, block, rest }) =>
      `\`${callee}\` cuts ${axis} ${size} into blocks of ${block}, which leaves ${rest} over.`,
    zh: ({ callee, axis, size, block, rest }) =>
      `\`${callee}\` 把${thingInChinese(axis)} ${size} 切成大小为 ${block} 的块，会剩下 ${rest}。`,
  },
  'shape/blocks.channels': {
    en: ({ callee, size, block, cells, rest }) =>
      `\`${callee}\` lays channels out as blocks of ${block} × ${block}, so ${cells} must divide them: ${size} % ${cells} is ${rest}.`,
    zh: ({ callee, size, block, cells, rest }) =>
      `\`${callee}\` 把通道摊成 ${block} × ${block} 的块，因此通道数必须能被 ${cells} 整除：${size} % ${cells} 等于 ${rest}。`,
  },
  'shape/einsum': {
    en: ({ letter, left, right }) =>
      `The axis \`${letter}\` of \`einsum\` is ${left} in one value and ${right} in another.`,
    zh: ({ letter, left, right }) => `\`einsum\` 的轴 \`${letter}\` 在一个值中是 ${left}，在另一个值中是 ${right}。`,
  },
  'shape/einsum.count': {
    en: ({ named, given }) => `\`einsum\` gets ${given} values for an equation of ${named}.`,
    zh: ({ named, given }) => `\`einsum\` 的式子里写了 ${named} 个值，但给了 ${given} 个。`,
  },
  'shape/einsum.rank': {
    en: ({ letters, shape, axes }) =>
      `The equation of \`einsum\` says \`${letters}\` where the value is ${shape}: one letter for each of its axes, which are ${axes} without the batch.`,
    zh: ({ letters, shape, axes }) =>
      `\`einsum\` 的式子里写的是 \`${letters}\`，而值是 ${shape}：每个轴一个字母，不算批，共 ${axes} 个。`,
  },
  'shape/tile': {
    en: ({ callee, given, shape, axes }) =>
      `\`${callee}\` gets ${given} numbers for ${shape}, which has ${axes}: give one for each axis, or for the last ones.`,
    zh: ({ callee, given, shape, axes }) =>
      `\`${callee}\` 为 ${shape} 给了 ${given} 个数，而它有 ${axes} 个轴：每个轴给一个，或者只给最后几个轴。`,
  },
  'shape/split': {
    en: ({ size, axis, parts, rest }) =>
      `\`split\` needs equal parts: ${size} along axis ${axis} does not divide by ${parts} (${rest} left over).`,
    zh: ({ size, axis, parts, rest }) =>
      `\`split\` 要分成相等的部分：第 ${axis} 轴的 ${size} 不能被 ${parts} 整除（余 ${rest}）。`,
  },
  'shape/split.sum': {
    en: ({ size, axis, sum }) => `The sizes given to \`split\` make ${sum}, but axis ${axis} is ${size}.`,
    zh: ({ size, axis, sum }) => `给 \`split\` 的各部分合计 ${sum}，但第 ${axis} 轴是 ${size}。`,
  },
  'shape/split.many': {
    en: ({ count, most }) => `\`split\` makes at most ${most} parts, but ${count} are asked for.`,
    zh: ({ count, most }) => `\`split\` 最多分成 ${most} 份，但这里要 ${count} 份。`,
  },
  'shape/index': {
    en: ({ index, size, axis, last }) =>
      `There is no place ${index} on axis ${axis}: it is ${size} long, so places run from 0 to ${last}.`,
    zh: ({ index, size, axis, last }) => `第 ${axis} 轴上没有位置 ${index}：它长 ${size}，位置从 0 到 ${last}。`,
  },
  'shape/index.many': {
    en: ({ count, shape, axes }) => `${count} places are asked for, but ${shape} has ${axes} axes.`,
    zh: ({ count, shape, axes }) => `这里要取 ${count} 个位置，但 ${shape} 只有 ${axes} 个轴。`,
  },
  'shape/index.range': {
    en: ({ from, to, axis, size }) =>
      `The range ${from}..${to} is empty or leaves axis ${axis}, which is ${size} long.`,
    zh: ({ from, to, axis, size }) => `范围 ${from}..${to} 是空的，或者超出了第 ${axis} 轴，它长 ${size}。`,
  },
  'shape/index.rest': {
    en: () => 'Only one `...` may stand between the brackets.',
    zh: () => '方括号里只能有一个 `...`。',
  },
  'shape/heads': {
    en: ({ callee, width, heads, rest }) =>
      `\`${callee}\` shares the width among its heads: ${width} % ${heads} is ${rest}.`,
    zh: ({ callee, width, heads, rest }) =>
      `\`${callee}\` 把宽度平分给各个注意力头：${width} % ${heads} 等于 ${rest}。`,
  },
  'shape/mask': {
    en: ({ callee, mask, wanted }) => `The mask of \`${callee}\` must be ${wanted}, but it is ${mask}.`,
    zh: ({ callee, mask, wanted }) => `\`${callee}\` 的掩码必须是${inChinese(wanted)}，但这里是 ${mask}。`,
  },
  'shape/memory': {
    en: ({ callee, x, memory }) =>
      `\`${callee}\` needs \`memory\` with the axes of its input but the length, but gets ${memory} beside ${x}.`,
    zh: ({ callee, x, memory }) =>
      `\`${callee}\` 的 \`memory\` 除长度外，各轴必须与输入一致，但得到的是 ${memory}，而输入是 ${x}。`,
  },
  'shape/initial': {
    en: ({ callee, wanted, got }) => `The initial state of \`${callee}\` must be ${wanted}, but it is ${got}.`,
    zh: ({ callee, wanted, got }) => `\`${callee}\` 的初始状态必须是 ${wanted}，但这里是 ${got}。`,
  },
  'shape/initial.pair': {
    en: ({ callee }) => `\`${callee}\` has two states: give both, \`initial: (h, c)\`.`,
    zh: ({ callee }) => `\`${callee}\` 有两个状态：两个都要给，\`initial: (h, c)\`。`,
  },
  'shape/table': {
    en: ({ callee, size, low, high }) =>
      `\`${callee}\` has ${size} rows (0 to ${Number(size) - 1}), but the numbers looked up run from ${low} to ${high}.`,
    zh: ({ callee, size, low, high }) =>
      `\`${callee}\` 有 ${size} 行（0 到 ${Number(size) - 1}），但要查的编号从 ${low} 到 ${high}。`,
  },
  'shape/softmax-of-one': {
    en: () =>
      '`softmax` shares 1 among the numbers along an axis, and here there is only one: it is always 1. Use `sigmoid` for a yes or no, two units for two classes, or another axis.',
    zh: () =>
      '`softmax` 把 1 分配给一个轴上的各个数，而这里只有一个数：结果永远是 1。二选一用 `sigmoid`，两个类别用两个单元，或者换一个轴。',
  },
  'shape/condition': {
    en: ({ callee, shape, places }) =>
      `\`where\` of \`${callee}\` must have the shape ${places} or that of its first axes, up to the last one reduced; it is ${shape}.`,
    zh: ({ callee, shape, places }) =>
      `\`${callee}\` 的 \`where\` 必须是形状 ${places}，或者是它前几个轴的形状，直到最后一个被归约的轴；这里是 ${shape}。`,
  },
  'shape/half': {
    en: ({ callee, size, axis }) => `\`${callee}\` halves axis ${axis}, so it must be even, but it is ${size}.`,
    zh: ({ callee, size, axis }) => `\`${callee}\` 把第 ${axis} 轴减半，因此它必须是偶数，但这里是 ${size}。`,
  },
} satisfies MessageTable;
