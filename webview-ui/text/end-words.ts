/** Why a run ended, in the reader's language; the trainer writes it in English, and a failure's own words stay as they are. */
import { reasonWords } from '../../protocol/index.ts';
import { t } from './translate.ts';

/** As the panel tells it. */
export function endText(reason: string): string {
  const words = reasonWords(reason);
  return words === undefined ? reason : t(words.text, ...words.values);
}
