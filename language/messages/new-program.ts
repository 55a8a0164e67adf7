/** Texts about new programs: the families, what each takes, and why data don't suit one. */
import type { MessageTable } from './table.ts';

export const newProgramMessages = {
  'editor/new-family.table': { en: () => 'Table, dense network', zh: () => '表格，全连接网络' },
  'editor/new-family.image': { en: () => 'Images, convolutional network', zh: () => '图像，卷积网络' },
  'editor/new-family.sequence': { en: () => 'Text or sequences, recurrent network', zh: () => '文本或序列，循环网络' },
  'editor/new-family.vae': {
    en: () => 'Images from noise, variational autoencoder',
    zh: () => '由噪声生成图像，变分自编码器',
  },
  'editor/new-family.gpt': { en: () => 'Text that goes on, small GPT', zh: () => '续写文本，小型 GPT' },
  'editor/new-family.bert': { en: () => 'Text understood, small BERT', zh: () => '理解文本，小型 BERT' },
  'editor/new-family.speech': { en: () => 'Spoken words, sound network', zh: () => '口语单词，声音网络' },
  'editor/new-family.recommender': { en: () => 'Recommender, wide and deep', zh: () => '推荐，宽深网络' },
  'editor/new-takes.table': {
    en: () => 'a table (CSV, JSON lines or Parquet) with a column to guess',
    zh: () => '一个表格（CSV、JSON 行或 Parquet），其中一列是要预测的',
  },
  'editor/new-takes.image': {
    en: () =>
      'images with labels: an IDX or NPY file beside one of labels, or a folder of pictures with a folder for each class',
    zh: () => '带标签的图像：旁边有标签文件的 IDX 或 NPY 文件，或每类一个子文件夹的图片文件夹',
  },
  'editor/new-takes.sequence': {
    en: () => 'a table with a column of texts and one of classes, or a plain text',
    zh: () => '一个含文本列和类别列的表格，或一个纯文本文件',
  },
  'editor/new-takes.vae': {
    en: () => 'images: an IDX or NPY file, or a folder of pictures',
    zh: () => '图像：IDX 或 NPY 文件，或一个图片文件夹',
  },
  'editor/new-takes.gpt': { en: () => 'a plain text', zh: () => '一个纯文本文件' },
  'editor/new-takes.bert': {
    en: () => 'a table with a column of texts and one of classes',
    zh: () => '一个含文本列和类别列的表格',
  },
  'editor/new-takes.speech': {
    en: () => 'a folder of WAV files, a folder for each word or the word first in each name (`yes_ada_1.wav`)',
    zh: () => '一个 WAV 文件夹：每个单词一个子文件夹，或文件名以单词开头（`yes_ada_1.wav`）',
  },
  'editor/new-takes.recommender': {
    en: () => 'a table with a column of users, one of items and one of ratings',
    zh: () => '一个含用户列、物品列和评分列的表格',
  },
  'editor/new-unreadable': {
    en: ({ data }) => `\`${data}\` cannot be read. Choose a file or folder that is there and may be read.`,
    zh: ({ data }) => `无法读取 \`${data}\`。请选择存在且可读的文件或文件夹。`,
  },
  'editor/new-unfit': {
    en: ({ data, found, inner }) =>
      `\`${data}\` (read as ${found}) does not suit this template, which takes ${inner}. Choose other data or another template.`,
    zh: ({ data, found, inner }) =>
      `\`${data}\`（读作 ${found}）不适合这个模板，它需要${inner}。请选择其他数据或其他模板。`,
  },
  'editor/new-failed': {
    en: () => 'The template gave nothing for this data. Choose other data, or another template.',
    zh: () => '该模板没有为这些数据生成任何内容。请选择其他数据或其他模板。',
  },
  'editor/no-template': {
    en: ({ family, families }) => `There is no template ${family}; there are ${families}.`,
    zh: ({ family, families }) => `没有模板 ${family}；现有模板：${families}。`,
  },
} satisfies MessageTable;
