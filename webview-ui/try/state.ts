/**
 * What is being tried: it stays while the panel is open, whatever tab is shown. One question is under way at a time; what
 * changed meanwhile is asked next, so that drawing is never slower than the model.
 */
import { type Signal, signal } from '@preact/signals';
import type { TryModel, UseExampleAnswer, UseFormAnswer, UsePredictAnswer, UseValue } from '../../protocol/index.ts';
import type { Host } from '../host.ts';

export type Given = Readonly<Record<string, UseValue>>;

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
export function createTry(host: Pick<Host, 'ask'>): TryState {
  const state = {
    form: signal<UseFormAnswer | undefined>(undefined),
    trouble: signal(''),
    given: signal<Given>({}),
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

  return {
    ...state,
    async load() {
      state.trouble.value = '';
      try {
        const answered = await host.ask('try', { kind: 'form' });
        if (answered.kind !== 'form') return;
        state.form.value = answered.answer;
        state.model.value = answered.model;
      } catch (error) {
        state.trouble.value = messageOf(error);
      }
    },
    give(name, value) {
      const { [name]: _before, ...others } = state.given.value;
      state.given.value = value === undefined ? others : { ...others, [name]: value };
      state.example.value = undefined;
      void ask();
    },
    async show(index) {
      try {
        const answered = await host.ask('try', { kind: 'example', ask: { index } });
        if (answered.kind !== 'example') return;
        state.model.value = answered.model;
        state.given.value = answered.answer.given;
        state.answer.value = answered.answer;
        state.refusal.value = '';
        state.example.value = answered.answer;
      } catch (error) {
        state.refusal.value = messageOf(error);
      }
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
