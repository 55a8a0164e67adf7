/** Texts of problems with the files of data, and with what their rows are padded with. */
import { thingInChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const dataFileMessages = {
  'data/missing-file': {
    en: ({ path }) =>
      `There is no file \`${path}\` (looked for beside the program, then in MODELWRIGHT_DATA): check the name, or fetch the data.`,
    zh: ({ path }) =>
      `没有文件 \`${path}\`（先在程序旁边找，再到 MODELWRIGHT_DATA 中找）：检查文件名，或者先下载数据。`,
  },
  'data/unreadable-file.folder': {
    en: ({ path }) => `\`${path}\` is a folder: name a file in it.`,
    zh: ({ path }) => `\`${path}\` 是文件夹：请写其中的文件。`,
  },
  'data/unreadable-file.device': {
    en: ({ path }) => `\`${path}\` is no plain file: devices and pipes are not read.`,
    zh: ({ path }) => `\`${path}\` 不是普通文件：设备和管道不会被读取。`,
  },
  'data/unreadable-file.denied': {
    en: ({ path }) => `\`${path}\` may not be read: check its permissions.`,
    zh: ({ path }) => `\`${path}\` 不允许读取：检查它的权限。`,
  },
  'data/missing-file.outside': {
    en: ({ path }) => `\`${path}\` lies outside the workspace, which is not trusted: trust it, or move the file in.`,
    zh: ({ path }) => `\`${path}\` 在工作区之外，而工作区未受信任：信任工作区，或者把文件移进来。`,
  },
  'data/unreadable-file.too-large': {
    en: ({ path }) => `\`${path}\` is too large to be looked into here.`,
    zh: ({ path }) => `\`${path}\` 太大，这里不作查看。`,
  },
  'data/unreadable-file.changed': {
    en: ({ path }) => `\`${path}\` changed while it was being read: check it again.`,
    zh: ({ path }) => `\`${path}\` 在读取过程中被修改：请重新检查。`,
  },
  'data/unreadable-file.unreadable': {
    en: ({ path }) => `\`${path}\` cannot be read: it is damaged, or of another form than its name says.`,
    zh: ({ path }) => `\`${path}\` 无法读取：文件已损坏，或者格式与文件名不符。`,
  },
  'data/wrong-format': {
    en: ({ expected, found }) => `This file should be of the form ${expected}, but it looks like ${found}.`,
    zh: ({ expected, found }) => `这个文件应为${thingInChinese(expected)}格式，但看起来是${thingInChinese(found)}。`,
  },
  'data/wrong-format.empty-table': {
    en: ({ path }) =>
      `\`${path}\` has no rows: its first line should name the columns, and each line below it should be a row.`,
    zh: ({ path }) => `\`${path}\` 没有任何行：第一行应写列名，下面每行是一条数据。`,
  },
  'data/unequal-rows': {
    en: ({ first, firstRows, other, otherRows }) =>
      `\`${other}\` has ${otherRows} rows, but \`${first}\` has ${firstRows}: they must belong together row by row.`,
    zh: ({ first, firstRows, other, otherRows }) =>
      `\`${other}\` 有 ${otherRows} 行，而 \`${first}\` 有 ${firstRows} 行：两者必须逐行对应。`,
  },
  'data/padding-without-mask': {
    en: ({ callee, setting }) =>
      `The rows are padded to one length, and \`${callee}\` reads the padding too: say what is real with \`${setting}:\`.`,
    zh: ({ callee, setting }) =>
      `各行被填充到同一长度，\`${callee}\` 会把填充也读进去：用 \`${setting}:\` 说明哪些是真实内容。`,
  },
  'data/padding-without-mask.pooled': {
    en: ({ callee, function: name }) =>
      `The rows are padded to one length, and \`${callee}\` reads the padding too: say what is real with \`${name}(axis: 0, where: …)\`.`,
    zh: ({ callee, function: name }) =>
      `各行被填充到同一长度，\`${callee}\` 会把填充也读进去：用 \`${name}(axis: 0, where: …)\` 说明哪些是真实内容。`,
  },
  'data/padding-laid-out': {
    en: ({ callee }) => `The rows are padded to one length, and \`${callee}\` lays the padding out with the rest.`,
    zh: ({ callee }) => `各行被填充到同一长度，\`${callee}\` 会把填充和其余内容一起展平。`,
  },
} satisfies MessageTable;
