/** The whole panel: header, progress, health, tiles, and the chosen tab. */
import { useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { HostContext, useHost } from './context.ts';
import { followGhost } from './ghost.ts';
import type { Host } from './host.ts';
import { followLayout } from './layout.ts';
import { Announcer } from './parts/announcer.tsx';
import { ChosenTab } from './parts/chosen-tab.tsx';
import { Header } from './parts/header.tsx';
import { HealthLine } from './parts/health-line.tsx';
import { Progress } from './parts/progress.tsx';
import { TabBar } from './parts/tabs.tsx';
import { Tiles } from './parts/tiles.tsx';
import { t } from './text/translate.ts';

/** The panel of that host. */
export function App({ host }: { readonly host: Host }) {
  useEffect(() => {
    const ends = [followGhost(host), followLayout(host)];
    return () => {
      for (const end of ends) end();
    };
  }, [host]);
  return (
    <HostContext.Provider value={host}>
      <Run />
    </HostContext.Provider>
  );
}

function Run() {
  const { store } = useHost();
  // Zooming changes the view with every frame: only what shows it is to be made anew.
  const tab = useComputed(() => store.view.value.tab).value;
  const gone = store.gone.value;
  if (gone !== undefined) {
    return (
      <main class="gone">
        <p role="alert">{gone}</p>
      </main>
    );
  }
  if (store.head.value === undefined) {
    return (
      <main class="gone" aria-busy="true">
        <p>{t('Loading the run…')}</p>
      </main>
    );
  }
  return (
    <main>
      <Announcer />
      <Header />
      <Damage />
      <Progress />
      <HealthLine />
      {tab === 'metrics' ? <Tiles /> : null}
      <TabBar />
      <div id={`panel-${tab}`} role="tabpanel" aria-labelledby={`tab-${tab}`}>
        <ChosenTab tab={tab} />
      </div>
    </main>
  );
}

/** What is wrong with the run's folder; the rest of the panel shows what could be read. */
function Damage() {
  const damage = useHost().store.head.value?.damage;
  return damage === undefined ? null : (
    <p class="damage" role="alert">
      {t('This run is not whole: {0}', damage)}
    </p>
  );
}
