/** What the model really gets: pixels, tokens, the normalised row; and on wish each step on the way there. */
import { useSignal } from '@preact/signals';
import type { SeenInput } from '../../protocol/index.ts';
import { Cell } from '../data/cell.tsx';
import { stageText } from '../text/data-words.ts';
import { t } from '../text/translate.ts';

export function Seen({ seen, note }: { readonly seen: readonly SeenInput[]; readonly note: string }) {
  const open = useSignal(false);
  const hasSteps = seen.some(({ stages }) => stages.length > 0);
  return (
    <section class="seen" aria-label={t('What the model sees')}>
      <h3>{t('What the model sees')}</h3>
      <dl>
        {seen.map((input) => (
          <div key={input.name}>
            <dt>
              {input.name} <span class="soft">{input.type}</span>
            </dt>
            <dd>{input.tokens === undefined ? <Cell cell={input.cell} /> : <SeenTokens tokens={input.tokens} />}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">
        {note}{' '}
        {hasSteps ? (
          <button
            type="button"
            class="link"
            aria-expanded={open.value}
            onClick={() => {
              open.value = !open.value;
            }}
          >
            {open.value ? t('Hide preprocessing steps') : t('Show preprocessing steps')}
          </button>
        ) : null}
      </p>
      {open.value ? <Steps seen={seen} /> : null}
    </section>
  );
}

/** Tokens beyond these are counted. */
const MOST = 200;

function SeenTokens({ tokens }: { readonly tokens: readonly string[] }) {
  return (
    <span class="tokens">
      {tokens.slice(0, MOST).map((token, i) => (
        <span key={i}>{token === '' ? '·' : token}</span>
      ))}
      {tokens.length > MOST ? t('and {0} more', tokens.length - MOST) : ''}
    </span>
  );
}

function Steps({ seen }: { readonly seen: readonly SeenInput[] }) {
  return (
    <div class="steps">
      {seen.map(({ name, stages }) => (
        <section key={name} aria-label={name}>
          {seen.length === 1 ? null : <p>{name}</p>}
          <ol>
            {stages.map(({ title, cells }, i) => (
              <li key={i}>
                <code>{stageText(title)}</code>
                {cells[0] === undefined ? null : <Cell cell={cells[0]} />}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
