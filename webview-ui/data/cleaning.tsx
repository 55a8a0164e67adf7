/** What cleaning did to the rows: how many, which, why. */
import type { CleaningLine } from '../../protocol/index.ts';
import { cleaningText, placeText } from '../text/data-words.ts';
import { t } from '../text/translate.ts';

export function CleaningCard({ lines }: { readonly lines: readonly CleaningLine[] }) {
  return (
    <section class="card cleaning">
      <h2>{t('Cleaning')}</h2>
      {lines.length === 0 ? <p class="empty">{t('No row was left out or changed.')}</p> : null}
      <ul>
        {lines.map((line) => (
          <li key={`${line.rule} ${line.column ?? ''} ${line.text}`}>
            {cleaningText(line)}
            {line.examples.length === 0 ? null : <span class="soft"> {line.examples.map(placeText).join(', ')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
