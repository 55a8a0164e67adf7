/** `hide`: a share of the words of each row behind the mask, drawn anew in each epoch of training, else by the row alone. */
import type { DataNode } from '../../language/index.ts';
import { Chance } from './chance.ts';
import { numeric, type TransformContext } from './context.ts';
import { sizeOf, type Values } from './values.ts';

const PAD = 0;
const MASK = 2;

/**
 * Which of two results is wanted, the node says: the row with words hidden, or where they are. Both draw the same numbers,
 * because chance depends on the place of the call in the program.
 */
export function hide(x: Values, context: TransformContext): Values {
  const { node, draw } = context;
  const from = numeric(x, context);
  const part = Number(node.settings.part);
  const chance = new Chance(draw.seed, `hide ${node.place.source} ${node.place.start}`);
  const size = sizeOf(x.shape);
  const hidden = new Uint8Array(from.length);
  const places: number[] = [];
  const kept = new Set(context.ends ?? []);
  for (let row = 0; row < x.count; row++) {
    places.length = 0;
    for (let i = row * size; i < (row + 1) * size; i++) {
      const word = from[i] ?? PAD;
      if (word !== PAD && !kept.has(word)) places.push(i);
    }
    const epoch = draw.part === 'train' ? draw.epoch : 0;
    chance.begin({ epoch, row: draw.rows[row] ?? 0, copy: 0, step: 0 });
    pick(places, part, chance, hidden);
  }
  if (node.output === 1) return { dtype: 'bool', shape: x.shape, count: x.count, data: hidden };
  const data = Int32Array.from(from, (word, i) => (hidden[i] === 1 ? MASK : word));
  return { dtype: 'int32', shape: x.shape, count: x.count, data };
}

/** The nearest number of words to the share, but at least one: a row without any teaches nothing. */
function pick(places: number[], part: number, chance: Chance, hidden: Uint8Array): void {
  const count = places.length === 0 ? 0 : Math.max(1, Math.round(part * places.length));
  for (let k = 0; k < count; k++) {
    const other = k + chance.below(places.length - k);
    const chosen = places[other] ?? 0;
    places[other] = places[k] ?? 0;
    places[k] = chosen;
    hidden[chosen] = 1;
  }
}

/** The numbers of the start and the end in the rows that come into a node: `Words` and `BytePairs` number them from 3 on. */
export function endsBefore(before: Iterable<DataNode>): readonly number[] {
  const ends = new Set<number>();
  for (const { op, settings } of before) {
    if (!['data/Words', 'data/BytePairs'].includes(op)) continue;
    let next = 3;
    if (settings.start === true) ends.add(next++);
    if (settings.end === true) ends.add(next);
  }
  return [...ends];
}
