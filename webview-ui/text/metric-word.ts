/** Names of quantities in the reader's language. Pure. */
import { t } from './translate.ts';

/** The word for a quantity that every language has one for; other names are the program's own and stay as they are. */
export function metricWord(name: string): string {
  switch (name) {
    case 'loss':
      return t('loss');
    case 'accuracy':
      return t('accuracy');
    default:
      return name;
  }
}
