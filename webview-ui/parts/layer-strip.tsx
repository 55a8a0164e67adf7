/** How large the gradient of each layer was over the run, in a few rows: the way to the Layers tab. */
import { useMemo } from 'preact/hooks';
import { type LayersEvent, numberOf, type RunState } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { t } from '../text/translate.ts';
import { CardTools } from './card-tools.tsx';

const MOST_ROWS = 6;
const COLUMNS = 60;
/** Gradients this many powers of ten below the largest one are as faint as can be. */
const DECADES = 3;

/** Drawn anew only when layers were looked at again. */
export function LayerStrip() {
  const { store } = useHost();
  const run = store.run.value;
  const rows = useMemo(() => stripOf(run.layers), [run.layers, run.layers.length]);
  const open = () => {
    store.view.value = { ...store.view.value, tab: 'layers' };
  };
  return (
    <section class="card strip" data-card="layers">
      <header class="legend">
        <h2 draggable>{t('Layer gradients')}</h2>
        <span>{healthOf(run)}</span>
        <button type="button" class="link" onClick={open}>
          {t('All layers')}
        </button>
        <CardTools id="layers" />
      </header>
      <table class="strip-rows" aria-label={t('Layer gradients')}>
        <tbody>
          {rows.map(({ name, shades, latest }) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td>
                <svg viewBox={`0 0 ${shades.length * 10} 10`} preserveAspectRatio="none" aria-hidden="true">
                  {shades.map((shade, index) => (
                    <rect key={index} x={index * 10} width={9} height={10} fill-opacity={shade} />
                  ))}
                </svg>
                <span class="unseen">{t('gradient norm {0}', latest)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface StripRow {
  readonly name: string;
  /** 0.08 to 1. */
  readonly shades: readonly number[];
  readonly latest: string;
}

/** Layers by their weights; with more than fit, those spread over the model. Looks are put together where there are many. */
export function stripOf(layers: readonly LayersEvent[]): StripRow[] {
  const names = [...new Set(layers.flatMap((event) => Object.keys(event.weights)).map(layerOf))];
  const every = Math.max(1, names.length / MOST_ROWS);
  const chosen = names.filter((_, index) => Math.floor(index / every) !== Math.floor((index - 1) / every));
  const table = chosen.map((name) => bucketsOf(layers.map((event) => gradientOf(event, name))));
  const largest = table.flat().reduce((most, value) => (value > most && Number.isFinite(value) ? value : most), 0);
  return chosen.map((name, row) => {
    const values = table[row] ?? [];
    return {
      name: name.slice(name.indexOf('/') + 1),
      shades: values.map((value) => shadeOf(value, largest)),
      latest: (values.at(-1) ?? 0).toPrecision(3),
    };
  });
}

/** `Digits/Dense.0/kernel` → `Digits/Dense.0`. */
function layerOf(weight: string): string {
  return weight.includes('/') ? weight.slice(0, weight.lastIndexOf('/')) : weight;
}

/** Norm over all weights of the layer. */
function gradientOf(event: LayersEvent, layer: string): number {
  let sum = 0;
  for (const [name, sizes] of Object.entries(event.weights)) {
    if (layerOf(name) === layer) sum += numberOf(sizes.gradient) ** 2;
  }
  return Math.sqrt(sum);
}

function bucketsOf(values: readonly number[]): number[] {
  const size = Math.ceil(values.length / COLUMNS);
  const out: number[] = [];
  for (let from = 0; from < values.length; from += size) {
    const part = values.slice(from, from + size);
    out.push(part.reduce((sum, value) => sum + value, 0) / part.length);
  }
  return out;
}

function shadeOf(value: number, largest: number): number {
  if (!(value > 0) || largest === 0) return value === 0 ? 0.08 : 1;
  const share = 1 + Math.log10(value / largest) / DECADES;
  return Math.round(Math.min(1, Math.max(0.08, share)) * 100) / 100;
}

/** What the run has found of its gradients and units. */
function healthOf(run: RunState): string {
  const found = run.problems.filter(({ code }) => /gradients|dead|saturated|not-finite/.test(code));
  if (found.length === 0) return t('healthy');
  return found.length === 1 ? t('1 finding') : t('{0} findings', found.length);
}
