/** What is said of an item, an edge or the whole graph. */
import type { GraphEdge, GraphValue, ProgramGraph, SceneItem } from '../../protocol/index.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { Gradients } from './state.ts';

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, uint8: 1 };

/** `float32[26, 26, 32]`. */
export function valueText({ dtype, shape }: GraphValue): string {
  if (shape === undefined) return `${dtype}[?]`;
  return shape.length === 0 ? dtype : `${dtype}[${shape.map((size) => (size === -1 ? 'N' : size)).join(', ')}]`;
}

/** Of a whole batch, where sizes are numbers and the batch is known. */
export function batchBytes({ dtype, shape, perExample }: GraphValue, batch: number | undefined): string | undefined {
  const each = BYTES[dtype];
  if (each === undefined || shape === undefined || (perExample && batch === undefined)) return undefined;
  const sizes = shape.flatMap((size) => (typeof size === 'number' && size >= 0 ? [size] : []));
  if (sizes.length < shape.length) return undefined;
  const bytes = sizes.reduce((all, size) => all * size, each) * (perExample ? (batch ?? 1) : 1);
  return perExample ? t('{0} per batch of {1}', bytesText(bytes), count(batch ?? 1)) : bytesText(bytes);
}

/** `2.6 MiB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let at = 0;
  for (; value >= 1024 && at < units.length - 1; at++) value /= 1024;
  return `${at === 0 ? count(value) : number(value, 3)} ${units[at]}`;
}

/** The line under the name: `693,962 parameters · 2.6 MiB · 0.9 M multiply-adds per example`. */
export function graphText({ parameters, macs }: ProgramGraph): string {
  const weights = typeof parameters === 'number' ? count(parameters) : parameters;
  return [
    t('{0} parameters', weights),
    ...(typeof parameters === 'number' ? [bytesText(parameters * 4)] : []),
    ...(macs === undefined ? [] : [t('{0} multiply-adds per example', largeText(macs))]),
  ].join(' · ');
}

/** `4.09 billion` as `4.09 G`. */
export function largeText(value: number): string {
  const units = ['', ' k', ' M', ' G', ' T'];
  let scaled = value;
  let at = 0;
  for (; scaled >= 1000 && at < units.length - 1; at++) scaled /= 1000;
  return at === 0 ? count(scaled) : `${number(scaled, 3)}${units[at]}`;
}

/** What hovering over a line tells. */
export function edgeText(edge: GraphEdge, graph: ProgramGraph): string {
  const names = `${graph.nodes[edge.from]?.name ?? ''} → ${graph.nodes[edge.to]?.name ?? ''}`;
  return [names, valueText(edge), batchBytes(edge, graph.batch)].filter((text) => text !== undefined).join('\n');
}

/** Of the chosen item, in a line or two. */
export function itemText(item: SceneItem, graph: ProgramGraph, gradients: Gradients | undefined): readonly string[] {
  const inside = item.kind === 'node' ? [item.node] : item.nodes;
  const nodes = inside.flatMap((index) => graph.nodes[index] ?? []);
  const sum = (values: readonly (number | undefined)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0);
  const parameters = sum(nodes.map((node) => (typeof node.parameters === 'number' ? node.parameters : 0)));
  const macs = sum(nodes.map((node) => node.macs));
  const [only] = nodes;
  const gradient = item.kind === 'node' && only ? gradients?.norms.get(only.layer) : undefined;
  return [
    ...(item.kind === 'node' ? [] : [t('{0} operations', count(nodes.length))]),
    ...(item.kind === 'node' && only?.output ? [`→ ${valueText(only.output)}`] : []),
    ...(parameters > 0 ? [t('{0} parameters', count(parameters))] : []),
    ...(macs > 0 ? [t('{0} multiply-adds', count(macs))] : []),
    ...(item.kind === 'node' && only?.output ? [batchBytes(only.output, graph.batch) ?? ''] : []),
    ...(gradient === undefined ? [] : [t('gradient {0}', number(gradient))]),
    ...(item.kind === 'node' && only ? [only.layer, t('line {0}', only.place.line)] : []),
  ].filter((text) => text !== '');
}

/** As screen readers say it. */
export function spokenText(item: SceneItem, graph: ProgramGraph): string {
  const node = item.kind === 'node' ? graph.nodes[item.node] : undefined;
  const value = node?.output ? valueText(node.output) : '';
  return [item.title, item.detail, value].filter((text) => text !== '').join(', ');
}
