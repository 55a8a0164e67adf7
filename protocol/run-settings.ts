/**
 * The settings of a run as names and texts, from its plan: what runs are compared by. The plan comes from disk and may be of
 * any shape: what is not understood is left out. Pure.
 */
import { isRecord } from './guard.ts';

export interface RunSetting {
  /** As the program writes it: `batch`, `lr`, `optimizer.beta1`, `model.classes`, `data.validation`. */
  readonly name: string;
  readonly value: string;
}

/** The setting that no program has: learning rates that were set by hand while the run went on, each behind its step. */
export const RATE_BY_HAND = 'lr while it ran';

/** In the order in which people look for them: training, loss, model, data. */
export function settingsOf(plan: unknown): readonly RunSetting[] {
  if (!isRecord(plan)) return [];
  return [...trainSettings(plan), ...modelSettings(plan), ...dataSettings(plan)];
}

/** Settings that are told by another name or in another place, or are no settings. */
const TOLD_ELSEWHERE = new Set(['optimizer', 'places', 'save', 'stop', 'start', 'seed']);

function trainSettings(plan: Readonly<Record<string, unknown>>): RunSetting[] {
  const { train, loss, graph } = plan;
  if (!isRecord(train)) return [];
  const plain = ['epochs', 'steps', 'batch', ...Object.keys(train)].filter((name) => !TOLD_ELSEWHERE.has(name));
  return [
    ...optimizerSettings(train.optimizer),
    ...[...new Set(plain)].flatMap((name) => one(name, train[name])),
    ...one('stop', isRecord(train.stop) ? stopText(train.stop) : undefined),
    ...(Array.isArray(train.save) && train.save.length > 0 ? one('save', train.save.map(saveText).join(', ')) : []),
    ...one('start', train.start),
    ...one('seed', train.seed),
    ...one('loss', lossText(graph, loss)),
  ];
}

/** `optimizer: Adam`, `lr`, then what else it takes, by its own name. */
function optimizerSettings(optimizer: unknown): RunSetting[] {
  if (!isRecord(optimizer)) return [];
  const settings = isRecord(optimizer.settings) ? optimizer.settings : {};
  return [
    ...one('optimizer', bareName(optimizer.call)),
    ...one('lr', settings.lr),
    ...Object.entries(settings)
      .filter(([name]) => name !== 'lr')
      .flatMap(([name, value]) => one(`optimizer.${name}`, value)),
  ];
}

function stopText(stop: Readonly<Record<string, unknown>>): string {
  return `early(${settingText(stop.watch)}, patience: ${settingText(stop.patience)}, change: ${settingText(stop.change)})`;
}

function saveText(rule: unknown): string {
  if (!isRecord(rule)) return '';
  return rule.kind === 'best' ? `best(${settingText(rule.metric)})` : `every(${settingText(rule.steps)})`;
}

function lossText(graph: unknown, loss: unknown): string | undefined {
  if (!isRecord(graph) || !Array.isArray(graph.nodes) || !isRecord(loss)) return undefined;
  const node: unknown = graph.nodes[Number(loss.node)];
  return isRecord(node) ? bareName(node.op) : undefined;
}

function modelSettings({ model }: Readonly<Record<string, unknown>>): RunSetting[] {
  if (!isRecord(model)) return [];
  return [...one('model', model.name), ...under('model', model.args)];
}

/** What makes other rows of the same declaration; what is learned of them is in the fingerprint of the data. */
const OF_DATA = ['validation', 'test', 'shuffle', 'cache'];

function dataSettings({ data }: Readonly<Record<string, unknown>>): RunSetting[] {
  if (!isRecord(data)) return [];
  return [
    ...one('data', data.name),
    ...under('data', data.args),
    ...OF_DATA.flatMap((name) => one(`data.${name}`, data[name])),
    ...one('data.seed', data.seed),
    ...one('data.augment', augmentText(data.augment)),
    ...(isRecord(data.source) ? under('source', data.source.settings) : []),
  ];
}

function augmentText(augment: unknown): string | undefined {
  if (!Array.isArray(augment) || augment.length === 0) return undefined;
  return augment
    .map((flow: unknown) => {
      const steps: readonly unknown[] = isRecord(flow) && Array.isArray(flow.steps) ? flow.steps : [];
      return steps.map(settingText).join(' -> ');
    })
    .join(', ');
}

function under(group: string, settings: unknown): RunSetting[] {
  if (!isRecord(settings)) return [];
  return Object.entries(settings).flatMap(([name, value]) => one(`${group}.${name}`, value));
}

function one(name: string, value: unknown): RunSetting[] {
  return value === undefined ? [] : [{ name, value: settingText(value) }];
}

/** Longer values are cut: a plan may hold whole tables. */
const LONGEST = 160;

/** A value as the program would write it: `1e-3`, `cosine(0.001, warmup: 200)` with all names, `none`. */
export function settingText(value: unknown): string {
  const text = wholeText(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function wholeText(value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.slice(0, 40).map(wholeText).join(', ')}]`;
  if (!isRecord(value)) return '';
  const settings = isRecord(value.settings) ? Object.entries(value.settings) : [];
  if (typeof value.call === 'string') {
    return `${bareName(value.call)}(${settings.map(([name, each]) => `${name}: ${wholeText(each)}`).join(', ')})`;
  }
  const members = Object.entries(value).filter(([name]) => name !== 'place');
  return `{${members.map(([name, each]) => `${name}: ${wholeText(each)}`).join(', ')}}`;
}

/** Small and large numbers as programs write them: `1e-3`, not `0.001`; 64 stays 64. */
function numberText(value: number): string {
  const size = Math.abs(value);
  if (size > 0 && size < 0.01) return value.toExponential().replace(/e\+?/, 'e');
  return String(value);
}

/** `optimizer/Adam` → `Adam`. */
function bareName(key: unknown): string {
  return typeof key === 'string' ? (key.split('/').at(-1) ?? key) : '';
}
