/** What is known of each field over the part: its statistics, and how often each value comes. */
import type { DataFieldReport, DataReport, FieldStatistics } from '../../protocol/index.ts';
import { count, number, percentNumber } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { DataConnection } from './connection.ts';

export function FieldCards({ view, connection }: { readonly view: DataReport; readonly connection: DataConnection }) {
  return (
    <div class="fields">
      {view.fields.map((field, index) =>
        field.statistics === undefined && field.classes === undefined ? null : (
          <section key={field.name} class="card">
            <h2>
              <button type="button" class="link named" title={field.name} onClick={() => connection.reveal(index)}>
                {field.name}
              </button>
            </h2>
            {field.statistics === undefined ? null : <Statistics of={field.statistics} />}
            {field.classes === undefined ? null : <Classes of={field.classes} field={field} />}
          </section>
        ),
      )}
    </div>
  );
}

function Statistics({ of }: { readonly of: FieldStatistics }) {
  const lines: readonly (readonly [string, string])[] = [
    [t('mean'), number(of.mean)],
    [t('standard deviation'), number(of.deviation)],
    [t('least'), number(of.least)],
    [t('greatest'), number(of.greatest)],
    [t('zeros'), of.count === 0 ? '–' : `${percentNumber(of.zeros / of.count)}%`],
    [t('values'), count(of.count)],
  ];
  return (
    <dl class="statistics">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Classes({
  of,
  field,
}: {
  readonly of: NonNullable<DataFieldReport['classes']>;
  readonly field: DataFieldReport;
}) {
  const most = Math.max(1, ...of.map((each) => each.count));
  return (
    <table class="classes">
      <caption class="unseen">{t('Values of {0} and how often they come', field.name)}</caption>
      <tbody>
        {of.map((each) => (
          <tr key={each.value}>
            <th scope="row" title={each.value}>
              {each.value}
            </th>
            <td>
              <span class="share" style={{ width: `${(100 * each.count) / most}%` }} />
            </td>
            <td class="number">{count(each.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
