/** The chosen layer: what it is, where it stands, its latest numbers. */
import { numberOf, type RunState } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { count, number, percentNumber } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { latestOf, layerOf, MEASURES } from './heat.ts';
import { chosen, layerAt, nameOf, showLine } from './state.ts';
import { measureText, measureTitle } from './words.ts';

export function LayerCard() {
  const host = useHost();
  const run = host.store.run.value;
  const path = chosen.value;
  if (path === '') return null;
  const layer = layerAt(path);
  return (
    <section class="card full layer" data-card="layer">
      <div class="layers-head">
        <h2 title={path}>{nameOf(path)}</h2>
        {layer === undefined ? null : (
          <p class="soft">
            {layer.kind} · {shapeText(layer.shape)} · {t('{0} parameters', count(layer.parameters))} ·{' '}
            <button type="button" class="link" onClick={() => showLine(host, path)}>
              {fileOf(layer.file)}:{layer.line}
            </button>
          </p>
        )}
      </div>
      <dl class="facts">
        {factsOf(run, path, layer?.shape ?? []).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Fact = readonly [name: string, value: string];

/** The latest numbers, of those that were told at all. */
function factsOf(run: RunState, path: string, shape: readonly number[]): readonly Fact[] {
  const { layers } = run;
  const facts = MEASURES.flatMap((measure): Fact[] => {
    const value = latestOf(layers, measure, path);
    return value === undefined ? [] : [[measureTitle(measure), measureText(measure, value)]];
  });
  const norm = weightNorm(run, path);
  if (norm !== undefined) facts.push([t('Norm of the weights'), number(norm)]);
  const results = layers.filter((event) => event.results[path] !== undefined).at(-1)?.results[path];
  if (results?.silent !== undefined) {
    facts.push([t('Units that are silent'), unitsText(numberOf(results.silent), shape.at(-1))]);
  }
  if (results?.saturated !== undefined) {
    facts.push([t('Results at an end'), `${percentNumber(results.saturated)}%`]);
  }
  return facts;
}

/** A share of units as a count, where it is known how many there are. */
function unitsText(share: number, units: number | undefined): string {
  if (units === undefined || !Number.isFinite(share)) return `${percentNumber(share)}%`;
  return t('{0} of {1}', count(Math.round(share * units)), count(units));
}

function weightNorm({ layers }: RunState, path: string): number | undefined {
  const event = layers.filter(({ weights }) => Object.keys(weights).some((weight) => layerOf(weight) === path)).at(-1);
  if (event === undefined) return undefined;
  const own = Object.entries(event.weights).filter(([weight]) => layerOf(weight) === path);
  return Math.sqrt(own.reduce((sum, [, sizes]) => sum + numberOf(sizes.weight) ** 2, 0));
}

function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? t('one number') : shape.join(' × ');
}

function fileOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
