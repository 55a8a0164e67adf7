/** Where one looks: zooming, fitting, bringing an item into sight, and what can be seen at all. */
import type { GraphScene, SceneItem, SceneLine } from '../../protocol/index.ts';
import type { Look } from './state.ts';

const LEAST = 0.05;
const MOST = 3;
const ROOM = 12;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Everything, unless that were too small to read: then the width, from the top. */
export function fitted({ width, height }: Size, scene: GraphScene, whole = false): Look {
  const byWidth = (width - 2 * ROOM) / scene.width;
  const byHeight = (height - 2 * ROOM) / scene.height;
  const all = Math.min(byWidth, byHeight, 1);
  const scale = clamped(whole || all >= 0.6 ? all : Math.max(Math.min(byWidth, 1), 0.4));
  const y = scene.height * scale <= height ? (height - scene.height * scale) / 2 : ROOM;
  return { scale, x: (width - scene.width * scale) / 2, y };
}

/** By a factor, about a point of the screen. */
export function zoomed(look: Look, by: number, at: { readonly x: number; readonly y: number }): Look {
  const scale = clamped(look.scale * by);
  const factor = scale / look.scale;
  return { scale, x: at.x - (at.x - look.x) * factor, y: at.y - (at.y - look.y) * factor };
}

function clamped(scale: number): number {
  return Math.min(MOST, Math.max(LEAST, scale));
}

/** So that the item can be seen: not moved where it can already. */
export function seeing(look: Look, item: SceneItem, { width, height }: Size): Look {
  const shown = (from: number, length: number, offset: number, size: number): number => {
    const begin = from * look.scale + offset;
    const end = begin + Math.min(length * look.scale, size - 4 * ROOM);
    if (begin < 2 * ROOM) return offset + 2 * ROOM - begin;
    return end > size - 2 * ROOM ? offset - (end - size + 2 * ROOM) : offset;
  };
  return { ...look, x: shown(item.x, item.width, look.x, width), y: shown(item.y, item.height, look.y, height) };
}

/** The item in the middle. */
export function centred(look: Look, item: SceneItem, { width, height }: Size): Look {
  const scale = Math.max(look.scale, 0.8);
  return {
    scale,
    x: width / 2 - (item.x + item.width / 2) * scale,
    y: height / 2 - (item.y + Math.min(item.height, 200) / 2) * scale,
  };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What of the picture can be seen, with some of what is around. */
export function sight(look: Look, { width, height }: Size): Box {
  const around = 150;
  return {
    left: (-around - look.x) / look.scale,
    top: (-around - look.y) / look.scale,
    right: (width + around - look.x) / look.scale,
    bottom: (height + around - look.y) / look.scale,
  };
}

export function isItemSeen({ x, y, width, height }: SceneItem, seen: Box): boolean {
  return x < seen.right && x + width > seen.left && y < seen.bottom && y + height > seen.top;
}

export function isLineSeen({ points }: SceneLine, seen: Box): boolean {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index + 1 < points.length; index += 2) {
    const [x = 0, y = 0] = [points[index], points[index + 1]];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return left < seen.right && right > seen.left && top < seen.bottom && bottom > seen.top;
}
