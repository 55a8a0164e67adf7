/** What the first view doesn't show, as one file: what the tabs share stands in it once, and packs better than in many. */
export { ComparePage } from './compare/compare-page.tsx';
export { CompareTab } from './compare/compare-tab.tsx';
export { EvaluateTab } from './evaluate/evaluate-tab.tsx';
export { GraphTab } from './graph/graph-tab.tsx';
export { LayersTab } from './layers/layers-tab.tsx';
export { LogTab } from './parts/log.tsx';
export { TryTab } from './try/try-tab.tsx';
