/** From item to item by the arrow keys: up and down along the lines, left and right to what stands beside. */
import type { GraphScene } from '../../protocol/index.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** Index of the next item; −1: there is none. */
export function nextItem(scene: GraphScene, from: number, direction: Direction): number {
  switch (direction) {
    case 'down':
      return along(scene, from, 'from', 'to');
    case 'up':
      return along(scene, from, 'to', 'from');
    case 'left':
    case 'right':
      return beside(scene, from, direction);
    default:
      return assertNever(direction);
  }
}

type End = 'from' | 'to';

/** Along a line that begins at the item; where it leaves the box, along those of the box. */
function along(scene: GraphScene, item: number, begin: End, end: End): number {
  for (let at = item; at >= 0; at = scene.items[at]?.parent ?? -1) {
    const next = scene.lines.filter((line) => line[begin] === at && line[end] >= 0).map((line) => line[end]);
    const [first] = next.sort((a, b) => leftOf(scene, a) - leftOf(scene, b));
    if (first !== undefined) return inner(scene, first, begin, end);
  }
  return -1;
}

/** Into an open box, to what its border is joined with. */
function inner(scene: GraphScene, item: number, begin: End, end: End): number {
  const box = scene.items[item];
  if (box?.kind !== 'box' || !box.open) return item;
  const inside = scene.lines.filter((line) => line[begin] < 0 && scene.items[line[end]]?.parent === item);
  const [first] = inside.map((line) => line[end]).sort((a, b) => leftOf(scene, a) - leftOf(scene, b));
  const any = scene.items.findIndex(({ parent }) => parent === item);
  return inner(scene, first ?? any, begin, end);
}

function leftOf({ items }: GraphScene, index: number): number {
  return items[index]?.x ?? 0;
}

function beside({ items }: GraphScene, from: number, direction: 'left' | 'right'): number {
  const own = items[from];
  if (own === undefined) return -1;
  const middle = (item: { readonly x: number; readonly width: number }) => item.x + item.width / 2;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, item] of items.entries()) {
    if (index === from || (item.kind === 'box' && item.open)) continue;
    const distance = direction === 'right' ? middle(item) - middle(own) : middle(own) - middle(item);
    const apart = Math.abs(item.y + item.height / 2 - (own.y + own.height / 2));
    // What stands clearly above or below is not beside.
    if (distance <= own.width / 4 || apart > distance) continue;
    if (distance + 2 * apart < least) [best, least] = [index, distance + 2 * apart];
  }
  return best;
}

function assertNever(value: never): never {
  throw new Error(`Unknown direction: ${JSON.stringify(value)}`);
}
