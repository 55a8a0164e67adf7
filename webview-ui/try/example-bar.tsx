/** Rows of the run's own data: a random one, the next, the one before, by number; and which one is shown. */
import { useHost } from '../context.ts';
import { asCount } from '../kept.ts';
import { Icon } from '../parts/icon.tsx';
import { placeText } from '../text/data-words.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { TryState } from './state.ts';

export function ExampleBar({ state, onShown }: { readonly state: TryState; readonly onShown: () => void }) {
  const last = useHost().kept.signal('try.last', 0, asCount);
  const example = state.example.value;
  const rows = example?.rows ?? rowsOf(state);
  const show = async (index: number) => {
    last.value = index;
    await state.show(index);
    onShown();
  };
  return (
    <div class="examples">
      <div class="try-buttons">
        <button type="button" onClick={() => void show(Math.floor(Math.random() * Math.max(1, rows)))}>
          <Icon name="again" />
          {t('Random example')}
        </button>
        <button
          type="button"
          class="quiet"
          aria-label={t('Example before')}
          onClick={() => void show((last.value - 1 + Math.max(1, rows)) % Math.max(1, rows))}
        >
          ‹
        </button>
        <label>
          <span class="unseen">{t('Number of the example')}</span>
          <input
            type="number"
            min={1}
            max={rows}
            value={last.value + 1}
            onChange={(event) => {
              const wished = Math.round(Number(event.currentTarget.value)) - 1;
              void show(Math.max(0, Math.min(rows - 1, Number.isFinite(wished) ? wished : 0)));
            }}
          />
          <span class="soft">{t('of {0}', count(rows))}</span>
        </label>
        <button
          type="button"
          class="quiet"
          aria-label={t('Next example')}
          onClick={() => void show((last.value + 1) % Math.max(1, rows))}
        >
          ›
        </button>
      </div>
      {example === undefined ? null : <p class="soft">{`${partText(example.part)} · ${placeText(example.where)}`}</p>}
    </div>
  );
}

function rowsOf({ form }: TryState): number {
  const rows = form.value?.rows;
  if (rows === undefined) return 1;
  return rows.test > 0 ? rows.test : rows.validation > 0 ? rows.validation : rows.train;
}

function partText(part: 'train' | 'validation' | 'test'): string {
  if (part === 'test') return t('Of the test rows, which were not trained on');
  return part === 'validation' ? t('Of the validation rows, which were not trained on') : t('Of the training rows');
}
