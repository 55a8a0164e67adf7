/** How charts are looked at: smoothing, horizontal axis, logarithms, zoom. */
import type { Signal } from '@preact/signals';
import { useTables } from '../charts/tables.ts';
import { t } from '../text/translate.ts';
import { AXES, type Axis, type ViewState } from '../view-state.ts';
import { Icon } from './icon.tsx';

interface ChartSettingsProps {
  readonly view: Signal<ViewState>;
  /** More is to come: what isn't zoomed follows it. */
  readonly living?: boolean;
}

export function ChartSettings({ view, living = false }: ChartSettingsProps) {
  const set = (change: Partial<ViewState>) => {
    view.value = { ...view.value, ...change };
  };
  const tables = useTables();
  return (
    <div class="settings">
      {view.value.zoom === undefined ? null : (
        <button
          type="button"
          class="live"
          title={t('Shows everything and follows it')}
          onClick={() => set({ zoom: undefined })}
        >
          {living ? (
            <>
              <i aria-hidden="true" class="live-dot" /> {t('live')}
            </>
          ) : (
            t('Show all')
          )}
        </button>
      )}
      <label>
        {t('Smoothing')}
        <input
          type="range"
          min="0"
          max="0.99"
          step="0.01"
          value={view.value.smoothing}
          onInput={(event) => set({ smoothing: Number(event.currentTarget.value) })}
        />
        <output>{view.value.smoothing.toFixed(2)}</output>
      </label>
      <i class="parting" aria-hidden="true" />
      <select
        aria-label={t('Horizontal axis')}
        value={view.value.axis}
        onChange={(event) => set({ axis: axisOf(event.currentTarget.value), zoom: undefined })}
      >
        {AXES.map((axis) => (
          <option key={axis} value={axis}>
            {axisText(axis)}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="toggle"
        aria-pressed={view.value.logX}
        title={t('Logarithmic horizontal axis')}
        onClick={() => set({ logX: !view.value.logX, zoom: undefined })}
      >
        {t('log x')}
      </button>
      <button
        type="button"
        class="toggle"
        aria-pressed={view.value.log}
        title={t('Logarithmic axis for losses')}
        onClick={() => set({ log: !view.value.log })}
      >
        {t('log y')}
      </button>
      <button
        type="button"
        class="toggle"
        aria-pressed={tables.value}
        aria-label={t('All charts as tables')}
        title={t('All charts as tables')}
        onClick={() => {
          tables.value = !tables.value;
        }}
      >
        <Icon name="table" />
      </button>
    </div>
  );
}

function axisOf(value: string): Axis {
  return AXES.find((axis) => axis === value) ?? 'step';
}

function axisText(axis: Axis): string {
  switch (axis) {
    case 'step':
      return t('Step');
    case 'epoch':
      return t('Epoch');
    case 'time':
      return t('Running time');
    case 'wall':
      return t('Clock time');
    default:
      return assertNever(axis);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown axis: ${JSON.stringify(value)}`);
}
