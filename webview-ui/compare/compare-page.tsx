/** Several runs side by side, as the command "Compare Runs" shows them: those that the host names. */
import { useEffect, useMemo } from 'preact/hooks';
import { HostContext } from '../context.ts';
import type { Host } from '../host.ts';
import { asTexts } from '../kept.ts';
import { ChartSettings } from '../parts/chart-settings.tsx';
import { Guarded } from '../parts/guarded.tsx';
import { t } from '../text/translate.ts';
import { CompareView } from './compare-view.tsx';
import { createComparison } from './comparison.ts';

export function ComparePage({ host }: { readonly host: Host }) {
  const comparison = useMemo(() => createComparison(host), [host]);
  useEffect(() => {
    // Other runs than before are all ticked; the same ones as they were.
    const before = host.kept.signal<readonly string[] | undefined>('compare.listed', undefined, asTexts);
    const show = (folders: readonly string[]): void => {
      if (folders.join('\n') !== before.value?.join('\n')) host.kept.forget('compare.ticked');
      before.value = folders;
      comparison.begin(folders, folders);
    };
    const silence = host.listen('compare', (told) => {
      if (told.kind === 'changed') comparison.refresh();
      else show(told.folders);
    });
    host.ask('compare', { kind: 'chosen' }).then(
      (answer) => {
        if (answer.kind === 'chosen') show(answer.folders);
      },
      (error: unknown) => {
        comparison.trouble.value = error instanceof Error ? error.message : String(error);
      },
    );
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
