/** How items are coloured: by what they are, or by a number of theirs on a logarithmic scale. */
import type { GraphKind, GraphNode, ProgramGraph, SceneItem } from '../../protocol/index.ts';
import { t } from '../text/translate.ts';
import type { ColourBy, Gradients } from './state.ts';

export const KINDS: readonly GraphKind[] = ['input', 'weights', 'norm', 'activation', 'combine', 'other'];

export function kindText(kind: GraphKind): string {
  switch (kind) {
    case 'input':
    case 'output':
      return t('input, output');
    case 'weights':
      return t('weights');
    case 'norm':
      return t('normalisation');
    case 'activation':
      return t('activation');
    case 'combine':
      return t('combines values');
    case 'other':
      return t('without weights');
    default:
      return assertNever(kind);
  }
}

export function colourText(by: ColourBy): string {
  switch (by) {
    case 'kind':
      return t('Kind');
    case 'parameters':
      return t('Parameters');
    case 'macs':
      return t('Multiply-adds');
    case 'gradient':
      return t('Last gradient');
    default:
      return assertNever(by);
  }
}

/** The numbers by which items are coloured, with the ends of their scale; undefined: by kind. */
export interface Scale {
  readonly least: number;
  readonly most: number;
  of(item: SceneItem): number | undefined;
}

export function scaleOf(by: ColourBy, graph: ProgramGraph, gradients: Gradients | undefined): Scale | undefined {
  if (by === 'kind') return undefined;
  const numberIn = (node: GraphNode | undefined): number | undefined => numberOf(by, node, gradients);
  const all = graph.nodes.flatMap((node) => numberIn(node) ?? []).filter((value) => value > 0);
  const of = (item: SceneItem): number | undefined => {
    if (item.kind === 'node') return numberIn(graph.nodes[item.node]);
    const inside = item.nodes.flatMap((node) => numberIn(graph.nodes[node]) ?? []);
    if (inside.length === 0) return undefined;
    return by === 'gradient' ? Math.hypot(...inside) : inside.reduce((sum, value) => sum + value, 0);
  };
  return { least: Math.min(...all, Number.MAX_VALUE), most: Math.max(...all, 0), of };
}

function numberOf(by: ColourBy, node: GraphNode | undefined, gradients: Gradients | undefined): number | undefined {
  if (node === undefined) return undefined;
  switch (by) {
    case 'kind':
      return undefined;
    case 'parameters':
      return typeof node.parameters === 'number' ? node.parameters : undefined;
    case 'macs':
      return node.macs;
    case 'gradient':
      return node.layer === '' ? undefined : gradients?.norms.get(node.layer);
    default:
      return assertNever(by);
  }
}

/** From 0 to 100, on a logarithmic scale; nothing at all is 0. */
export function share({ least, most }: Scale, value: number | undefined): number {
  if (value === undefined || value <= 0 || most <= 0) return 0;
  if (most <= least) return 100;
  const place = (Math.log(value) - Math.log(least)) / (Math.log(most) - Math.log(least));
  return Math.round(20 + 80 * Math.min(1, Math.max(0, place)));
}

/** The colour of an item's strip, as CSS. */
export function colourOf(item: SceneItem, graph: ProgramGraph, scale: Scale | undefined): string {
  if (scale) {
    return `color-mix(in srgb, var(--mw-graph-scale) ${share(scale, scale.of(item))}%, var(--mw-graph-empty))`;
  }
  const kind = item.kind === 'box' ? 'box' : (graph.nodes[item.node]?.kind ?? 'other');
  return `var(--mw-graph-${kind})`;
}

function assertNever(value: never): never {
  throw new Error(`Unknown: ${JSON.stringify(value)}`);
}
