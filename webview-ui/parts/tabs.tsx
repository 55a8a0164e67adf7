/** The tabs and, beside them, how the charts are looked at. */
import type { RunStateName } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { TAB_NAMES, TABS, type Tab } from '../tabs.ts';
import { t } from '../text/translate.ts';
import { ChartSettings } from './chart-settings.tsx';

/** Tabs by arrow keys, as ARIA describes them. */
export function TabBar() {
  const { view, head } = useHost().store;
  const choose = (tab: Tab) => {
    view.value = { ...view.value, tab };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = tabBy(event.key, view.value.tab);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="bar">
      <div class="tabs" role="tablist" aria-label={t('Views of the run')}>
        {TAB_NAMES.map((tab) => (
          <button
            key={tab}
            id={`tab-${tab}`}
            type="button"
            role="tab"
            aria-selected={view.value.tab === tab}
            aria-controls={`panel-${tab}`}
            tabIndex={view.value.tab === tab ? 0 : -1}
            onKeyDown={onKeyDown}
            onClick={() => choose(tab)}
          >
            {TABS[tab].title()}
          </button>
        ))}
      </div>
      {TABS[view.value.tab].charts ? <ChartSettings view={view} living={isLiving(head.value?.state)} /> : null}
    </div>
  );
}

/** Where a key leads to, round at the ends. */
function tabBy(key: string, from: Tab): Tab | undefined {
  const at = TAB_NAMES.indexOf(from);
  switch (key) {
    case 'ArrowRight':
      return TAB_NAMES[(at + 1) % TAB_NAMES.length];
    case 'ArrowLeft':
      return TAB_NAMES.at(at - 1);
    case 'Home':
      return TAB_NAMES[0];
    case 'End':
      return TAB_NAMES.at(-1);
    default:
      return undefined;
  }
}

/** More is to come. */
function isLiving(state: RunStateName | undefined): boolean {
  return state === 'preparing' || state === 'running' || state === 'paused';
}
