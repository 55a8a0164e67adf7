/** How cards are arranged: pinned ones first, then by hand, then as they come. Pure, but for `followLayout`. */
import { effect } from '@preact/signals';
import type { LineColour, PanelLayout } from '../protocol/index.ts';
import type { Host } from './host.ts';

/** Ids of the cards that are shown, in their order. */
export function arranged(ids: readonly string[], layout: PanelLayout): string[] {
  const shown = inOrder(ids, layout.order).filter((id) => !layout.hidden.includes(id));
  return [...shown.filter((id) => layout.pinned.includes(id)), ...shown.filter((id) => !layout.pinned.includes(id))];
}

/** Cards without a place of their own stay behind the one that they came after. */
function inOrder(ids: readonly string[], order: readonly string[]): string[] {
  const out = order.filter((id) => ids.includes(id));
  ids.forEach((id, index) => {
    if (out.includes(id)) return;
    const before = ids[index - 1];
    out.splice(before === undefined ? 0 : out.indexOf(before) + 1, 0, id);
  });
  return out;
}

/** The same layout with the card in or out of one of its lists. */
export function toggled(layout: PanelLayout, list: 'pinned' | 'hidden' | 'large', id: string): PanelLayout {
  const has = layout[list].includes(id);
  return { ...layout, [list]: has ? layout[list].filter((each) => each !== id) : [...layout[list], id] };
}

/** The card by so many places further; the ends are walls. Pinned cards move among themselves. */
export function moved(layout: PanelLayout, ids: readonly string[], id: string, by: number): PanelLayout {
  const shown = arranged(ids, layout);
  const target = shown[shown.indexOf(id) + by];
  return target === undefined ? layout : placedAt(layout, ids, id, target);
}

/** The card at the place of another one, which makes room. */
export function placedAt(layout: PanelLayout, ids: readonly string[], id: string, target: string): PanelLayout {
  if (id === target) return layout;
  const shown = arranged(ids, layout);
  const forward = shown.indexOf(id) < shown.indexOf(target);
  const rest = shown.filter((each) => each !== id);
  rest.splice(rest.indexOf(target) + (forward ? 1 : 0), 0, id);
  const hidden = inOrder(ids, layout.order).filter((each) => !rest.includes(each));
  // Cards of other runs keep their places behind.
  const foreign = layout.order.filter((each) => !ids.includes(each));
  const pinned = layout.pinned.includes(target)
    ? [...new Set([...layout.pinned, id])]
    : layout.pinned.filter((each) => each !== id);
  return { ...layout, pinned, order: [...rest, ...hidden, ...foreign] };
}

/** A line in another colour; undefined: its own again. */
export function coloured(layout: PanelLayout, line: string, colour: LineColour | undefined): PanelLayout {
  const { [line]: _before, ...others } = layout.colours;
  return { ...layout, colours: colour === undefined ? others : { ...others, [line]: colour } };
}

/** Lines that can have another colour, with the variable that their colour stands in. */
export const COLOURED_LINES = {
  train: '--mw-train',
  validation: '--mw-validation',
  value: '--mw-value',
  ghost: '--mw-ghost',
} as const;

/** Reads the layout that is kept, writes what changes, and gives lines their colours. */
export function followLayout(host: Host): () => void {
  const { layout } = host.store;
  let kept = '';
  host.ask('layout', { kind: 'read' }).then(
    (answer) => {
      kept = JSON.stringify(answer.layout);
      layout.value = answer.layout;
    },
    (error: unknown) => host.failed('layout', error),
  );
  return effect(() => {
    const text = JSON.stringify(layout.value);
    for (const [line, variable] of Object.entries(COLOURED_LINES)) {
      const colour = layout.value.colours[line];
      if (colour === undefined) document.body.style.removeProperty(variable);
      else document.body.style.setProperty(variable, `var(--vscode-charts-${colour})`);
    }
    if (kept === '' || text === kept) return;
    kept = text;
    host.ask('layout', { kind: 'write', layout: layout.value }).catch((error: unknown) => host.failed('layout', error));
  });
}
