/** What the model makes by itself: text token by token, or examples from numbers by chance. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { DataCell, FormGenerate, TryModel, UseGenerateAsk } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { Cell } from '../data/cell.tsx';
import { asCount, asNumber, asOneOf, asShape, asText } from '../kept.ts';
import { t } from '../text/translate.ts';
import { ModelLine } from './model-line.tsx';

let streams = 0;

export function Generate({ form }: { readonly form: FormGenerate }) {
  return form.kind === 'text' ? <Writing form={form} /> : <Sampling form={form} />;
}

/** The start of the answer's life in the page: asking, stopping, what came. */
function useGenerate<R>(read: (answer: unknown) => R | undefined) {
  const host = useHost();
  const stream = useRef(0);
  const busy = useSignal(false);
  const trouble = useSignal('');
  const model = useSignal<TryModel | undefined>(undefined);
  const stop = () => {
    if (busy.value) void host.ask('try', { kind: 'stop', stream: stream.current }).catch(() => undefined);
  };
  // Nobody reads on once the tab is gone.
  useEffect(() => stop, []);
  const start = async (ask: UseGenerateAsk): Promise<R | undefined> => {
    stream.current = ++streams;
    busy.value = true;
    trouble.value = '';
    try {
      const answered = await host.ask('try', { kind: 'generate', stream: stream.current, ask });
      if (answered.kind !== 'generate') return undefined;
      model.value = answered.model;
      return read(answered.answer);
    } catch (error) {
      trouble.value = error instanceof Error ? error.message : String(error);
      return undefined;
    } finally {
      busy.value = false;
    }
  };
  return { host, stream, busy, trouble, model, start, stop };
}

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly hint?: string;
  readonly set: (value: number) => void;
}

function NumberInput({ label, value, min, max, step, hint, set }: NumberProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        {...{ min, max, step, value }}
        onChange={(event) => {
          const wished = Number(event.currentTarget.value);
          const within = Math.max(min, Math.min(max, Number.isFinite(wished) ? wished : value));
          event.currentTarget.value = String(within);
          set(within);
        }}
      />
      {hint === undefined ? null : <small class="soft">{hint}</small>}
    </label>
  );
}

const NOTHING_WRITTEN = { text: '', told: '' };
const asWritten = asShape<typeof NOTHING_WRITTEN>({ text: asText, told: asText });

function Writing({ form }: { readonly form: Extract<FormGenerate, { kind: 'text' }> }) {
  const { kept } = useHost();
  const prompt = kept.signal('try.prompt', '', asText);
  const length = kept.signal('try.length', form.ends ? form.length : 200, asCount);
  const temperature = kept.signal('try.temperature', 0.8, asNumber);
  const top = kept.signal('try.top', 0, asCount);
  const seed = kept.signal('try.seed', 1, asCount);
  // The text while it comes; kept is what came.
  const written = kept.signal('try.written', NOTHING_WRITTEN, asWritten);
  const [text, told] = [useSignal(written.peek().text), useSignal(written.peek().told)];
  const { host, stream, busy, trouble, model, start, stop } = useGenerate((answer) =>
    typeof answer === 'object' && answer !== null && 'text' in answer ? answer : undefined,
  );
  useEffect(
    () =>
      host.listen('try', (heard) => {
        if (heard.stream === stream.current) text.value = heard.part.text;
      }),
    [],
  );
  const write = async () => {
    text.value = '';
    told.value = '';
    const answered = await start({
      kind: 'text',
      prompt: prompt.value,
      length: length.value,
      temperature: temperature.value,
      ...(top.value === 0 ? {} : { top: top.value }),
      seed: seed.value,
    });
    if (answered === undefined) return;
    const { text: whole, notes, ended } = answered as { text: string; notes: readonly string[]; ended: string };
    text.value = whole;
    told.value = [
      ...notes,
      ...(ended === 'itself' ? [t('The model ended it.')] : []),
      ...(ended === 'full' ? [t('The model sees no further.')] : []),
    ].join(' ');
    written.value = { text: whole, told: told.value };
  };
  return (
    <div class="try">
      <section class="card">
        <h2>{t('Let it write')}</h2>
        <label class="prompt">
          <span>{t('Beginning')}</span>
          <textarea
            rows={3}
            value={prompt.value}
            onInput={(event) => {
              prompt.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void write();
            }}
          />
        </label>
        <div class="row-form">
          <NumberInput
            label={t('Tokens')}
            value={length.value}
            min={1}
            max={10_000}
            step={1}
            set={(value) => {
              length.value = Math.round(value);
            }}
          />
          <NumberInput
            label={t('Temperature')}
            value={temperature.value}
            min={0}
            max={10}
            step={0.1}
            hint={t('0: always the likeliest')}
            set={(value) => {
              temperature.value = value;
            }}
          />
          <NumberInput
            label={t('Likeliest only')}
            value={top.value}
            min={0}
            max={100_000}
            step={1}
            hint={t('0: all tokens')}
            set={(value) => {
              top.value = Math.round(value);
            }}
          />
          <NumberInput
            label={t('Seed')}
            value={seed.value}
            min={0}
            max={1e9}
            step={1}
            hint={t('the same seed, the same text')}
            set={(value) => {
              seed.value = Math.round(value);
            }}
          />
        </div>
        <div class="try-buttons">
          {busy.value ? (
            <button type="button" onClick={stop}>
              {t('Stop writing')}
            </button>
          ) : (
            <button type="button" class="primary" onClick={() => void write()}>
              {t('Write')}
            </button>
          )}
          <button
            type="button"
            disabled={busy.value}
            onClick={() => {
              seed.value += 1;
              void write();
            }}
          >
            {t('Another one')}
          </button>
        </div>
      </section>
      <section class="card" aria-busy={busy.value}>
        <h2>
          {t('Text')} <ModelLine model={model.value} />
        </h2>
        <p class="written" role="log" aria-live={busy.value ? 'off' : 'polite'}>
          {text.value}
        </p>
        {told.value === '' ? null : <p class="soft">{told.value}</p>}
        <Trouble text={trouble.value} />
      </section>
    </div>
  );
}

function Sampling({ form }: { readonly form: Extract<FormGenerate, { kind: 'samples' }> }) {
  const { kept } = useHost();
  const output = kept.signal('try.output', form.outputs[0] ?? '', asOneOf(form.outputs));
  const amount = kept.signal('try.amount', 16, asCount);
  const temperature = kept.signal('try.spread', 1, asNumber);
  const seed = kept.signal('try.seed', 1, asCount);
  const cells = useSignal<readonly DataCell[]>([]);
  const { busy, trouble, model, start } = useGenerate((answer) =>
    typeof answer === 'object' && answer !== null && 'cells' in answer
      ? (answer.cells as readonly DataCell[])
      : undefined,
  );
  const make = async () => {
    const made = await start({
      kind: 'samples',
      output: output.value,
      count: amount.value,
      temperature: temperature.value,
      seed: seed.value,
    });
    if (made !== undefined) cells.value = made;
  };
  useEffect(() => {
    void make();
  }, []);
  const change = (of: { value: number }) => (value: number) => {
    of.value = value;
    void make();
  };
  return (
    <section class="card made" aria-busy={busy.value}>
      <h2>
        {t('Made by the model')} <ModelLine model={model.value} />
      </h2>
      <div class="row-form">
        {form.outputs.length < 2 ? null : (
          <label>
            <span>{t('Output')}</span>
            <select
              value={output.value}
              onChange={(event) => {
                output.value = event.currentTarget.value;
                void make();
              }}
            >
              {form.outputs.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <NumberInput
          label={t('How many')}
          value={amount.value}
          min={1}
          max={64}
          step={1}
          set={(value) => change(amount)(Math.round(value))}
        />
        <NumberInput
          label={t('Temperature')}
          value={temperature.value}
          min={0}
          max={10}
          step={0.1}
          hint={t('how far from the middle')}
          set={change(temperature)}
        />
        <NumberInput
          label={t('Seed')}
          value={seed.value}
          min={0}
          max={1e9}
          step={1}
          hint={t('the same seed, the same examples')}
          set={(value) => change(seed)(Math.round(value))}
        />
      </div>
      <div class="try-buttons">
        <button type="button" class="primary" onClick={() => change(seed)(seed.value + 1)}>
          {t('Others')}
        </button>
      </div>
      <ul class="samples" aria-label={t('Made by the model')}>
        {cells.value.map((cell, i) => (
          <li key={i}>
            <Cell cell={cell} />
          </li>
        ))}
      </ul>
      <Trouble text={trouble.value} />
    </section>
  );
}

function Trouble({ text }: { readonly text: string }) {
  return text === '' ? null : (
    <p class="trouble" role="alert">
      {text}
    </p>
  );
}
