/** Several runs side by side, as the command "Compare Runs" shows them: those that the host names. */
import { useEffect, useMemo } from 'preact/hooks';
import { HostContext } from '../context.ts';
import type { Host } from '../host.ts';
import { ChartSettings } from '../parts/chart-settings.tsx';
import { Guarded } from '../parts/guarded.tsx';
import { t } from '../text/translate.ts';
import { CompareView } from './compare-view.tsx';
import { createComparison } from './comparison.ts';

export function ComparePage({ host }: { readonly host: Host }) {
  const comparison = useMemo(() => createComparison(host), [host]);
  useEffect(() => {
    const silence = host.listen('compare', (told) => {
      if (told.kind === 'changed') comparison.refresh();
      else {
        comparison.ticked.value = new Set(told.folders);
        comparison.listed.value = told.folders;
      }
    });
    return () => {
      silence();
      comparison.dispose();
    };
  }, [comparison, host]);
  return (
    <HostContext.Provider value={host}>
      <main class="compare-page">
        <header class="bar">
          <h1>{t('Compare Runs')}</h1>
          <ChartSettings view={host.store.view} />
        </header>
        <Guarded name="compare" onFailed={host.failed}>
          <CompareView comparison={comparison} title={t('Runs')} own={undefined} />
        </Guarded>
      </main>
    </HostContext.Provider>
  );
}
