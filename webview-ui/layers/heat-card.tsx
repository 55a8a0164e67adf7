/** The card with the map of layers over time: its measure, its legend, and the same as a table. */
import { useMemo } from 'preact/hooks';
import { useHost } from '../context.ts';
import { t } from '../text/translate.ts';
import { heatOf, MEASURES } from './heat.ts';
import { HeatMap } from './heat-map.tsx';
import { HeatTable } from './heat-table.tsx';
import { gradientOf, rampOf, scaleOf } from './scale.ts';
import { layers, measure, table } from './state.ts';
import { isLight } from './theme.ts';
import { measureOf, measureText, measureTitle } from './words.ts';

export function HeatCard() {
  const { store } = useHost();
  const { layers: events, ended } = store.run.value;
  const known = layers.value.list;
  const what = measure.value;
  // The list of events grows in place, so its last number is what tells that it is another one.
  const heat = useMemo(
    () =>
      heatOf(
        events,
        what,
        known.map(({ path }) => path),
      ),
    [events.at(-1)?.seq, events.length, what, known],
  );
  const scale = useMemo(() => scaleOf(what, heat.values), [heat]);
  const light = isLight();
  const ramp = rampOf(scale.kind, light);
  const isEmpty = heat.columns.length === 0;
  return (
    <section class="card full layers" data-card="layers">
      <div class="layers-head">
        <h2>{t('Layers over time')}</h2>
        <select
          aria-label={t('What is shown of the layers')}
          value={what}
          onChange={(event) => {
            measure.value = measureOf(event.currentTarget.value);
          }}
        >
          {MEASURES.map((each) => (
            <option key={each} value={each}>
              {measureTitle(each)}
            </option>
          ))}
        </select>
        {isEmpty ? null : (
          <div class="ramp">
            <span>{measureText(what, scale.ends[0])}</span>
            <i style={{ backgroundImage: gradientOf(ramp) }} aria-hidden="true" />
            <span>{measureText(what, scale.ends[2])}</span>
          </div>
        )}
        <button
          type="button"
          class="toggle"
          aria-pressed={table.value}
          disabled={isEmpty}
          onClick={() => {
            table.value = !table.value;
          }}
        >
          {t('Table')}
        </button>
      </div>
      {layers.value.trouble === '' ? null : (
        <p class="empty" role="status">
          {layers.value.trouble}
        </p>
      )}
      {isEmpty ? <p class="empty">{emptyText(events.length > 0, ended !== undefined)}</p> : null}
      {isEmpty || table.value ? null : (
        <HeatMap
          heat={heat}
          measure={what}
          scale={scale}
          ramp={ramp}
          onTable={() => {
            table.value = true;
          }}
        />
      )}
      {isEmpty || !table.value ? null : <HeatTable heat={heat} measure={what} />}
    </section>
  );
}

function emptyText(some: boolean, ended: boolean): string {
  if (some) return t('The engine of this run does not tell this measure. Choose another one.');
  return ended
    ? t('Nothing was told of the layers while this run trained. What is inside them is shown below.')
    : t('Nothing has been told of the layers yet. Norms come with the first steps, activations a little later.');
}
