/**
 * The tabs of the panel, in their order. A tab's code is loaded when it is first chosen, so that the first chart waits for
 * nothing that it doesn't need.
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

const ALL = {
  metrics: {
    title: () => t('Metrics'),
    charts: true,
    first: MetricsTab,
  },
  layers: {
    title: () => t('Layers'),
    charts: false,
    load: () => import('./layers/layers-tab.tsx').then((module) => module.LayersTab),
  },
  evaluate: {
    title: () => t('Evaluate'),
    charts: false,
    load: () => import('./evaluate/evaluate-tab.tsx').then((module) => module.EvaluateTab),
  },
  try: {
    title: () => t('Try it'),
    charts: false,
    load: () => import('./try/try-tab.tsx').then((module) => module.TryTab),
  },
  graph: {
    title: () => t('Graph'),
    charts: false,
    load: () => import('./graph/graph-tab.tsx').then((module) => module.GraphTab),
  },
  compare: {
    title: () => t('Compare'),
    charts: true,
    load: () => import('./compare/compare-tab.tsx').then((module) => module.CompareTab),
  },
  log: {
    title: () => t('Log'),
    charts: false,
    load: () => import('./parts/log.tsx').then((module) => module.LogTab),
  },
} as const satisfies Readonly<Record<string, TabInfo>>;

export type Tab = keyof typeof ALL;

/** By name, in the order of the bar. */
export const TABS: Readonly<Record<Tab, TabInfo>> = ALL;

export const TAB_NAMES = Object.keys(ALL) as readonly Tab[];
