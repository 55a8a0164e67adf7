/**
 * What the Compare tab and page hold: which runs are listed, which of them are ticked, what is known of them, how they are
 * looked at. Asks the host when any of it changes; an answer that comes too late is dropped.
 */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { MOST_COMPARED, type RunCurves, type RunFacts } from '../../protocol/index.ts';
import type { Host } from '../host.ts';
import { asFlag, asShape, asText, asTexts, type Read } from '../kept.ts';
import { colourOf, type RunColour } from './colours.ts';
import { isTime } from './lines.ts';
import { NO_GROUPS } from './quantities.ts';

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export interface Comparison {
  /** Folders of the runs in the table. */
  readonly listed: ReadonlySignal<readonly string[]>;
  readonly ticked: ReadonlySignal<ReadonlySet<string>>;
  /** The ends of "What changed", where they were chosen. */
  readonly picked: Signal<PickedPair>;
  readonly facts: ReadonlySignal<readonly RunFacts[]>;
  /** The ticked ones, in the order of the table. */
  readonly chosen: ReadonlySignal<readonly RunFacts[]>;
  readonly curves: ReadonlySignal<ReadonlyMap<string, RunCurves>>;
  /** Runs that are not there or cannot be read. */
  readonly missing: ReadonlySignal<readonly string[]>;
  readonly trouble: Signal<string>;
  readonly sort: Signal<Sort | undefined>;
  readonly group: Signal<string>;
  readonly colours: Signal<ReadonlyMap<string, RunColour>>;
  /** Lists these runs. What was ticked when the page was seen last is ticked again, else `first`. */
  begin(folders: readonly string[], first: readonly string[]): void;
  tick(folder: string, on: boolean): void;
  /** Something may have changed: asks again. */
  refresh(): void;
  dispose(): void;
}

export interface PickedPair {
  readonly from?: string;
  readonly to?: string;
}

const asSort: Read<Sort> = asShape({ column: asText, descending: asFlag });
const asPair: Read<PickedPair> = asShape({ from: asText, to: asText });
const NO_COLOURS: ReadonlyMap<string, RunColour> = new Map();

function asColours(kept: unknown): ReadonlyMap<string, RunColour> | undefined {
  if (!Array.isArray(kept)) return undefined;
  const pairs = kept.flatMap((each): [string, RunColour][] => {
    const [folder, word] = Array.isArray(each) ? each : [];
    const colour = colourOf(String(word));
    return typeof folder === 'string' && colour !== undefined ? [[folder, colour]] : [];
  });
  return new Map(pairs);
}

/** Milliseconds that a setting of the charts rests before curves are asked for. */
const REST = 150;
/** Twice the pixels of a wide chart. */
const BUCKETS = 1200;

export function createComparison(host: Host): Comparison {
  const listed = signal<readonly string[]>([]);
  const { kept } = host;
  const choice = kept.signal<readonly string[] | undefined>('compare.ticked', undefined, asTexts);
  const ticked = computed<ReadonlySet<string>>(() => new Set(choice.value));
  const facts = signal<readonly RunFacts[]>([]);
  const curves = signal<ReadonlyMap<string, RunCurves>>(new Map());
  const missing = signal<readonly string[]>([]);
  const trouble = signal('');
  const again = signal(0);
  const chosen = computed(() => facts.value.filter((run) => ticked.value.has(run.folder)));
  const failed = (error: unknown) => {
    trouble.value = error instanceof Error ? error.message : String(error);
  };

  let factsAsked = 0;
  const stopFacts = effect(() => {
    void again.value;
    const folders = listed.value;
    const asked = ++factsAsked;
    if (folders.length === 0) return;
    host.ask('compare', { kind: 'facts', folders }).then((answer) => {
      if (asked !== factsAsked || answer.kind !== 'facts') return;
      batch(() => {
        // A run that is not there any more stays as it was read; above the table it is named.
        const now = new Map([...facts.peek(), ...answer.runs].map((run) => [run.folder, run]));
        facts.value = folders.flatMap((folder) => now.get(folder) ?? []);
        missing.value = answer.missing;
        trouble.value = '';
      });
    }, failed);
  });

  let curvesAsked = 0;
  const ask = (runs: readonly RunFacts[]): void => {
    const asked = ++curvesAsked;
    const requests = runs.map((run) =>
      host.ask('compare', {
        kind: 'curves',
        folder: run.folder,
        view: requestOf(host, run, curves.value.get(run.folder)),
      }),
    );
    Promise.allSettled(requests).then((answers) => {
      if (asked !== curvesAsked) return;
      const before = curves.peek();
      const got = new Map<string, RunCurves>();
      for (const [index, answer] of answers.entries()) {
        const run = runs[index];
        const known = before.get(run?.folder ?? '');
        if (answer.status === 'rejected' && run !== undefined && known !== undefined) got.set(run.folder, known);
        else if (answer.status === 'rejected') failed(answer.reason);
        else if (run !== undefined && answer.value.kind === 'curves') got.set(run.folder, answer.value.curves);
      }
      curves.value = got;
    });
  };
  let resting: ReturnType<typeof setTimeout> | undefined;
  const stopCurves = effect(() => {
    const runs = chosen.value;
    void [host.store.view.value.smoothing, host.store.view.value.axis, host.store.view.value.zoom];
    clearTimeout(resting);
    resting = setTimeout(() => ask(runs), curves.peek().size === 0 ? 0 : REST);
  });

  return {
    listed,
    ticked,
    picked: kept.signal('compare.picked', {}, asPair),
    facts,
    chosen,
    curves,
    missing,
    trouble,
    sort: kept.signal<Sort | undefined>('compare.sort', undefined, asSort),
    group: kept.signal('compare.group', NO_GROUPS, asText),
    colours: kept.signal<ReadonlyMap<string, RunColour>>('compare.colours', NO_COLOURS, asColours, (map) => [...map]),
    begin(folders, first) {
      const known = choice.peek()?.filter((folder) => folders.includes(folder)) ?? [];
      batch(() => {
        choice.value = known.length > 0 ? known : first;
        listed.value = folders;
      });
    },
    tick(folder, on) {
      const next = new Set(ticked.value);
      if (!on) next.delete(folder);
      else if (chosen.value.length < MOST_COMPARED) next.add(folder);
      choice.value = [...next];
    },
    refresh() {
      again.value += 1;
    },
    dispose() {
      clearTimeout(resting);
      factsAsked += 1;
      curvesAsked += 1;
      stopFacts();
      stopCurves();
    },
  };
}

/** All columns that are drawn, over what is zoomed to. */
function requestOf(host: Host, run: RunFacts, known: RunCurves | undefined) {
  const { axis, zoom, smoothing } = host.store.view.value;
  const unit = axis === 'epoch' ? (known?.stepsPerEpoch ?? 1) : 1;
  const names = Object.keys(run.metrics).filter((name) => !name.startsWith('validation.'));
  return {
    raw: ['lr'],
    smooth: names.map((name) => `train.${name}`),
    weight: smoothing,
    axis: isTime(axis) ? ('time' as const) : ('step' as const),
    from: zoom === undefined ? 0 : zoom.from * unit,
    to: zoom === undefined ? Number.MAX_SAFE_INTEGER : zoom.to * unit,
    buckets: BUCKETS,
  };
}
