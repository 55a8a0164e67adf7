/** Which row of the data is looked at: by its number, the next one, a random one. */
import type { DataPartName } from '../../protocol/index.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { partText } from './distribution.tsx';
import { example } from './inside.ts';

interface ExampleBarProps {
  /** Rows of the part, once they are known. */
  readonly rows: number | undefined;
  /** The part that was really looked at: a run need not have validation rows. */
  readonly part: DataPartName;
}

export function ExampleBar({ rows, part }: ExampleBarProps) {
  const { index } = example.value;
  const go = (to: number) => {
    const last = rows === undefined ? to : rows - 1;
    example.value = { ...example.value, index: Math.max(0, Math.min(last, Math.floor(to))) };
  };
  return (
    <div class="example-bar">
      <label>
        {t('Row ({0})', partText(part))}
        <input
          type="number"
          min="1"
          max={rows}
          value={index + 1}
          onChange={(event) => go(Number(event.currentTarget.value) - 1)}
        />
      </label>
      {rows === undefined ? null : <span class="soft">{t('of {0}', count(rows))}</span>}
      <button type="button" onClick={() => go(index - 1)}>
        {t('Previous')}
      </button>
      <button type="button" onClick={() => go(index + 1)}>
        {t('Next')}
      </button>
      <button type="button" onClick={() => go(Math.random() * (rows ?? 1))}>
        {t('Random')}
      </button>
    </div>
  );
}
