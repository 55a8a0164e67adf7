/** Above the picture: search, colours, boxes, zoom, files. */
import type { ProgramGraph } from '../../protocol/index.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { matches } from './canvas.tsx';
import { colourText } from './colours.ts';
import { SEARCH_ID } from './keys.ts';
import { savePicture } from './picture.tsx';
import { COLOURS, type ColourBy, type GraphState } from './state.ts';

export function Toolbar({
  state,
  graph,
  onZoom,
}: {
  readonly state: GraphState;
  readonly graph: ProgramGraph;
  readonly onZoom: (by: number | 'fit') => void;
}) {
  const hasBoxes = graph.groups.length > 0;
  const save = (format: 'svg' | 'png') => {
    savePicture(state, format).catch((error: unknown) => {
      state.link.failed(error);
      state.trouble.value = error instanceof Error ? error.message : String(error);
    });
  };
  return (
    <div class="graph-tools" role="toolbar" aria-label={t('Graph')}>
      <Search state={state} graph={graph} />
      <label>
        {t('Colour')}
        <select
          value={state.colourBy.value}
          onChange={(event) => {
            state.colourBy.value = colourOf(event.currentTarget.value);
          }}
        >
          {COLOURS.filter((by) => by !== 'gradient' || state.link.gradients.value !== undefined).map((by) => (
            <option key={by} value={by}>
              {colourText(by)}
            </option>
          ))}
        </select>
      </label>
      {hasBoxes ? (
        <span class="group">
          <button type="button" class="toggle" onClick={() => void state.openAll(true)}>
            {t('Open all')}
          </button>
          <button type="button" class="toggle" onClick={() => void state.openAll(false)}>
            {t('Close all')}
          </button>
        </span>
      ) : null}
      <span class="group">
        <button
          type="button"
          class="toggle"
          aria-label={t('Zoom out')}
          title={t('Zoom out')}
          onClick={() => onZoom(0.8)}
        >
          −
        </button>
        <button type="button" class="toggle" onClick={() => onZoom('fit')}>
          {t('Fit')}
        </button>
        <button
          type="button"
          class="toggle"
          aria-label={t('Zoom in')}
          title={t('Zoom in')}
          onClick={() => onZoom(1.25)}
        >
          +
        </button>
      </span>
      <span class="group">
        <button
          type="button"
          class="toggle"
          aria-pressed={state.table.value}
          onClick={() => {
            state.table.value = !state.table.value;
          }}
        >
          {t('Table')}
        </button>
        <span class="soft">{t('Export')}</span>
        <button type="button" class="toggle" title={t('Save the picture as SVG')} onClick={() => save('svg')}>
          SVG
        </button>
        <button type="button" class="toggle" title={t('Save the picture as PNG')} onClick={() => save('png')}>
          PNG
        </button>
      </span>
    </div>
  );
}

/** Enter goes to the next place that is found. */
function Search({ state, graph }: { readonly state: GraphState; readonly graph: ProgramGraph }) {
  const found = matches(state.query.value, graph);
  const step = (by: number) => {
    const now = found.findIndex((node) => state.chosen.value === `node ${node}`);
    const next = found[(now + by + found.length) % Math.max(1, found.length)] ?? found[0];
    if (next !== undefined) void state.show(next);
  };
  return (
    <span class="graph-search">
      <input
        id={SEARCH_ID}
        type="search"
        placeholder={t('Search (/)')}
        aria-label={t('Search the graph')}
        value={state.query.value}
        onInput={(event) => {
          state.query.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') state.query.value = '';
        }}
      />
      <span class="soft" role="status">
        {state.query.value.trim() === '' ? '' : t('{0} found', count(found.length))}
      </span>
    </span>
  );
}

function colourOf(value: string): ColourBy {
  return COLOURS.find((by) => by === value) ?? 'kind';
}
