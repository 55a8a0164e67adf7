/** What is said of a row: what is so, what was said, how sure. */
import type { EvaluationAnswer, FoundRow } from '../../protocol/index.ts';
import { count, number } from '../text/numbers.ts';
import { locale, t } from '../text/translate.ts';

export interface RowWords {
  readonly is: string;
  readonly said: string;
  readonly right: boolean;
  /** `99.8%`, or how far it lies off. */
  readonly how: string;
}

export function rowWords(answer: EvaluationAnswer, { entry }: FoundRow, threshold: number): RowWords {
  const at = (place: number): number => {
    const value = entry[place];
    return typeof value === 'number' ? value : Number.NaN;
  };
  const list = (place: number): readonly number[] => {
    const value = entry[place];
    return typeof value === 'object' ? value : [];
  };
  switch (answer.kind) {
    case 'classes': {
      const name = (place: number): string => answer.classes[at(place)] ?? String(at(place));
      return { is: name(0), said: name(1), right: at(0) === at(1), how: percent(at(2)) };
    }
    case 'yes-no': {
      const said = at(1) > threshold;
      const sure = said ? at(1) : 1 - at(1);
      return {
        is: yesNo(at(0) === 1),
        said: yesNo(said),
        right: said === (at(0) === 1),
        how: percent(sure),
      };
    }
    case 'labels': {
      const names = (values: readonly number[]): string =>
        values.flatMap((value, i) => (value > 0.5 ? (answer.labels[i] ?? String(i)) : [])).join(', ') || t('none');
      const [is, said] = [names(list(0)), names(list(1))];
      return { is, said, right: is === said, how: '' };
    }
    case 'numbers': {
      const many = (values: readonly number[]): string => values.map((value) => number(value)).join(', ') || '…';
      return { is: many(list(0)), said: many(list(1)), right: true, how: t('off by {0}', number(at(2))) };
    }
    case 'places':
      return {
        is: '',
        said: '',
        right: true,
        how: t('{0} right, surprise {1}', percent(at(1)), number(at(0), 3)),
      };
    case 'sequences': {
      const how = at(0) === 0 ? t('no mistake') : t('{0} wrong, {1} signs', count(at(0)), count(at(1)));
      return { is: '', said: '', right: at(0) === 0, how };
    }
    case 'ranked':
      return { is: '', said: '', right: true, how: t('rank {0}', count(at(0))) };
    default:
      return assertNever(answer);
  }
}

/** A share in percent with one digit; never rounded to a certainty that it is not. */
function percent(share: number): string {
  const shown = share < 1 ? Math.min(0.999, share) : share;
  return new Intl.NumberFormat(locale(), {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(shown);
}

export function yesNo(value: boolean): string {
  return value ? t('yes') : t('no');
}

function assertNever(value: never): never {
  throw new Error(`Unknown answer: ${JSON.stringify(value)}`);
}
