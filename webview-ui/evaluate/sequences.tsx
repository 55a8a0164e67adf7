/** Sequences that are spelt: how many signs are wrong, and of a row what is so above what was said. */
import { type FoundRow, listAt, type SequencesAnswer } from '../../protocol/index.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { type Aligned, aligned } from './alignment.ts';
import { between, FigureText } from './figure.tsx';

export function SequencesCard({ answer }: { readonly answer: SequencesAnswer }) {
  const { edits } = answer;
  return (
    <section class="card wide">
      <div class="card-head">
        <h2>{t('Spelling')}</h2>
        <span class="soft">{t('{0} signs of {1} rows', count(answer.signs), count(answer.examples))}</span>
      </div>
      <dl class="figures">
        <div>
          <dt>{t('signs that are wrong, of those that are so')}</dt>
          <dd>
            <FigureText figure={answer.errorRate} share />{' '}
            <small class="between">{between(answer.errorRate, true)}</small>
          </dd>
        </div>
        <div>
          <dt>{t('rows without a mistake')}</dt>
          <dd>
            <FigureText figure={answer.exact} share /> <small class="between">{between(answer.exact, true)}</small>
          </dd>
        </div>
        <div>
          <dt>{t('exchanged')}</dt>
          <dd>{count(edits.exchanged)}</dd>
        </div>
        <div>
          <dt>{t('left out')}</dt>
          <dd>{count(edits.leftOut)}</dd>
        </div>
        <div>
          <dt>{t('put in')}</dt>
          <dd>{count(edits.putIn)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** What is so above what was said, place by place. */
export function Spelt({ answer, row }: { readonly answer: SequencesAnswer; readonly row: FoundRow }) {
  const [is, said] = [listAt(row.entry, 2), listAt(row.entry, 3)];
  const name = (sign: number): string => answer.classes[sign] ?? String(sign);
  const words = (signs: readonly number[]): string => signs.map(name).join(' ') || t('nothing');
  return (
    <p class="spelt">
      <span class="unseen">{t('{0} predicted as {1}', words(is), words(said))}</span>
      <span class="sides soft" aria-hidden="true">
        <span>{t('is')}</span>
        <span>{t('predicted')}</span>
      </span>
      {aligned(is, said).map((place, i) => (
        <span key={i} class={`place ${wordOf(place)}`} aria-hidden="true">
          <span>{place.is === undefined ? '·' : shown(name(place.is))}</span>
          <span class={place.is === place.said ? '' : 'bad'}>
            {place.said === undefined ? '·' : shown(name(place.said))}
          </span>
        </span>
      ))}
    </p>
  );
}

function wordOf({ is, said }: Aligned): string {
  return is === said ? 'right' : 'wrong';
}

function shown(sign: string): string {
  return sign.trim() === '' ? '␣' : sign;
}
