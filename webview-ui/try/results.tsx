/** What the model says: classes with their chances, yes or no, tokens, numbers, pictures. */
import { signal } from '@preact/signals';
import { type EventNumber, numberOf, type UseOutput } from '../../protocol/index.ts';
import { Cell } from '../data/cell.tsx';
import { count, number } from '../text/numbers.ts';
import { locale, t } from '../text/translate.ts';

export function Result({ output, named }: { readonly output: UseOutput; readonly named: boolean }) {
  return (
    <section class="result" aria-label={output.name}>
      {named ? <h3>{output.name}</h3> : null}
      <Said output={output} />
    </section>
  );
}

function Said({ output }: { readonly output: UseOutput }) {
  switch (output.kind) {
    case 'classes':
      return <Classes output={output} />;
    case 'chances':
      return <Chances output={output} />;
    case 'tokens':
      return <Tokens output={output} />;
    case 'cell':
      return <Plain output={output} />;
    default:
      return assertNever(output);
  }
}

/** From which chance on it is a yes, in percent: the same for all that is shown. */
export const threshold = signal(50);

/** Bars for as many classes; of more, the likeliest. */
const MOST_BARS = 20;

function Classes({ output }: { readonly output: Extract<UseOutput, { kind: 'classes' }> }) {
  const { chances, classes } = output;
  const order = chances.map((_, i) => i).sort((a, b) => numberOf(chances[b] ?? 0) - numberOf(chances[a] ?? 0));
  const [best = 0, ...next] = order;
  if (!Number.isFinite(numberOf(chances[best] ?? Number.NaN)))
    return <p role="alert">{t('The model’s answer is no number (NaN): its weights went wrong in training.')}</p>;
  const shown = chances.length <= MOST_BARS ? chances.map((_, i) => i) : order.slice(0, MOST_BARS);
  const title = classes[best] ?? '';
  return (
    <>
      <div class="verdict" role="status">
        <b class={title.length > 3 ? 'long' : ''}>{title}</b>
        <div>
          <p>{t('{0} sure', share(chances[best]))}</p>
          <p class="soft">
            {t(
              'next: {0}',
              next
                .slice(0, 2)
                .map((i) => `${classes[i]} (${share(chances[i])})`)
                .join(', '),
            )}
          </p>
        </div>
      </div>
      <table class="chances">
        <caption class="unseen">{t('Chance of each class')}</caption>
        <tbody>
          {shown.map((i) => (
            <tr key={i} class={i === best ? 'best' : ''}>
              <th scope="row" title={classes[i]}>
                {classes[i]}
              </th>
              <td>
                <Bar value={numberOf(chances[i] ?? 0)} />
              </td>
              <td class="number">{share(chances[i])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < chances.length ? (
        <p class="soft">{t('{0} less likely classes are left out.', count(chances.length - shown.length))}</p>
      ) : null}
    </>
  );
}

function Bar({ value, mark }: { readonly value: number; readonly mark?: number }) {
  return (
    <span class="bar-line" aria-hidden="true">
      <i style={{ width: `${100 * Math.max(0, Math.min(1, value))}%` }} />
      {mark === undefined ? null : <s style={{ left: `${100 * mark}%` }} />}
    </span>
  );
}

function Chances({ output }: { readonly output: Extract<UseOutput, { kind: 'chances' }> }) {
  const { chances, classes } = output;
  const limit = threshold.value / 100;
  const said = chances.map((chance) => numberOf(chance) >= limit);
  const single = chances.length === 1;
  return (
    <>
      <div class="verdict" role="status">
        <b class="long">
          {single
            ? `${classes[0]}: ${said[0] ? t('yes') : t('no')}`
            : classes.filter((_, i) => said[i]).join(', ') || t('none of them')}
        </b>
        {single ? <p>{t('The chance is {0}', share(chances[0]))}</p> : null}
      </div>
      <table class="chances">
        <caption class="unseen">{t('Chance of each label')}</caption>
        <tbody>
          {chances.map((chance, i) => (
            <tr key={i} class={said[i] ? 'best' : ''}>
              <th scope="row" title={classes[i]}>
                {classes[i]}
              </th>
              <td>
                <Bar value={numberOf(chance)} mark={limit} />
              </td>
              <td class="number">{share(chance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label class="threshold">
        {t('Yes from')}
        <input
          type="range"
          min={1}
          max={99}
          value={threshold.value}
          onInput={(event) => {
            threshold.value = Number(event.currentTarget.value);
          }}
        />
        <span>{`${threshold.value}%`}</span>
      </label>
    </>
  );
}

/** Surer tokens are drawn stronger; the chance of each is told beside it. */
function Tokens({ output }: { readonly output: Extract<UseOutput, { kind: 'tokens' }> }) {
  const { tokens, chances } = output;
  if (tokens.length === 0) return <p role="status">{t('Nothing: every place is empty.')}</p>;
  return (
    <p class="tokens" role="status">
      {tokens.map((token, i) => (
        <span key={i} title={share(chances[i])} data-sure={sureness(chances[i])}>
          {token === '' ? '·' : token}
        </span>
      ))}
    </p>
  );
}

function sureness(chance: EventNumber | undefined): 'high' | 'middle' | 'low' {
  const value = numberOf(chance ?? 0);
  return value >= 0.8 ? 'high' : value >= 0.4 ? 'middle' : 'low';
}

function Plain({ output }: { readonly output: Extract<UseOutput, { kind: 'cell' }> }) {
  const { cell, like } = output;
  if (cell.kind === 'number')
    return (
      <div class="verdict" role="status">
        <b class="long">{number(cell.value, 5)}</b>
        {like === undefined ? null : <p class="soft">{t('in the units of {0}', like)}</p>}
      </div>
    );
  return (
    <div class="cell-box">
      <Cell cell={cell} />
    </div>
  );
}

/** One decimal; never a false 0 or 100 %. */
function share(chance: EventNumber | undefined): string {
  const value = numberOf(chance ?? Number.NaN);
  if (!Number.isFinite(value)) return 'NaN';
  if (value > 0 && value < 0.0005) return `< ${tenths(0.001)}%`;
  if (value < 1 && value >= 0.9995) return `> ${tenths(0.999)}%`;
  return `${tenths(value)}%`;
}

function tenths(value: number): string {
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(100 * value);
}

function assertNever(value: never): never {
  throw new Error(`Unknown output: ${JSON.stringify(value)}`);
}
