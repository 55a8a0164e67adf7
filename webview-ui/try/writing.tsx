/** A text that the model writes, shown while it comes. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type FormGenerate, MOST_TOKENS } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { asCount, asNumber, asShape, asText } from '../kept.ts';
import { t } from '../text/translate.ts';
import { Trouble, useGenerate } from './generate.tsx';
import { ModelLine } from './model-line.tsx';
import { NumberInput } from './number-input.tsx';

const NOTHING_WRITTEN = { text: '', told: '' };
const asWritten = asShape<typeof NOTHING_WRITTEN>({ text: asText, told: asText });

export function Writing({ form }: { readonly form: Extract<FormGenerate, { kind: 'text' }> }) {
  const { kept } = useHost();
  const prompt = kept.signal('try.prompt', '', asText);
  const length = kept.signal('try.length', form.ends ? form.length : 200, asCount);
  const temperature = kept.signal('try.temperature', 0.8, asNumber);
  const top = kept.signal('try.top', 0, asCount);
  const seed = kept.signal('try.seed', 1, asCount);
  // The text while it comes; kept is what came.
  const written = kept.signal('try.written', NOTHING_WRITTEN, asWritten);
  const [text, told] = [useSignal(written.peek().text), useSignal(written.peek().told)];
  const { host, stream, busy, trouble, model, start, stop } = useGenerate('text');
  useEffect(
    () =>
      host.listen('try', (heard) => {
        if (heard.kind === 'part' && heard.stream === stream.current) text.value = heard.part.text;
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
    const { text: whole, notes, ended } = answered;
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
        <div class="row-form chosen-numbers">
          <NumberInput label={t('Tokens')} value={length} min={1} max={MOST_TOKENS} step={1} />
          <NumberInput
            label={t('Temperature')}
            value={temperature}
            min={0}
            max={10}
            step={0.1}
            hint={t('0: always the likeliest')}
          />
          <NumberInput label={t('Likeliest only')} value={top} min={0} max={1e5} step={1} hint={t('0: all tokens')} />
          <NumberInput
            label={t('Seed')}
            value={seed}
            min={0}
            max={1e9}
            step={1}
            hint={t('the same seed, the same text')}
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
        {text.value === '' && !busy.value ? <p class="soft">{t('What the model writes comes here.')}</p> : null}
        <p class="written" role="log" aria-live={busy.value ? 'off' : 'polite'}>
          {text.value}
        </p>
        {told.value === '' ? null : <p class="soft">{told.value}</p>}
        <Trouble text={trouble.value} />
      </section>
    </div>
  );
}
