/**
 * What a table of messages is: for each key one function per language that makes a sentence of the problem's values.
 * A key is a problem code, or a code with `.variant` after it; English is always there and stands in where another is missing.
 */
export type MessageValues = Readonly<Record<string, string | number>>;

export type MessageText = (values: MessageValues) => string;

export interface MessageTexts {
  readonly en: MessageText;
  readonly zh?: MessageText;
}

export type MessageTable = Readonly<Record<string, MessageTexts>>;

/** Languages that `render` knows. */
export type Locale = keyof MessageTexts;
