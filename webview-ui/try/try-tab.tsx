/** The model at hand: draw, type, choose or record something, and see at once what it says; or let it make something. */
import { useComputed, useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect } from 'preact/hooks';
import type { FormInput, UseExampleAnswer, UseOutput } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { Cell } from '../data/cell.tsx';
import type { Host } from '../host.ts';
import { asNumber } from '../kept.ts';
import { Waits } from '../parts/waits.tsx';
import { t } from '../text/translate.ts';
import { asDrawing, createDrawing, type Drawing, type KeptDrawing } from './drawing.ts';
import { DrawingCard } from './drawing-card.tsx';
import { ExampleBar } from './example-bar.tsx';
import { MediaInput, PictureInput } from './media-input.tsx';
import { ModelLine } from './model-line.tsx';
import { Result, threshold } from './results.tsx';
import { isField, RowForm } from './row-form.tsx';
import { Sampling } from './sampling.tsx';
import { Seen } from './seen.tsx';
import { createTry, type TryState } from './state.ts';
import { Writing } from './writing.tsx';

interface Tried {
  readonly state: TryState;
  readonly drawings: Map<string, Drawing>;
}

/** What was tried stays while the page does. */
const tried = new WeakMap<Host, Tried>();

export function TryTab() {
  const host = useHost();
  const { state, drawings } = triedOf(host);
  // A run that had no checkpoint yet may have one now.
  const checkpoints = useComputed(() => host.store.run.value.checkpoints.length).value;
  useEffect(() => {
    if (state.form.value === undefined) void state.load();
  }, [checkpoints]);
  const form = state.form.value;
  if (state.trouble.value !== '')
    return (
      <div class="card">
        <p class="trouble" role="alert">
          {state.trouble.value}
        </p>
        <p class="try-buttons">
          <button type="button" onClick={() => void state.load()}>
            {t('Try again')}
          </button>
        </p>
      </div>
    );
  if (form === undefined)
    return (
      <p role="status">
        <Waits otherwise={t('Opening the model…')} />
      </p>
    );
  const given = form.inputs.length === 0 ? null : <Asking state={state} inputs={form.inputs} drawings={drawings} />;
  return (
    <>
      {form.generate?.kind === 'text' ? <Writing form={form.generate} /> : null}
      {form.generate?.kind === 'samples' ? <Sampling form={form.generate} /> : null}
      {given}
    </>
  );
}

function triedOf(host: Host): Tried {
  const known = tried.get(host);
  if (known !== undefined) return known;
  const made: Tried = { state: createTry(host), drawings: new Map() };
  tried.set(host, made);
  host.kept.bind('try.threshold', threshold, asNumber);
  return made;
}

function Asking({
  state,
  inputs,
  drawings,
}: {
  readonly state: TryState;
  readonly inputs: readonly FormInput[];
  readonly drawings: Map<string, Drawing>;
}) {
  const { kept } = useHost();
  const drawingOf = (input: Extract<FormInput, { kind: 'drawing' }>): Drawing => {
    const known =
      drawings.get(input.name) ??
      createDrawing(
        input,
        (value) => state.give(input.name, value),
        kept.signal<KeptDrawing | undefined>(`try.drawing.${input.name}`, undefined, asDrawing),
      );
    drawings.set(input.name, known);
    return known;
  };
  const fields = inputs.filter(isField);
  const centred = useSignal(false);
  centred.value = inputs.some(
    (input) => input.kind === 'drawing' && drawingOf(input).centre.value && state.example.value === undefined,
  );
  return (
    <div class="try">
      <section class="card" data-card="given">
        {inputs.map((input) =>
          input.kind === 'drawing' ? (
            <DrawingCard key={input.name} digits={input.digits} drawing={drawingOf(input)} />
          ) : isField(input) ? null : (
            <div key={input.name}>
              {input.kind === 'picture' ? (
                <PictureInput input={input} state={state} />
              ) : (
                <>
                  <h2>{t('A sound')}</h2>
                  <MediaInput input={input} state={state} />
                </>
              )}
            </div>
          ),
        )}
        {fields.length === 0 ? null : (
          <>
            <h2>{fields.length === 1 && fields[0]?.kind === 'text' ? t('A text') : t('A row')}</h2>
            <RowForm fields={fields} state={state} />
          </>
        )}
        <ExampleBar
          state={state}
          onShown={() => {
            for (const [name, drawing] of drawings) drawing.take(state.given.value[name]);
          }}
        />
      </section>
      <Answer state={state} centred={centred.value} />
    </div>
  );
}

function Answer({ state, centred }: { readonly state: TryState; readonly centred: boolean }) {
  const answer = state.answer.value;
  const example = state.example.value;
  return (
    <section class="card" data-card="answer" aria-busy={state.busy.value}>
      <h2>
        {t('Prediction')} <ModelLine model={state.model.value} />
      </h2>
      {state.refusal.value === '' ? null : (
        <p class="trouble" role="alert">
          {state.refusal.value}
        </p>
      )}
      {answer === undefined && state.refusal.value === '' ? (
        <p class="empty">{t('Give the model something, or take a random example.')}</p>
      ) : null}
      {example === undefined ? null : <Truth example={example} />}
      {answer?.outputs.map((output) => (
        <Fragment key={output.name}>
          <Result output={output} named={answer.outputs.length > 1} />
          {state.form.value?.untrained.includes(output.name) ? (
            <p class="soft">
              {t('{0} was not trained by this run: what it says comes from weights as they began.', output.name)}
            </p>
          ) : null}
        </Fragment>
      ))}
      {answer?.notes.map((note) => (
        <p key={note} class="soft">
          {note}
        </p>
      ))}
      {answer === undefined ? null : (
        <Seen
          seen={answer.seen}
          note={centred ? t('The drawing is centred and scaled as in MNIST before it is read.') : ''}
        />
      )}
      {state.model.value?.checkpoint.skipped.map((why) => (
        <p key={why} class="soft">
          {t('Not used: {0}', why)}
        </p>
      ))}
    </section>
  );
}

/** What the row is, and whether the model says so. */
function Truth({ example }: { readonly example: UseExampleAnswer }) {
  const { truth, outputs } = example;
  return (
    <>
      {truth.map(({ name, cell, text }) => {
        const verdict = truth.length === 1 ? isRight(outputs[0], text, cell) : undefined;
        return (
          <p key={name} class="truth">
            <span class="soft">{t('In the data, {0} is', name)}</span>{' '}
            {text === '' ? <Cell cell={cell} /> : <b>{text}</b>}
            {verdict === undefined ? null : (
              <b class={verdict ? 'right' : 'wrong'}>{verdict ? t('the model is right') : t('the model is wrong')}</b>
            )}
          </p>
        );
      })}
    </>
  );
}

function isRight(
  output: UseOutput | undefined,
  text: string,
  cell: UseExampleAnswer['truth'][number]['cell'],
): boolean | undefined {
  if (output?.kind === 'chances' && output.chances.length === 1 && cell.kind === 'number')
    return Number(output.chances[0]) >= threshold.value / 100 === Number(cell.value) >= 0.5;
  if (output?.kind !== 'classes') return undefined;
  const { chances, classes } = output;
  const best = chances.reduce<number>((found, chance, i) => (Number(chance) > Number(chances[found]) ? i : found), 0);
  if (text !== '') return classes[best] === text;
  return cell.kind === 'number' ? Number(cell.value) === best : undefined;
}
