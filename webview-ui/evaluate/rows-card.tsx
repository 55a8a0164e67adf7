/** A card with rows in an order that one chooses: the worst first, the best first, or as they stand in the data. */
import type { EvaluationAnswer, RowFilter } from '../../protocol/index.ts';
import { asOneOf } from '../kept.ts';
import { t } from '../text/translate.ts';
import { Rows } from './rows.tsx';
import { type EvaluateState, useLook } from './state.ts';

const ORDERS = ['worst', 'best', 'all'] as const satisfies readonly RowFilter['kind'][];

interface RowsCardProps {
  readonly state: EvaluateState;
  readonly answer: EvaluationAnswer;
  readonly index: number;
  readonly title: string;
}

export function RowsCard({ state, answer, index, title }: RowsCardProps) {
  const order = useLook<(typeof ORDERS)[number]>(`order ${index}`, 'worst', asOneOf(ORDERS));
  return (
    <section class="card wide">
      <div class="card-head">
        <h2>{title}</h2>
        <select
          aria-label={t('Order of the rows')}
          value={order.value}
          onChange={({ currentTarget }) => {
            order.value = ORDERS.find((each) => each === currentTarget.value) ?? 'worst';
          }}
        >
          <option value="worst">{t('the worst first')}</option>
          <option value="best">{t('the best first')}</option>
          <option value="all">{t('as in the data')}</option>
        </select>
        <button type="button" class="link" onClick={() => state.exportAs('rows')}>
          {t('export as CSV')}
        </button>
      </div>
      <Rows state={state} answer={answer} index={index} filter={{ kind: order.value }} />
    </section>
  );
}
