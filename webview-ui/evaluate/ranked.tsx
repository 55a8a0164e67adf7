/** Something looked up by likeness: how often what belongs to a row is among the first, and of rows what was found instead. */
import { type Example, type FoundRow, listAt, type RankedAnswer } from '../../protocol/index.ts';
import { Cell } from '../data/cell.tsx';
import { placeText } from '../text/data-words.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { between, FigureBar, FigureText } from './figure.tsx';
import type { LookedRows } from './state.ts';
import { Tokens } from './tokens.tsx';

export function RankedCard({ answer }: { readonly answer: RankedAnswer }) {
  return (
    <section class="card wide">
      <div class="card-head">
        <h2>{t('Found')}</h2>
        <span class="soft">
          {t('{0} rows, each looked up among {1} different keys', count(answer.examples), count(answer.keys))}
        </span>
      </div>
      <dl class="figures">
        <div>
          <dt>{t('median rank')}</dt>
          <dd>{count(answer.medianRank)}</dd>
        </div>
        <div>
          <dt>{t('mean of 1 / rank')}</dt>
          <dd>
            <FigureText figure={answer.reciprocal} /> <small class="between">{between(answer.reciprocal)}</small>
          </dd>
        </div>
      </dl>
      <table class="plain">
        <caption class="unseen">{t('How often the own key is among the first')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('among the first')}</th>
            <th scope="col">{t('share of rows')}</th>
            <th scope="col">{t('by chance')}</th>
          </tr>
        </thead>
        <tbody>
          {answer.found.map(({ at, share }) => (
            <tr key={at}>
              <th scope="row">{count(at)}</th>
              <td>
                <FigureBar figure={share} />
              </td>
              <td class="soft">{number(at / Math.max(1, answer.keys), 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Rows with their own key, its rank, and the keys that were found first. */
export function RankedRows({ answer, looked }: { readonly answer: RankedAnswer; readonly looked: LookedRows }) {
  const named = Math.max(...looked.rows.map(({ entry }) => listAt(entry, 2).length), 0);
  const { query, key } = answer.columns;
  return (
    <div class="scroll">
      <table class="plain ranked">
        <caption class="unseen">{t('Rows with what was found for them')}</caption>
        <thead>
          <tr>
            <th scope="col">{query.join(', ') || answer.name}</th>
            <th scope="col">{t('its own: {0}', key.join(', ') || answer.truth)}</th>
            <th scope="col">{t('rank')}</th>
            {Array.from({ length: named }, (_, place) => (
              <th key={place} scope="col">
                {t('found {0}', place + 1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {looked.rows.map((row) => (
            <tr key={row.row}>
              <th scope="row" title={placeText(row.example?.where ?? '')}>
                <Columns example={row.example} names={query} />
                <Before example={row.example} />
              </th>
              <td>
                <Columns example={row.example} names={key} />
              </td>
              <td>{count(rankOf(row))}</td>
              {listAt(row.entry, 2).map((found, place) => (
                <td
                  key={found}
                  class={rankOf(row) === place + 1 ? 'own' : ''}
                  title={t('likeness {0}', number(listAt(row.entry, 3)[place] ?? Number.NaN, 3))}
                >
                  <Columns example={looked.others.get(found)} names={key} />
                  {rankOf(row) === place + 1 ? <span class="unseen"> {t('its own')}</span> : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function rankOf({ entry }: FoundRow): number {
  const [rank] = entry;
  return typeof rank === 'number' ? rank : Number.NaN;
}

function Columns({ example, names }: { readonly example: Example | undefined; readonly names: readonly string[] }) {
  if (example === undefined) return <span class="soft">{t('This row is not in the data any more.')}</span>;
  const columns = example.columns.filter(({ name }) => names.includes(name));
  const pictures = example.inputs.filter(({ cell }) => cell.kind === 'picture');
  if (columns.length === 0) return pictures.map(({ name, raw, cell }) => <Cell key={name} cell={raw ?? cell} />);
  return columns.map(({ name, cell }, i) => (
    <span key={name}>
      {i > 0 ? ' · ' : ''}
      <Cell cell={cell} />
    </span>
  ));
}

/** What stands in lists of the row, as what was seen before. */
function Before({ example }: { readonly example: Example | undefined }) {
  const lists = example?.inputs.filter(({ tokens }) => tokens !== undefined && tokens.length > 1) ?? [];
  return lists.map(({ name, tokens = [] }) => (
    <small key={name} class="soft before">
      {name} <Tokens tokens={tokens} sure={[]} />
    </small>
  ));
}
