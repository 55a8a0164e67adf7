/** All charts of a run, where the time goes, and the epochs. */
import { useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { ChartCard } from '../charts/chart-card.tsx';
import { type ChartInfo, chartsOf } from '../charts/chart-list.ts';
import { useHost } from '../context.ts';
import { EpochsCard } from './epochs.tsx';
import { Guarded } from './guarded.tsx';
import { TimeSplitCard } from './time-split.tsx';

/** The charts stay the same while values are added, so their list is compared by its text. */
export function MetricsTab() {
  const { store, failed } = useHost();
  const list = useComputed(() => JSON.stringify(chartsOf(store.run.value)));
  const charts: readonly ChartInfo[] = useMemo(() => JSON.parse(list.value), [list.value]);
  return (
    <div class="grid">
      {charts.map((chart) => (
        <Guarded key={chart.id} name={chart.title} onFailed={failed}>
          <ChartCard chart={chart} />
        </Guarded>
      ))}
      <Guarded name="Time" onFailed={failed}>
        <TimeSplitCard small={charts.filter((chart) => !chart.wide).length % 3 === 2} />
      </Guarded>
      <Guarded name="Epochs" onFailed={failed}>
        <EpochsCard />
      </Guarded>
    </div>
  );
}
