/** The map of layers as a table: each layer with its first, middle and latest numbers, as many as can be read. */
import { useHost } from '../context.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { Heat, Measure } from './heat.ts';
import { chosen, layerAt, nameOf, showLine } from './state.ts';
import { measureText } from './words.ts';

const MOST = 12;

export function HeatTable({ heat, measure }: { readonly heat: Heat; readonly measure: Measure }) {
  const host = useHost();
  const columns = spread(heat.columns.length);
  return (
    <div class="scroll table-of-chart">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('layer')}</th>
            <th scope="col">{t('line')}</th>
            {columns.map((at) => (
              <th scope="col" key={at}>
                {t('step {0}', count(heat.columns[at]?.to ?? 0))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {heat.paths.map((path, row) => (
            <tr key={path}>
              <th scope="row" title={path}>
                <button
                  type="button"
                  class="link"
                  aria-pressed={chosen.value === path}
                  onClick={() => {
                    chosen.value = path;
                  }}
                >
                  {nameOf(path)}
                </button>
              </th>
              <td>
                {layerAt(path) === undefined ? null : (
                  <button
                    type="button"
                    class="link"
                    aria-label={t('Show line {0} of {1}', layerAt(path)?.line ?? 0, nameOf(path))}
                    onClick={() => showLine(host, path)}
                  >
                    {layerAt(path)?.line}
                  </button>
                )}
              </td>
              {columns.map((at) => (
                <td key={at}>{measureText(measure, heat.values[row]?.[at])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Columns evenly over all, the first and the last among them. */
function spread(columns: number): readonly number[] {
  const shown = Math.min(MOST, columns);
  const at = Array.from({ length: shown }, (_, i) => Math.round((i * (columns - 1)) / Math.max(1, shown - 1)));
  return [...new Set(at)];
}
