/** The confusion matrix: rows for what is so, columns for what is said. A cell opens its rows; arrow keys move between cells. */
import { useRef, useState } from 'preact/hooks';
import type { ConfusionCell } from '../../protocol/index.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';

interface MatrixProps {
  readonly classes: readonly string[];
  readonly cells: readonly ConfusionCell[];
  readonly open: ((is: number, said: number) => void) | undefined;
}

/** More classes are a list of the largest confusions. */
const MOST_CLASSES = 30;

export function Matrix({ classes, cells, open }: MatrixProps) {
  return classes.length <= MOST_CLASSES ? (
    <Grid classes={classes} cells={cells} open={open} />
  ) : (
    <Largest classes={classes} cells={cells} open={open} />
  );
}

/** Pixels of a cell that holds its number; where there is less room the matrix is scrolled. */
const LEAST_CELL = 34;

function Grid({ classes, cells, open }: MatrixProps) {
  const [[row, column], setAt] = useState<readonly [number, number]>([0, 0]);
  const grid = useRef<HTMLTableElement>(null);
  const counts = new Map(cells.map((cell) => [cell.is * classes.length + cell.said, cell.count]));
  const totals = classes.map((_, is) => cells.reduce((sum, cell) => (cell.is === is ? sum + cell.count : sum), 0));
  const worst = Math.max(1, ...cells.filter(({ is, said }) => is !== said).map((cell) => cell.count));
  const move = (event: KeyboardEvent): void => {
    const next = moved(event.key, row, column, classes.length);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next[0]}-${next[1]}"]`)?.focus();
  };
  return (
    <div class="matrix">
      <p class="soft said" aria-hidden="true">
        {t('predicted →')}
      </p>
      <table ref={grid} style={{ minWidth: `${LEAST_CELL * (classes.length + 1)}px` }}>
        <caption class="unseen">{t('Confusion matrix: rows are so, columns are predicted')}</caption>
        <thead>
          <tr>
            <td />
            {classes.map((name) => (
              <th key={name} scope="col" title={name}>
                {name === '' ? t('empty') : shortName(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((name, is) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name === '' ? t('empty') : shortName(name)}
              </th>
              {classes.map((other, said) => {
                const many = counts.get(is * classes.length + said) ?? 0;
                const share = is === said ? many / Math.max(1, totals[is] ?? 1) : many / worst;
                const words = t('{0} predicted as {1}: {2}', name, other, count(many));
                return (
                  <td key={other}>
                    <button
                      type="button"
                      data-cell={`${is}-${said}`}
                      class={many === 0 ? 'none' : is === said ? 'right' : 'wrong'}
                      style={{ '--share': share.toFixed(3) }}
                      tabIndex={is === row && said === column ? 0 : -1}
                      title={words}
                      aria-label={words}
                      onFocus={() => setAt([is, said])}
                      onKeyDown={move}
                      onClick={() => many > 0 && open?.(is, said)}
                    >
                      {many === 0 ? '' : count(many)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function moved(key: string, row: number, column: number, size: number): readonly [number, number] | undefined {
  const within = (value: number): number => Math.max(0, Math.min(size - 1, value));
  switch (key) {
    case 'ArrowUp':
      return [within(row - 1), column];
    case 'ArrowDown':
      return [within(row + 1), column];
    case 'ArrowLeft':
      return [row, within(column - 1)];
    case 'ArrowRight':
      return [row, within(column + 1)];
    case 'Home':
      return [row, 0];
    case 'End':
      return [row, size - 1];
    default:
      return undefined;
  }
}

function Largest({ classes, cells, open }: MatrixProps) {
  const wrong = cells.filter(({ is, said }) => is !== said).slice(0, 30);
  return (
    <div class="scroll">
      <table class="plain">
        <caption class="unseen">{t('The largest confusions')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('is')}</th>
            <th scope="col">{t('predicted')}</th>
            <th scope="col">{t('rows')}</th>
          </tr>
        </thead>
        <tbody>
          {wrong.map(({ is, said, count: many }) => (
            <tr key={`${is}-${said}`}>
              <td>{classes[is]}</td>
              <td>{classes[said]}</td>
              <td>
                <button type="button" class="link" onClick={() => open?.(is, said)}>
                  {count(many)}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Names that would make the columns wide are cut; the whole one is in the title. */
export function shortName(name: string): string {
  const letters = [...name];
  return letters.length > 9 ? `${letters.slice(0, 8).join('')}…` : name;
}
