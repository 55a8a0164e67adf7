/**
 * What the panel remembers of its own: how it is looked at, never data. It is kept by VS Code across hiding, reload and
 * restart, and must stay small.
 */

import { TAB_NAMES, type Tab } from './tabs.ts';

export const VIEW_VERSION = 1;
export const AXES = ['step', 'epoch', 'time', 'wall'] as const;
export type Axis = (typeof AXES)[number];

export interface Zoom {
  readonly from: number;
  readonly to: number;
}

export interface ViewState {
  readonly version: typeof VIEW_VERSION;
  /** The run's folder: what the host restores the panel by. */
  readonly folder: string;
  readonly tab: Tab;
  /** Weight of the smoothing, 0 to 0.999. */
  readonly smoothing: number;
  readonly axis: Axis;
  /** Logarithmic axes for losses. */
  readonly log: boolean;
  /** A logarithmic horizontal axis. */
  readonly logX: boolean;
  /** Folder of the run that is drawn behind; '' for none, undefined: the best one of the same program and data. */
  readonly baseline: string | undefined;
  /** Step whose values are shown in a table. */
  readonly pinned: number | undefined;
  /** In units of the axis; undefined: everything, followed as it grows. */
  readonly zoom: Zoom | undefined;
}

export const DEFAULT_VIEW: ViewState = {
  version: VIEW_VERSION,
  folder: '',
  tab: 'metrics',
  smoothing: 0.8,
  axis: 'step',
  log: true,
  logX: false,
  baseline: undefined,
  pinned: undefined,
  zoom: undefined,
};

/** The kept state; whatever is missing or of another shape falls back to the default. */
export function readViewState(value: unknown): ViewState {
  if (typeof value !== 'object' || value === null) return DEFAULT_VIEW;
  const kept = value as Readonly<Record<string, unknown>>;
  if (kept.version !== VIEW_VERSION) return DEFAULT_VIEW;
  return {
    version: VIEW_VERSION,
    folder: typeof kept.folder === 'string' ? kept.folder : '',
    tab: TAB_NAMES.find((tab) => tab === kept.tab) ?? DEFAULT_VIEW.tab,
    smoothing: readWeight(kept.smoothing),
    axis: AXES.find((axis) => axis === kept.axis) ?? DEFAULT_VIEW.axis,
    log: typeof kept.log === 'boolean' ? kept.log : DEFAULT_VIEW.log,
    logX: kept.logX === true,
    baseline: typeof kept.baseline === 'string' ? kept.baseline : undefined,
    pinned: typeof kept.pinned === 'number' ? kept.pinned : undefined,
    zoom: readZoom(kept.zoom),
  };
}

function readWeight(value: unknown): number {
  return typeof value === 'number' && value >= 0 && value <= 0.999 ? value : DEFAULT_VIEW.smoothing;
}

function readZoom(value: unknown): Zoom | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { from, to } = value as Readonly<Record<string, unknown>>;
  return typeof from === 'number' && typeof to === 'number' && from < to ? { from, to } : undefined;
}
