/** Renders a message in a language: the one place where problems become sentences. */
import type { Message } from '../problem.ts';
import { argumentMessages } from './argument.ts';
import { spaced } from './chinese.ts';
import { costMessages } from './cost.ts';
import { dataMessages } from './data.ts';

import { dataFileMessages } from './data-files.ts';
import { dataRowMessages } from './data-rows.ts';
import { dataTransformMessages } from './data-transforms.ts';
import { downloadMessages } from './downloads.ts';
import { editorMessages } from './editor.ts';
import { elsewhereMessages } from './elsewhere.ts';
import { externMessages } from './extern.ts';
import { fixMessages } from './fix.ts';
import { foreignMessages } from './foreign.ts';
import { habitMessages } from './habits.ts';
import { lossMessages } from './loss.ts';
import { nameMessages } from './name.ts';
import { networkMessages } from './networks.ts';
import { newProgramMessages } from './new-program.ts';
import { orderMessages } from './order.ts';
import { pipelineMessages } from './pipeline.ts';
import { ruleMessages } from './rules.ts';
import { runLoopMessages } from './run-loop.ts';
import { runRowMessages } from './run-rows.ts';
import { sectionKeyMessages } from './section-keys.ts';
import { sectionMessages } from './sections.ts';
import { shapeMessages } from './shape.ts';
import { signalMessages } from './signals.ts';
import { sizeMessages } from './sizes.ts';
import { syntaxMessages } from './syntax.ts';
import type { Locale, MessageTable } from './table.ts';
import { trainMessages } from './train.ts';
import { typeMessages } from './type.ts';
import { whyMessages } from './why.ts';

const tables: readonly MessageTable[] = [
  syntaxMessages,
  nameMessages,
  orderMessages,
  argumentMessages,
  shapeMessages,
  sizeMessages,
  typeMessages,
  lossMessages,
  dataMessages,
  pipelineMessages,
  dataRowMessages,
  dataTransformMessages,
  elsewhereMessages,
  dataFileMessages,
  downloadMessages,
  trainMessages,
  runRowMessages,
  runLoopMessages,
  costMessages,
  externMessages,
  sectionMessages,
  whyMessages,
  ruleMessages,
  fixMessages,
  editorMessages,
  signalMessages,
  networkMessages,
  sectionKeyMessages,
  foreignMessages,
  habitMessages,
  newProgramMessages,
];

/** Every message by its key; a key stands in one table only (a test sees to it). */
export const messages: MessageTable = Object.assign(Object.create(null), ...tables);

/** The keys of all tables, doubled ones included. */
export function messageKeys(): readonly string[] {
  return tables.flatMap((table) => Object.keys(table));
}

/** The sentence of `message`. A key without a text gives the key and its values, so that nothing is ever silent. */
export function render(message: Message, locale: Locale = 'en'): string {
  const texts = messages[message.key];
  const filled = message.inner ? { ...message.values, inner: render(message.inner, locale) } : message.values;
  if (texts !== undefined) return locale === 'zh' ? spaced(texts.zh(filled)) : texts.en(filled);
  const values = Object.entries(message.values).map(([name, value]) => `${name}: ${value}`);
  return values.length === 0 ? message.key : `${message.key} (${values.join(', ')})`;
}
