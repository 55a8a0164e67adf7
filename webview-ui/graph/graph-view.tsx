/** The graph with its tools: in the panel of a run, and on a page of its own. */
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text/translate.ts';
import { Canvas, matches } from './canvas.tsx';
import { Legend } from './legend.tsx';
import { centred, fitted, seeing, zoomed } from './look.ts';
import { type GraphState, keyOf } from './state.ts';
import { GraphTable } from './table.tsx';
import { Toolbar } from './toolbar.tsx';
import { graphText, itemText } from './words.ts';

export function GraphView({ state, wheel }: { readonly state: GraphState; readonly wheel: boolean }) {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    const end = state.listen();
    void state.refresh();
    return end;
  }, [state]);
  useFollowing(state, root);
  const graph = state.graph.value;
  const scene = state.scene.value;
  const size = () => {
    const element = root.current?.querySelector('.graph-canvas');
    return { width: element?.clientWidth ?? 800, height: element?.clientHeight ?? 600 };
  };
  const zoom = (by: number | 'fit') => {
    if (scene === undefined) return;
    const { width, height } = size();
    const look = state.look.value ?? fitted({ width, height }, scene);
    state.look.value =
      by === 'fit' ? fitted({ width, height }, scene, true) : zoomed(look, by, { x: width / 2, y: height / 2 });
  };
  const chosen = scene?.items.find((item) => keyOf(item) === state.chosen.value);
  return (
    <section ref={root} class="card full graph" aria-busy={scene === undefined && state.trouble.value === ''}>
      {graph === undefined ? null : (
        <header>
          <h2 title={graph.unit}>{graph.unit}</h2>
          <p class="soft">{graphText(graph)}</p>
          {state.stale.value ? (
            <p class="stale">{t('The program has errors: this is the graph from before them.')}</p>
          ) : null}
        </header>
      )}
      {state.trouble.value === '' ? null : (
        <p class="failure" role="alert">
          {state.trouble.value}
        </p>
      )}
      {graph === undefined || scene === undefined ? (
        state.trouble.value === '' ? (
          <p role="status">{t('Drawing the graph…')}</p>
        ) : null
      ) : (
        <>
          <Toolbar state={state} graph={graph} onZoom={zoom} />
          {state.table.value ? (
            <GraphTable
              state={state}
              graph={graph}
              rows={state.query.value.trim() === '' ? undefined : matches(state.query.value, graph)}
            />
          ) : (
            <>
              <Canvas state={state} graph={graph} scene={scene} wheel={wheel} />
              <div class="graph-foot">
                <p class="soft" role="status">
                  {chosen === undefined ? (
                    t('Click shows the line, double click opens a block; arrow keys follow the lines, + − 0 zoom.')
                  ) : (
                    <>
                      <b>{[chosen.title, chosen.detail].filter(Boolean).join(' ')}</b>
                      {` ${itemText(chosen, graph, state.link.gradients.value).join(' · ')}`}
                    </>
                  )}
                </p>
                <Legend state={state} graph={graph} />
              </div>
            </>
          )}
        </>
      )}
    </section>
  );
}

/** What is chosen from elsewhere (search, the editor's cursor) comes into sight. */
function useFollowing(state: GraphState, root: { readonly current: HTMLElement | null }): void {
  const { chosen, cursor, scene } = state;
  const sought = state.query.value.trim() === '' ? '' : chosen.value;
  const [node] = cursor.value.nodes;
  const [group] = cursor.value.groups;
  const bring = (find: (item: NonNullable<typeof scene.value>['items'][number]) => boolean) => {
    const items = scene.peek()?.items ?? [];
    const now = items.find((item) => keyOf(item) === chosen.peek());
    const found = now && find(now) ? undefined : items.find(find);
    const canvas = root.current?.querySelector('.graph-canvas');
    if (found === undefined || canvas === null || canvas === undefined || scene.peek() === undefined) return;
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    const picture = scene.peek();
    if (picture === undefined) return;
    chosen.value = keyOf(found);
    state.look.value = seeing(state.look.peek() ?? fitted(size, picture), found, size);
  };
  useEffect(() => {
    const picture = scene.peek();
    const item = picture?.items.find((each) => keyOf(each) === sought);
    const canvas = root.current?.querySelector('.graph-canvas');
    if (picture === undefined || item === undefined || !canvas) return;
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    state.look.value = centred(state.look.peek() ?? fitted(size, picture), item, size);
  }, [sought]);
  useEffect(() => {
    const place = JSON.stringify(cursor.value);
    // A page that is shown again stays where one looked: the cursor may have stood there all the time.
    if ((node === undefined && group === undefined) || place === state.followed.peek()) return;
    state.followed.value = place;
    bring((item) =>
      item.kind === 'node'
        ? item.node === node
        : (group !== undefined && item.groups.includes(group)) ||
          (!item.open && node !== undefined && item.nodes.includes(node)),
    );
  }, [cursor.value]);
}
