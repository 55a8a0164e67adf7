/** The Compare tab: this run beside others of the same program. */
import { useEffect, useMemo } from 'preact/hooks';
import type { RunBrief } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { t } from '../text/translate.ts';
import { CompareView } from './compare-view.tsx';
import { createComparison } from './comparison.ts';

/** Runs of the program that are listed; the others are a page of their own ("Compare Runs"). */
const MOST_LISTED = 30;
/** Milliseconds between two looks at a run that trains. */
const LOOK_EVERY = 3000;

export function CompareTab() {
  const host = useHost();
  const comparison = useMemo(() => createComparison(host), [host]);
  const { head, run } = host.store;
  const folder = head.value?.folder ?? '';
  useEffect(() => {
    host.ask('runs', { kind: 'list' }).then(
      (answer) => {
        if (answer.kind !== 'list') return;
        const { listed, ticked } = firstChoice(answer.runs, folder);
        comparison.begin(listed, ticked);
      },
      (error: unknown) => {
        comparison.trouble.value = error instanceof Error ? error.message : String(error);
      },
    );
    const silence = host.listen('compare', () => comparison.refresh());
    return () => {
      silence();
      comparison.dispose();
    };
  }, [comparison, folder]);
  const alive = head.value?.state === 'running';
  useEffect(() => {
    if (!alive) return;
    const timer = setInterval(() => comparison.refresh(), LOOK_EVERY);
    return () => clearInterval(timer);
  }, [comparison, alive]);
  useEffect(() => comparison.refresh(), [run.value.epochs.length, head.value?.state]);
  return <CompareView comparison={comparison} title={t('Runs of {0}', head.value?.file ?? '')} own={folder} />;
}

/** Runs of the same program, newest first; ticked are this one, the last one before it that came to a result, and a starred one. */
function firstChoice(runs: readonly RunBrief[], folder: string) {
  const own = runs.find((run) => run.folder === folder);
  // A run that was deleted says no more which program it is of.
  const same = own === undefined ? runs : runs.filter((run) => run.file === own.file);
  const shown = same.slice(0, MOST_LISTED);
  const listed = own === undefined || shown.includes(own) ? shown : [own, ...shown.slice(0, -1)];
  const others = listed.filter((run) => run !== own && run.best !== undefined);
  const before = others.filter((run) => run.created < (own?.created ?? 0));
  const starred = others.find((run) => run.starred);
  const ticked = [own, before[0] ?? others[0], starred ?? before[1]].flatMap((run) => run?.folder ?? []);
  return { listed: listed.map((run) => run.folder), ticked: [...new Set(ticked)] };
}
