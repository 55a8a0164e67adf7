/** How measures of layers are named and written. */
import { number, percentNumber } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { MEASURES, type Measure } from './heat.ts';

export function measureTitle(measure: Measure): string {
  switch (measure) {
    case 'gradient':
      return t('Gradient norm');
    case 'update':
      return t('Update, against the weight');
    case 'mean':
      return t('Mean of activations');
    case 'spread':
      return t('Spread of activations');
    case 'zeros':
      return t('Share of zeros');
    default:
      return assertNever(measure);
  }
}

/** A number of that measure; a dash where nothing is known. */
export function measureText(measure: Measure, value: number | undefined): string {
  return measure === 'zeros' && value !== undefined && Number.isFinite(value)
    ? `${percentNumber(value)}%`
    : number(value);
}

export function measureOf(value: string): Measure {
  return MEASURES.find((measure) => measure === value) ?? 'gradient';
}

function assertNever(value: never): never {
  throw new Error(`Unknown measure: ${JSON.stringify(value)}`);
}
