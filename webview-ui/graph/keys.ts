/** Keys of the picture: arrows follow lines, Enter opens boxes, + − 0 zoom, / searches. */
import type { GraphScene } from '../../protocol/index.ts';
import { fitted, type Size, seeing, zoomed } from './look.ts';
import { type GraphState, keyOf } from './state.ts';
import { type Direction, nextItem } from './walk.ts';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

const STEP = 1.25;

export function handleKey(event: KeyboardEvent, state: GraphState, scene: GraphScene, size: Size): void {
  if (event.altKey || (event.ctrlKey && event.key.toLowerCase() !== 'f') || event.metaKey) return;
  if (act(event, state, scene, size)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** True: the key meant something. */
function act(event: KeyboardEvent, state: GraphState, scene: GraphScene, size: Size): boolean {
  const index = scene.items.findIndex((item) => keyOf(item) === state.chosen.value);
  const item = scene.items[index];
  const look = state.look.value ?? fitted(size, scene);
  const arrow = ARROWS[event.key];
  const go = (to: number): boolean => {
    const next = scene.items[to];
    if (next === undefined) return false;
    state.look.value = seeing(look, next, size);
    state.choose(next, true);
    return true;
  };
  if (arrow !== undefined) {
    if (event.shiftKey) return pan(state, look, arrow);
    go(index < 0 ? 0 : nextItem(scene, index, arrow));
    return true;
  }
  switch (event.key) {
    case 'Enter':
    case ' ':
      if (item?.kind === 'box') void state.toggle(item);
      else if (item) state.choose(item, true);
      return true;
    case 'Home':
      return go(0);
    case 'End':
      return go(scene.items.length - 1);
    case 'Escape':
      return item !== undefined && go(item.parent);
    case '+':
    case '=':
    case '-': {
      const by = event.key === '-' ? 1 / STEP : STEP;
      state.look.value = zoomed(look, by, { x: size.width / 2, y: size.height / 2 });
      return true;
    }
    case '0':
      state.look.value = fitted(size, scene, true);
      return true;
    case '/':
    case 'f':
    case 'F':
      if (event.key !== '/' && !event.ctrlKey) return false;
      document.getElementById(SEARCH_ID)?.focus();
      return true;
    default:
      return false;
  }
}

/** The field to search in. */
export const SEARCH_ID = 'graph-search';

const PAN = 80;

function pan(state: GraphState, look: { x: number; y: number; scale: number }, direction: Direction): boolean {
  const by = { left: [PAN, 0], right: [-PAN, 0], up: [0, PAN], down: [0, -PAN] } as const;
  const [dx, dy] = by[direction];
  state.look.value = { ...look, x: look.x + dx, y: look.y + dy };
  return true;
}
