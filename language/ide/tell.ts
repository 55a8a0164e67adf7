/** The editor's own sentences, from the table of messages: features hold no text of their own. */
import type { editorMessages } from '../messages/editor.ts';
import type { newProgramMessages } from '../messages/new-program.ts';
import { render } from '../messages/render.ts';
import type { Locale, MessageValues } from '../messages/table.ts';

type Tail<Key> = Key extends `editor/${infer Rest}` ? Rest : never;
type EditorKey = Tail<keyof typeof editorMessages | keyof typeof newProgramMessages>;

/** Says a message of the editor's table in a language. */
export type Tell = (key: EditorKey, values?: MessageValues) => string;

export function tellIn(locale: Locale): Tell {
  return (key, values = {}) => render({ key: `editor/${key}`, values }, locale);
}
