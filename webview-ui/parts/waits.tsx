/** What somebody waits for who asks the model: its process says what it does before it can answer. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { UseDoing } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { t } from '../text/translate.ts';

const doing = signal<UseDoing | undefined>(undefined);

/** `otherwise`: what is said until the process says something. */
export function Waits({ otherwise }: { readonly otherwise: string }) {
  const host = useHost();
  useEffect(() => {
    const end = host.listen('try', (told) => {
      if (told.kind === 'doing') doing.value = told.what;
    });
    return () => {
      doing.value = undefined;
      end();
    };
  }, [host]);
  return <>{textOf(doing.value) ?? otherwise}</>;
}

function textOf(what: UseDoing | undefined): string | undefined {
  switch (what) {
    case undefined:
    case 'answer':
      return undefined;
    case 'process':
      return t('Starting a process for the model…');
    case 'checkpoint':
      return t('Reading the checkpoint…');
    case 'engine':
      return t('Starting the engine…');
    case 'model':
      return t('Opening the model…');
    case 'data':
      return t('Reading the data of the run…');
    default:
      return assertNever(what);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown doing: ${JSON.stringify(value)}`);
}
