/** Charts as tables: all of them by one button, each by its own. */
import { type ReadonlySignal, type Signal, useComputed, useSignal } from '@preact/signals';
import { useHost } from '../context.ts';
import { asFlag } from '../kept.ts';

/** Whether all charts stand as tables too. */
export function useTables(): Signal<boolean> {
  return useHost().kept.signal('charts.tables', false, asFlag);
}

/** Whether one chart does: as all do, until it is asked for itself. It follows all again when they change. */
export function useTable(): { readonly shown: ReadonlySignal<boolean>; toggle(): void } {
  const all = useTables();
  const own = useSignal<{ readonly all: boolean; readonly shown: boolean } | undefined>(undefined);
  const shown = useComputed(() => (own.value?.all === all.value ? own.value.shown : all.value));
  return {
    shown,
    toggle: () => {
      own.value = { all: all.value, shown: !shown.value };
    },
  };
}
