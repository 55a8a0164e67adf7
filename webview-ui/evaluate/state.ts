/** What the Evaluate tab knows: the run's evaluations, the one that is looked at, and what is being made. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import {
  type Evaluation,
  type EvaluationAsk,
  type EvaluationBrief,
  type EvaluationOffer,
  type EvaluationRunning,
  type Example,
  type ExportFormat,
  type FoundRow,
  isRowFilter,
  listAt,
  MOST_EXAMPLES,
  type RowFilter,
} from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import type { Host } from '../host.ts';
import { asCount, asShape, asText, type Read } from '../kept.ts';

export interface EvaluateState {
  /** Undefined: not answered yet. */
  readonly list: Signal<readonly EvaluationBrief[] | undefined>;
  readonly offers: Signal<readonly EvaluationOffer[]>;
  readonly evaluation: Signal<Evaluation | undefined>;
  readonly running: Signal<EvaluationRunning | undefined>;
  /** What went wrong, in the host's words; '' for nothing. */
  readonly trouble: Signal<string>;
  /** The rows that are looked at one by one; undefined: none. */
  readonly opened: Signal<OpenedRows | undefined>;
  choose(name: string): void;
  start(declaration: string): void;
  cancel(): void;
  exportAs(format: ExportFormat): void;
  goToLine(expectation: number): void;
  /** Rows that were found, with how they look. */
  look(answer: number, filter: RowFilter, from: number, count: number): Promise<LookedRows>;
}

/** Rows that are shown below, and what is said above them. */
export interface OpenedRows {
  readonly answer: number;
  readonly filter: RowFilter;
  readonly title: string;
}

export interface LookedRows {
  readonly total: number;
  readonly rows: readonly (FoundRow & { readonly example: Example | undefined })[];
  /** Rows that are named by these, by their numbers. */
  readonly others: ReadonlyMap<number, Example>;
  /** Why it can't be shown how they look; what was said of them is known all the same. */
  readonly trouble: string;
}

/** Names of what is kept of one evaluation begin so: of another one it says nothing. */
const OF_ONE = 'evaluate.of.';

const asOpened: Read<OpenedRows> = asShape({
  answer: asCount,
  title: asText,
  filter: (kept) => (isRowFilter(kept) ? kept : undefined),
});

/** How one answer of an evaluation is looked at; kept until there is another evaluation. */
export function useLook<T>(name: string, first: T, read: Read<T>): Signal<T> {
  return useHost().kept.signal(`${OF_ONE}${name}`, first, read);
}

/** What was read last stays while other tabs are looked at, and where it can't be read again. */
const read = new WeakMap<Host, Evaluation>();

/** Asks for the list at once, and listens as long as the tab is shown. */
export function useEvaluations(): EvaluateState {
  const host = useHost();
  const list = useSignal<readonly EvaluationBrief[] | undefined>(undefined);
  const offers = useSignal<readonly EvaluationOffer[]>([]);
  const evaluation = useSignal(read.get(host));
  const running = useSignal<EvaluationRunning | undefined>(undefined);
  const trouble = useSignal('');
  const { kept } = host;
  const opened = kept.signal<OpenedRows | undefined>(`${OF_ONE}opened`, undefined, asOpened);
  /** The evaluation that what is kept belongs to. */
  const looked = kept.signal('evaluate.looked', '', asText);
  const shown = kept.signal('evaluate.shown', '', asText);

  const told = (error: unknown): void => {
    trouble.value = error instanceof Error ? error.message : String(error);
  };
  const open = async (name: string): Promise<void> => {
    const answer = await host.ask('evaluation', { kind: 'read', name });
    if (answer.kind !== 'read') return;
    const one = `${name} ${answer.evaluation.created}`;
    if (one !== looked.value) kept.forget(OF_ONE);
    looked.value = one;
    shown.value = name;
    read.set(host, answer.evaluation);
    evaluation.value = answer.evaluation;
  };
  const refresh = async (wanted: string): Promise<void> => {
    const answer = await host.ask('evaluation', { kind: 'list' });
    if (answer.kind !== 'list') return;
    list.value = answer.evaluations;
    offers.value = answer.offers;
    running.value = answer.running;
    const name = answer.evaluations.find((each) => each.name === wanted)?.name ?? answer.evaluations[0]?.name;
    if (name === undefined) evaluation.value = undefined;
    else await open(name);
  };

  useEffect(() => {
    refresh(shown.value).catch(told);
    return host.listen('evaluation', (tell) => {
      if (tell.kind === 'progress') {
        running.value = { declaration: tell.declaration, done: tell.done, all: tell.all };
        return;
      }
      running.value = undefined;
      trouble.value = tell.message;
      if (tell.name !== '') refresh(tell.name).catch(told);
    });
  }, []);

  const act = (asked: EvaluationAsk): void => {
    trouble.value = '';
    host.ask('evaluation', asked).catch(told);
  };
  return {
    list,
    offers,
    evaluation,
    running,
    trouble,
    opened,
    choose: (name) => void open(name).catch(told),
    start(declaration) {
      running.value = { declaration, done: 0, all: 0 };
      act({ kind: 'start', declaration });
    },
    cancel: () => act({ kind: 'cancel' }),
    exportAs(format) {
      const name = evaluation.value?.name;
      if (name !== undefined) act({ kind: 'export', name, format });
    },
    goToLine(expectation) {
      const name = evaluation.value?.name;
      if (name !== undefined) act({ kind: 'line', name, expectation });
    },
    look: (answer, filter, from, count) => look(host, evaluation.value, { answer, filter, from, count }),
  };
}

async function look(
  host: Host,
  evaluation: Evaluation | undefined,
  wanted: { readonly answer: number; readonly filter: RowFilter; readonly from: number; readonly count: number },
): Promise<LookedRows> {
  const name = evaluation?.name ?? '';
  const found = await host.ask('evaluation', { kind: 'find', name, ...wanted });
  if (found.kind !== 'find') return { total: 0, rows: [], others: new Map(), trouble: '' };
  const rows = found.rows.map(({ row }) => row);
  const ranks = evaluation?.answers[wanted.answer]?.kind === 'ranked';
  const others = ranks ? found.rows.flatMap(({ entry }) => listAt(entry, 2)) : [];
  let examples: ReadonlyMap<number, Example> = new Map();
  let trouble = '';
  try {
    examples = await examplesOf(host, name, [...new Set([...rows, ...others])]);
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
  }
  return {
    total: found.total,
    rows: found.rows.map((each) => ({ ...each, example: examples.get(each.row) })),
    others: examples,
    trouble,
  };
}

async function examplesOf(host: Host, name: string, rows: readonly number[]): Promise<ReadonlyMap<number, Example>> {
  const found = new Map<number, Example>();
  for (let from = 0; from < rows.length; from += MOST_EXAMPLES) {
    const some = rows.slice(from, from + MOST_EXAMPLES);
    const shown = await host.ask('evaluation', { kind: 'examples', name, rows: some });
    if (shown.kind === 'examples') for (const each of shown.examples) found.set(each.row, each);
  }
  return found;
}
