/**
 * What a table of messages is: for each key one function per language that makes a sentence of the problem's values.
 * A key is a problem code, or a code with `.variant` after it. Every text is there in every language; a missing one does not compile.
 */
export type MessageValues = Readonly<Record<string, string | number>>;

export type MessageText = (values: MessageValues) => string;

export interface MessageTexts {
  readonly en: MessageText;
  readonly zh: MessageText;
}

export type MessageTable = Readonly<Record<string, MessageTexts>>;

/** Languages that `render` knows. */
export type Locale = keyof MessageTexts;

/** The language for a BCP 47 tag as editors and shells name it: `zh-cn`, `zh_CN.UTF-8`, `zh-Hans-SG`; any other is English. */
export function localeOf(tag: string | undefined): Locale {
  const parts = (tag ?? '').toLowerCase().split(/[-_.@]/u);
  const traditional = parts.some((part) => part === 'hant' || part === 'tw' || part === 'hk' || part === 'mo');
  return parts[0] === 'zh' && (parts.includes('hans') || !traditional) ? 'zh' : 'en';
}
