/** Examples that the model makes from numbers by chance. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type DataCell, type FormGenerate, MOST_SAMPLES } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { Cell } from '../data/cell.tsx';
import { asCount, asNumber, asOneOf } from '../kept.ts';
import { t } from '../text/translate.ts';
import { Trouble, useGenerate } from './generate.tsx';
import { ModelLine } from './model-line.tsx';
import { NumberInput } from './number-input.tsx';

export function Sampling({ form }: { readonly form: Extract<FormGenerate, { kind: 'samples' }> }) {
  const { kept } = useHost();
  const output = kept.signal('try.output', form.outputs[0] ?? '', asOneOf(form.outputs));
  const amount = kept.signal('try.amount', 16, asCount);
  const temperature = kept.signal('try.spread', 1, asNumber);
  const seed = kept.signal('try.seed', 1, asCount);
  const cells = useSignal<readonly DataCell[]>([]);
  const { busy, trouble, model, start } = useGenerate('samples');
  const make = async () => {
    const made = await start({
      kind: 'samples',
      output: output.value,
      count: amount.value,
      temperature: temperature.value,
      seed: seed.value,
    });
    if (made !== undefined) cells.value = made.cells;
  };
  const again = () => void make();
  useEffect(again, []);
  return (
    <section class="card made" aria-busy={busy.value}>
      <h2>
        {t('Made by the model')} <ModelLine model={model.value} />
      </h2>
      <div class="row-form chosen-numbers">
        {form.outputs.length < 2 ? null : (
          <label>
            <span>{t('Output')}</span>
            <select
              value={output.value}
              onChange={(event) => {
                output.value = event.currentTarget.value;
                again();
              }}
            >
              {form.outputs.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <NumberInput label={t('How many')} value={amount} min={1} max={MOST_SAMPLES} step={1} then={again} />
        <NumberInput
          label={t('Temperature')}
          value={temperature}
          min={0}
          max={10}
          step={0.1}
          hint={t('how far from the middle')}
          then={again}
        />
        <NumberInput
          label={t('Seed')}
          value={seed}
          min={0}
          max={1e9}
          step={1}
          hint={t('the same seed, the same examples')}
          then={again}
        />
      </div>
      <div class="try-buttons">
        <button
          type="button"
          class="primary"
          onClick={() => {
            seed.value += 1;
            again();
          }}
        >
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
