/** The Layers tab: all layers over time, and what is known of the chosen one. */
import { useHost } from '../context.ts';
import { Guarded } from '../parts/guarded.tsx';
import { HeatCard } from './heat-card.tsx';
import { InsideCards } from './inside-card.tsx';
import { LayerCard } from './layer-card.tsx';
import { useLayers } from './state.ts';

export function LayersTab() {
  const { failed } = useHost();
  useLayers();
  return (
    <div class="grid layers-tab">
      <Guarded name="Layers" onFailed={failed}>
        <HeatCard />
      </Guarded>
      <Guarded name="Layer" onFailed={failed}>
        <LayerCard />
      </Guarded>
      <Guarded name="Inside" onFailed={failed}>
        <InsideCards />
      </Guarded>
    </div>
  );
}
