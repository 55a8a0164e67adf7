/** The chosen tab. Its code may still be on the way, and may fail to come: then the tab says so, and the others live. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useHost } from '../context.ts';
import { TABS, type Tab } from '../tabs.ts';
import { t } from '../text/translate.ts';
import { Guarded } from './guarded.tsx';

/** Tabs whose code is there. */
const loaded = new Map<Tab, ComponentType>();

export function ChosenTab({ tab }: { readonly tab: Tab }) {
  const { failed } = useHost();
  const [, redraw] = useState(0);
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    const { load } = TABS[tab];
    if (load === undefined || loaded.has(tab)) return;
    setTrouble('');
    load().then(
      (component) => {
        loaded.set(tab, component);
        redraw((count) => count + 1);
      },
      (error: unknown) => {
        failed(tab, error);
        setTrouble(t('This tab could not be loaded. Close the panel and open it again.'));
      },
    );
  }, [tab]);
  const Chosen = loaded.get(tab) ?? TABS[tab].first;
  if (Chosen === undefined) return <p role="status">{trouble === '' ? t('Loading…') : trouble}</p>;
  return (
    <Guarded key={tab} name={tab} onFailed={failed}>
      <Chosen />
    </Guarded>
  );
}
