/**
 * Texts of the panel. The English text is the key, as in `vscode.l10n`; the host sends the translations it has.
 * Components that call `t` redraw when the texts change.
 */
import { signal } from '@preact/signals';

interface Texts {
  readonly locale: string;
  readonly texts: Readonly<Record<string, string>>;
}

const current = signal<Texts>({ locale: 'en', texts: {} });

/** Uses these texts from now on. */
export function setTexts(locale: string, texts: Readonly<Record<string, string>>): void {
  current.value = { locale, texts };
  document.documentElement.lang = locale;
}

/** The language of numbers and texts. */
export function locale(): string {
  return current.value.locale;
}

/** The text in the user's language, `{0}`, `{1}` … filled in. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  const found = current.value.texts[text] ?? text;
  const filled = found.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
  return values.length === 0 ? filled : filled.replace(BETWEEN_HAN, '');
}

/** A space that sets off what is filled in is none between two Chinese characters. */
const BETWEEN_HAN = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;
