/** All charts of a run, where the time goes, its layers in short, and the epochs, as the workspace's layout arranges them. */
import { useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { ChartCard } from '../charts/chart-card.tsx';
import { type ChartInfo, chartsOf } from '../charts/chart-list.ts';
import { useHost } from '../context.ts';
import { arranged } from '../layout.ts';
import { CardSlot } from './card-tools.tsx';
import { cardsOf, cardTitle } from './cards.ts';
import { EpochsCard } from './epochs.tsx';
import { Guarded } from './guarded.tsx';
import { LayerStrip } from './layer-strip.tsx';
import { PinnedCard } from './pinned-card.tsx';
import { TimeSplitCard } from './time-split.tsx';

/** The charts stay the same while values are added, so their list is compared by its text. */
export function MetricsTab() {
  const { store, failed } = useHost();
  const list = useComputed(() => JSON.stringify(chartsOf(store.run.value)));
  const cards = useComputed(() => JSON.stringify(arranged(cardsOf(store.run.value), store.layout.value)));
  const pinned = useComputed(() => store.view.value.pinned);
  const charts: readonly ChartInfo[] = useMemo(() => JSON.parse(list.value), [list.value]);
  const ids: readonly string[] = useMemo(() => JSON.parse(cards.value), [cards.value]);
  return (
    <div class="cards">
      {pinned.value === undefined ? null : (
        <Guarded name="step" onFailed={failed}>
          <PinnedCard step={pinned.value} />
        </Guarded>
      )}
      {ids.map((id) => (
        <CardSlot key={id} id={id} span={spanOf(id, charts)}>
          <Guarded name={cardTitle(store.run.peek(), id)} onFailed={failed}>
            <Card id={id} charts={charts} />
          </Guarded>
        </CardSlot>
      ))}
    </div>
  );
}

function Card({ id, charts }: { readonly id: string; readonly charts: readonly ChartInfo[] }) {
  const chart = charts.find((each) => each.id === id);
  if (chart !== undefined) return <ChartCard chart={chart} />;
  if (id === 'time') return <TimeSplitCard />;
  return id === 'layers' ? <LayerStrip /> : <EpochsCard />;
}

/** Metrics two in a row, the small charts three, or four where there are as many: none stands alone. */
function spanOf(id: string, charts: readonly ChartInfo[]): 'half' | 'third' | 'quarter' | 'full' {
  const chart = charts.find((each) => each.id === id);
  if (chart?.wide === false) return charts.filter((each) => !each.wide).length === 4 ? 'quarter' : 'third';
  if (chart !== undefined) return 'half';
  return id === 'epochs' ? 'full' : 'half';
}
