/**
 * What is being tried: it stays while the panel is open, whatever tab is shown. One question is under way at a time; what
 * changed meanwhile is asked next, so that drawing is never slower than the model.
 */
import { type Signal, signal } from '@preact/signals';
import {
  isUsePredictAsk,
  type TryModel,
  type UseExampleAnswer,
  type UseFormAnswer,
  type UsePredictAnswer,
  type UseValue,
} from '../../protocol/index.ts';
import type { Host } from '../host.ts';
import { asCount } from '../kept.ts';

export type Given = Readonly<Record<string, UseValue>>;

function asGiven(kept: unknown): Given | undefined {
  return isUsePredictAsk({ inputs: kept }) ? (kept as Given) : undefined;
}

export interface TryState {
  readonly form: Signal<UseFormAnswer | undefined>;
  /** Why there is no form. */
  readonly trouble: Signal<string>;
  /** By column or input. */
  readonly given: Signal<Given>;
  readonly model: Signal<TryModel | undefined>;
  readonly answer: Signal<UsePredictAnswer | undefined>;
  /** Why what is given has no answer. */
  readonly refusal: Signal<string>;
  /** The row of the data that is shown; undefined once it was changed. */
  readonly example: Signal<UseExampleAnswer | undefined>;
  readonly busy: Signal<boolean>;
  /** Asks what can be given. */
  load(): Promise<void>;
  /** Gives something, or takes it away, and asks the model. */
  give(name: string, value: UseValue | undefined): void;
  /** Shows a row of the data, and gives what it holds. */
  show(index: number): Promise<void>;
}

/** Nothing tried yet. */
export function createTry(host: Pick<Host, 'ask' | 'kept'>): TryState {
  const { kept } = host;
  /** The row of the data that was shown last, while it is as it was. */
  const row = kept.signal<number | undefined>('try.row', undefined, asCount);
  const state = {
    form: signal<UseFormAnswer | undefined>(undefined),
    trouble: signal(''),
    given: kept.signal<Given>('try.given', {}, asGiven),
    model: signal<TryModel | undefined>(undefined),
    answer: signal<UsePredictAnswer | undefined>(undefined),
    refusal: signal(''),
    example: signal<UseExampleAnswer | undefined>(undefined),
    busy: signal(false),
  };
  let asking = false;
  let changed = false;

  const isWhole = (): boolean => {
    const inputs = state.form.value?.inputs ?? [];
    return (
      inputs.length > 0 &&
      inputs.every((input) => input.name in state.given.value || ('optional' in input && input.optional))
    );
  };

  const ask = async (): Promise<void> => {
    if (asking) {
      changed = true;
      return;
    }
    asking = true;
    state.busy.value = true;
    do {
      changed = false;
      if (!isWhole()) {
        state.answer.value = undefined;
        state.refusal.value = '';
        break;
      }
      try {
        const answered = await host.ask('try', { kind: 'predict', ask: { inputs: withEmpty(state) } });
        if (answered.kind === 'predict' && !changed) {
          state.model.value = answered.model;
          state.answer.value = answered.answer;
          state.refusal.value = '';
        }
      } catch (error) {
        state.refusal.value = messageOf(error);
        state.answer.value = undefined;
      }
    } while (changed);
    asking = false;
    state.busy.value = false;
  };

  const show = async (index: number): Promise<void> => {
    try {
      const answered = await host.ask('try', { kind: 'example', ask: { index } });
      if (answered.kind !== 'example') return;
      state.model.value = answered.model;
      state.given.value = answered.answer.given;
      state.answer.value = answered.answer;
      state.refusal.value = '';
      state.example.value = answered.answer;
      row.value = index;
    } catch (error) {
      state.refusal.value = messageOf(error);
    }
  };

  return {
    ...state,
    show,
    async load() {
      state.trouble.value = '';
      try {
        const answered = await host.ask('try', { kind: 'form' });
        if (answered.kind !== 'form') return;
        state.form.value = answered.answer;
        state.model.value = answered.model;
        // What was given when the page was seen last is asked again.
        if (row.value !== undefined) void show(row.value);
        else if (Object.keys(state.given.value).length > 0) void ask();
      } catch (error) {
        state.trouble.value = messageOf(error);
      }
    },
    give(name, value) {
      const { [name]: _before, ...others } = state.given.value;
      state.given.value = value === undefined ? others : { ...others, [name]: value };
      state.example.value = undefined;
      row.value = undefined;
      void ask();
    },
  };
}

/** An empty cell of a row is no number, which the pipeline fills. */
function withEmpty({ form, given }: Pick<TryState, 'form' | 'given'>): Given {
  const missing = (form.value?.inputs ?? []).filter(({ name }) => !(name in given.value));
  const empty = missing.map((input): [string, UseValue] => [
    input.name,
    {
      kind: 'value',
      value: input.kind === 'choice' && input.values.every((each) => typeof each === 'string') ? '' : null,
    },
  ]);
  return { ...given.value, ...Object.fromEntries(empty) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
