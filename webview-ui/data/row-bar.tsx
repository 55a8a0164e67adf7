/** Which rows are shown: the part, the place in it, the epoch of the augmentation, and how much of each field's way. */
import type { DataPartName, DataReport, DataWindow } from '../../protocol/index.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { DataConnection } from './connection.ts';

const PARTS: readonly DataPartName[] = ['train', 'validation', 'test'];

export function RowBar({ view, connection }: { readonly view: DataReport; readonly connection: DataConnection }) {
  const { window, rows } = view;
  const ask = (change: Partial<DataWindow>) => connection.show({ ...window, ...change });
  const last = Math.max(0, rows[window.part] - window.count);
  const augmented = view.fields.some((field) => field.stages.some((stage) => stage.title === 'augmented'));
  return (
    <div class="bar">
      <fieldset class="parts" aria-label={t('Part of the rows')}>
        {PARTS.map((part) => (
          <button
            key={part}
            type="button"
            class="toggle"
            aria-pressed={part === window.part}
            disabled={rows[part] === 0}
            onClick={() => ask({ part, from: 0 })}
          >
            {partText(part)} <span class="soft">{count(rows[part])}</span>
          </button>
        ))}
      </fieldset>
      <div class="settings">
        <button
          type="button"
          disabled={window.from === 0}
          onClick={() => ask({ from: Math.max(0, window.from - window.count) })}
        >
          {t('Previous rows')}
        </button>
        <label>
          {t('from row')}
          <input
            type="number"
            min="1"
            max={Math.max(1, rows[window.part])}
            value={window.from + 1}
            onChange={(event) => ask({ from: rowOf(event.currentTarget.value, rows[window.part]) })}
          />
        </label>
        <button
          type="button"
          disabled={window.from >= last}
          onClick={() => ask({ from: Math.min(last, window.from + window.count) })}
        >
          {t('Next rows')}
        </button>
        {augmented ? (
          <button
            type="button"
            title={t('Shows what the next epoch makes of these rows')}
            onClick={() => ask({ epoch: window.epoch + 1 })}
          >
            {t('Epoch {0}: augment again', window.epoch)}
          </button>
        ) : null}
        <button
          type="button"
          class="toggle"
          aria-pressed={connection.everyStep.value}
          onClick={() => {
            connection.everyStep.value = !connection.everyStep.value;
          }}
        >
          {t('Every step')}
        </button>
      </div>
    </div>
  );
}

function rowOf(text: string, rows: number): number {
  const number = Math.round(Number(text));
  return Number.isFinite(number) ? Math.min(Math.max(0, rows - 1), Math.max(0, number - 1)) : 0;
}

function partText(part: DataPartName): string {
  switch (part) {
    case 'train':
      return t('Training');
    case 'validation':
      return t('Validation');
    case 'test':
      return t('Test');
    default:
      return assertNever(part);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown part: ${JSON.stringify(value)}`);
}
