/**
 * The tabs of the panel, in their order. The code of those that the first view doesn't show is loaded when the first of them is
 * chosen, so that the first chart waits for nothing that it doesn't need.
 */
import type { ComponentType } from 'preact';
import { MetricsTab } from './parts/metrics-tab.tsx';
import { t } from './text/translate.ts';

export interface TabInfo {
  readonly title: () => string;
  /** Charts in it: smoothing and axis can be chosen. */
  readonly charts: boolean;
  /** Of the first view: always there. */
  readonly first?: ComponentType;
  readonly load?: () => Promise<ComponentType>;
}

const later = () => import('./later.ts');

const ALL = {
  metrics: {
    title: () => t('Metrics'),
    charts: true,
    first: MetricsTab,
  },
  layers: {
    title: () => t('Layers'),
    charts: false,
    load: () => later().then((all) => all.LayersTab),
  },
  evaluate: {
    title: () => t('Evaluate'),
    charts: false,
    load: () => later().then((all) => all.EvaluateTab),
  },
  try: {
    title: () => t('Try it'),
    charts: false,
    load: () => later().then((all) => all.TryTab),
  },
  graph: {
    title: () => t('Graph'),
    charts: false,
    load: () => later().then((all) => all.GraphTab),
  },
  compare: {
    title: () => t('Compare'),
    charts: true,
    load: () => later().then((all) => all.CompareTab),
  },
  log: {
    title: () => t('Log'),
    charts: false,
    load: () => later().then((all) => all.LogTab),
  },
} as const satisfies Readonly<Record<string, TabInfo>>;

export type Tab = keyof typeof ALL;

/** By name, in the order of the bar. */
export const TABS: Readonly<Record<Tab, TabInfo>> = ALL;

export const TAB_NAMES = Object.keys(ALL) as readonly Tab[];
