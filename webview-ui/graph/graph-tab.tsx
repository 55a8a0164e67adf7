/** The Graph tab: the program as it was run, coloured by the run's gradients where one likes. */
import { computed, type ReadonlySignal } from '@preact/signals';
import { type GraphAsk, type GraphTell, numberOf } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import type { Host } from '../host.ts';
import { GraphView } from './graph-view.tsx';
import { createGraphState, type Gradients, type GraphState } from './state.ts';

/** Kept while other tabs are looked at. */
const states = new WeakMap<Host, GraphState>();

export function GraphTab() {
  const host = useHost();
  const state = states.get(host) ?? stateOf(host);
  states.set(host, state);
  return <GraphView state={state} wheel={false} />;
}

function stateOf(host: Host): GraphState {
  const link = {
    ask: (body: GraphAsk) => host.ask('graph', body),
    listen: (heard: (body: GraphTell) => void) => host.listen('graph', heard),
    failed: (error: unknown) => host.failed('Graph', error),
    gradients: gradientsOf(host),
  };
  return createGraphState(link, host.kept);
}

/** Of a layer, the norm over all its weights. */
function gradientsOf({ store }: Host): ReadonlySignal<Gradients | undefined> {
  return computed(() => {
    const latest = store.run.value.layers.at(-1);
    if (latest === undefined) return undefined;
    const squares = new Map<string, number>();
    for (const [path, { gradient }] of Object.entries(latest.weights)) {
      const layer = path.slice(0, path.lastIndexOf('/'));
      squares.set(layer, (squares.get(layer) ?? 0) + numberOf(gradient) ** 2);
    }
    return { step: latest.step, norms: new Map([...squares].map(([layer, sum]) => [layer, Math.sqrt(sum)])) };
  });
}
