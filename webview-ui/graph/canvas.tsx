/** The picture on the screen: only what can be seen is drawn. Mouse, wheel and keys move about in it. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { GraphScene, ProgramGraph, SceneItem } from '../../protocol/index.ts';
import { t } from '../text/translate.ts';
import { colourOf, scaleOf } from './colours.ts';
import { Arrow, hasArrow, ItemShape, LineShape, linePath } from './drawing.tsx';
import { handleKey } from './keys.ts';
import { fitted, isItemSeen, isLineSeen, type Size, sight, zoomed } from './look.ts';
import { type GraphState, keyOf } from './state.ts';
import { edgeText, spokenText } from './words.ts';

export interface CanvasProps {
  readonly state: GraphState;
  readonly graph: ProgramGraph;
  readonly scene: GraphScene;
  /** The wheel zooms wherever it is turned; else only with Ctrl or while the picture has the focus. */
  readonly wheel: boolean;
}

interface Tip {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export function Canvas({ state, graph, scene, wheel }: CanvasProps) {
  const ref = useRef<SVGSVGElement>(null);
  const size = useSize(ref);
  const [tip, setTip] = useState<Tip | undefined>(undefined);
  const look = state.look.value ?? fitted(size, scene);
  const drag = useDrag(state, () => state.look.value ?? fitted(size, scene));
  useWheel(ref, wheel, (by, at) => {
    state.look.value = zoomed(state.look.peek() ?? fitted(size, scene), by, at);
  });
  useFocus(ref, state.chosen.value);
  const seen = sight(look, size);
  const scale = scaleOf(state.colourBy.value, graph, state.link.gradients.value);
  const { cursor, chosen, query } = state;
  const first = scene.items.some((item) => keyOf(item) === chosen.value) ? chosen.value : keyOfFirst(scene);
  const nodes = new Set(cursor.value.nodes);
  const groups = new Set(cursor.value.groups);
  const found = matcher(query.value, graph);
  const atCursor = (item: SceneItem): boolean => {
    if (item.kind === 'node') return nodes.has(item.node);
    if (item.groups.some((group) => groups.has(group))) return true;
    return !item.open && item.nodes.some((node) => nodes.has(node));
  };
  const point = (event: MouseEvent) => {
    const box = ref.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  return (
    <div
      class="graph-canvas"
      role="tree"
      tabIndex={-1}
      aria-label={t('Graph of {0}', graph.unit)}
      onPointerDown={drag.down}
      onPointerMove={drag.move}
      onPointerUp={drag.up}
      onClick={() => {
        if (!drag.moved()) state.choose(undefined, false);
      }}
      onKeyDown={(event) => handleKey(event, state, scene, size)}
    >
      <svg ref={ref} class="graph-picture" role="presentation">
        <Arrow />
        <g transform={`translate(${look.x} ${look.y}) scale(${look.scale})`}>
          {scene.items.map((item, index) => {
            const key = keyOf(item);
            if (!isItemSeen(item, seen) && key !== first) return null;
            const marks = [
              item.kind,
              key === chosen.value ? 'chosen' : '',
              atCursor(item) ? 'at-cursor' : '',
              found === undefined ? '' : found(item) ? 'found' : 'other',
            ];
            return (
              <g
                key={key}
                class={marks.join(' ')}
                data-key={key}
                role="treeitem"
                tabIndex={key === first ? 0 : -1}
                aria-label={spokenText(item, graph)}
                aria-level={levelOf(scene, index)}
                aria-selected={key === chosen.value}
                aria-expanded={item.kind === 'box' ? item.open : undefined}
                onFocus={() => {
                  if (chosen.peek() !== key) state.choose(item, false);
                }}
                onClick={(event) => {
                  event.stopPropagation();
                  if (!drag.moved()) state.choose(item, true);
                }}
                onDblClick={(event) => {
                  event.stopPropagation();
                  void state.toggle(item);
                }}
              >
                <ItemShape item={item} colour={colourOf(item, graph, scale)} />
              </g>
            );
          })}
          {scene.lines.map((line, index) => {
            const edge = graph.edges[line.edge];
            if (edge === undefined || !isLineSeen(line, seen)) return null;
            return (
              <g
                key={index}
                class="way"
                onPointerMove={(event) => setTip({ ...point(event), text: edgeText(edge, graph) })}
                onPointerLeave={() => setTip(undefined)}
              >
                <path class="near" d={linePath(line.points)} />
                <LineShape line={line} ends={hasArrow(line, scene)} />
              </g>
            );
          })}
        </g>
      </svg>
      {tip === undefined ? null : (
        <div class="graph-tip" role="tooltip" style={{ left: `${tip.x + 14}px`, top: `${tip.y + 14}px` }}>
          {tip.text}
        </div>
      )}
    </div>
  );
}

function keyOfFirst({ items }: GraphScene): string {
  const [first] = items;
  return first === undefined ? '' : keyOf(first);
}

function levelOf({ items }: GraphScene, index: number): number {
  let level = 0;
  for (let at = index; at >= 0; at = items[at]?.parent ?? -1) level += 1;
  return level;
}

/** Whether an item, or something in it, is what is searched for. Undefined: nothing is. */
function matcher(query: string, graph: ProgramGraph): ((item: SceneItem) => boolean) | undefined {
  if (query.trim() === '') return undefined;
  const found = new Set(matches(query, graph));
  return (item) => (item.kind === 'node' ? found.has(item.node) : item.nodes.some((node) => found.has(node)));
}

/** Nodes whose name, settings, path or box has the words. */
export function matches(query: string, graph: ProgramGraph): readonly number[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return graph.nodes.flatMap(({ name, detail, layer, group }, index) => {
    const text = `${name} ${detail} ${layer} ${graph.groups[group]?.path ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word)) ? [index] : [];
  });
}

// ---- hooks

function useSize(ref: { readonly current: SVGSVGElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 800, height: 600 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const read = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) setSize({ width, height });
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return size;
}

/** Listened to without Preact, since only so the page can be kept from scrolling. */
function useWheel(
  ref: { readonly current: SVGSVGElement | null },
  always: boolean,
  zoom: (by: number, at: { readonly x: number; readonly y: number }) => void,
): void {
  const latest = useRef(zoom);
  latest.current = zoom;
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const turned = (event: WheelEvent) => {
      if (!always && !event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      latest.current(Math.exp(-event.deltaY / 400), at);
    };
    element.addEventListener('wheel', turned, { passive: false });
    return () => element.removeEventListener('wheel', turned);
  }, [always]);
}

/** The chosen item has the keys, where the picture has the focus. */
function useFocus(ref: { readonly current: SVGSVGElement | null }, key: string): void {
  useLayoutEffect(() => {
    const svg = ref.current;
    if (svg === null || key === '' || !svg.contains(document.activeElement)) return;
    for (const element of svg.querySelectorAll<SVGGElement>('[data-key]')) {
      if (element.dataset.key === key) element.focus({ preventScroll: true });
    }
  });
}

function useDrag(state: GraphState, now: () => { readonly x: number; readonly y: number; readonly scale: number }) {
  const from = useRef<{ x: number; y: number; moved: boolean; down: boolean }>({
    x: 0,
    y: 0,
    moved: false,
    down: false,
  });
  return {
    down(event: PointerEvent) {
      if (event.button === 0) from.current = { x: event.clientX, y: event.clientY, moved: false, down: true };
    },
    move(event: PointerEvent) {
      const { current } = from;
      if (!current.down) return;
      const [dx, dy] = [event.clientX - current.x, event.clientY - current.y];
      if (!current.moved && Math.hypot(dx, dy) < 4) return;
      const look = now();
      state.look.value = { ...look, x: look.x + dx, y: look.y + dy };
      from.current = { x: event.clientX, y: event.clientY, moved: true, down: true };
      if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
    },
    up() {
      from.current.down = false;
    },
    moved: () => from.current.moved,
  };
}
