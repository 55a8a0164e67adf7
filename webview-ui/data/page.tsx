/** The page of a data declaration: which rows, the rows themselves, what is known of each field, what cleaning did. */
import type { DataReport } from '../../protocol/index.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { CleaningCard } from './cleaning.tsx';
import type { DataConnection } from './connection.ts';
import { FieldCards } from './fields.tsx';
import { RowBar } from './row-bar.tsx';
import { RowTable } from './rows.tsx';

export function DataPage({ connection }: { readonly connection: DataConnection }) {
  const view = connection.view.value;
  return (
    <main class="data" aria-busy={connection.reading.value}>
      <header>
        <h1>{view?.title ?? t('Data')}</h1>
        <p class="soft" role="status">
          {connection.reading.value ? t('Reading the data…') : view === undefined ? '' : shownText(view)}
        </p>
      </header>
      {connection.failure.value === undefined ? null : (
        <p class="failure" role="alert">
          {connection.failure.value}
        </p>
      )}
      {view === undefined ? null : (
        <>
          <RowBar view={view} connection={connection} />
          <RowTable view={view} connection={connection} />
          <FieldCards view={view} connection={connection} />
          <CleaningCard lines={view.cleaning} />
        </>
      )}
    </main>
  );
}

function shownText({ window, rows, names }: DataReport): string {
  if (names.length === 0) return t('This part has no rows.');
  return t(
    'Rows {0} to {1} of {2}',
    count(window.from + 1),
    count(window.from + names.length),
    count(rows[window.part]),
  );
}
