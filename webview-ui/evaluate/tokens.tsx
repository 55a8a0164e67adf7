/** A text by its tokens, each with a colour: how sure the model was of what is so there. */
import { type EvaluationAnswer, type FoundRow, listAt } from '../../protocol/index.ts';
import { number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';

/** The tokens coloured by what each speaks for: blue for what was said, orange against it. */
export function SpeakingTokens({
  tokens,
  parts,
}: {
  readonly tokens: readonly string[];
  readonly parts: readonly number[];
}) {
  const most = Math.max(1e-6, ...parts.map(Math.abs));
  const last = tokens.reduce((found, token, i) => (token === '' ? found : i), -1);
  return (
    <span class="tokens">
      {tokens.slice(0, last + 1).map((token, i) => {
        const part = parts[i] ?? 0;
        return (
          <span
            key={i}
            class={part < 0 ? 'unsure' : 'sure'}
            style={{ '--share': (Math.abs(part) / most).toFixed(2) }}
            title={t('{0}: without it, what was predicted is {1} points less likely', token, number(100 * part, 3))}
          >
            {token === '' ? '␣' : token}
          </span>
        );
      })}
    </span>
  );
}

/** The tokens; `sure`: the probability of what is so at each place, −1 where the place does not count. */
export function Tokens({ tokens, sure }: { readonly tokens: readonly string[]; readonly sure: readonly number[] }) {
  const last = tokens.reduce((found, token, i) => (token === '' ? found : i), -1);
  return (
    <span class="tokens">
      {tokens.slice(0, last + 1).map((token, i) => {
        const value = sure[i] ?? -1;
        const text = token === ' ' || token === '' ? '␣' : token;
        return value < 0 ? (
          <span key={i}>{text} </span>
        ) : (
          <span
            key={i}
            class={value < 0.5 ? 'unsure' : 'sure'}
            style={{ '--share': Math.abs(2 * value - 1).toFixed(2) }}
            title={t('{0}: probability of what is so {1}', text, number(value, 3))}
          >
            {text}
          </span>
        );
      })}
    </span>
  );
}

/** The probabilities of a row's places that a field of so many tokens is coloured by; empty where they do not fit. */
export function sureOf(answer: EvaluationAnswer, row: FoundRow, tokens: number): readonly number[] {
  if (answer.kind !== 'places') return [];
  const sure = listAt(row.entry, 3);
  return sure.length === tokens ? sure : [];
}
