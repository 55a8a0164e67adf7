/** Settings to result: a vertical axis for each setting that differs and one for the watched value, and a line through them for each run. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { nameOf, numberOf, type RunFacts, valuesOf } from '../../protocol/index.ts';
import { metricWord } from '../text/metric-word.ts';
import { metricText } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { styleOf } from './colours.ts';
import type { Comparison } from './comparison.ts';
import { type ParallelAxis, parallelAxes, placeOn } from './parallel-axes.ts';
import { bare, isShareOf, settingTitle } from './quantities.ts';

/** At most, and before the page has told how much there is. */
const WIDTH = 760;
const HEIGHT = 230;
const TOP = 38;
const BOTTOM = 24;
const SIDE = 70;

/** The table above is its other form. */
export function ParallelCard({ comparison }: { readonly comparison: Comparison }) {
  const chosen = comparison.chosen.value;
  const lit = useSignal<string | undefined>(undefined);
  const axes = parallelAxes(chosen);
  const drawn = chosen.length >= 3 && axes.length >= 2;
  const frame = useRef<HTMLDivElement>(null);
  const width = useSignal(WIDTH);
  // Drawn anew for each width: a scaled picture would have letters of any size.
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const sizes = new ResizeObserver(() => {
      width.value = Math.min(WIDTH, element.clientWidth);
    });
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [drawn]);
  if (!drawn) return null;
  const metric = axes.at(-1);
  const direction = chosen[0]?.directions[metric?.name ?? ''] ?? 'max';
  const share = metric !== undefined && isShareOf(chosen, { name: metric.name, direction });
  const left = (index: number) => SIDE + (index * (width.value - 2 * SIDE)) / (axes.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const by =
      event.key === 'ArrowDown' || event.key === 'ArrowRight'
        ? 1
        : event.key === 'ArrowUp' || event.key === 'ArrowLeft'
          ? -1
          : 0;
    if (event.key === 'Escape') lit.value = undefined;
    if (by === 0) return;
    event.preventDefault();
    const at = chosen.findIndex((run) => run.folder === lit.value);
    lit.value = chosen[(at + by + chosen.length) % chosen.length]?.folder;
  };
  const said = chosen.find((run) => run.folder === lit.value);
  return (
    <section class="card full parallel">
      <header class="legend">
        <h2>{t('Settings and result')}</h2>
        <span role="status">{said === undefined ? '' : sentence(said, axes, share)}</span>
      </header>
      <div
        ref={frame}
        role="application"
        aria-roledescription={t('chart')}
        aria-label={t(
          'Settings and result of {0} runs. Arrow keys go from run to run; the table above has the same values.',
          chosen.length,
        )}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the chart is an application, moved through by keyboard.
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          const over = event.target instanceof SVGElement ? event.target.dataset.run : undefined;
          if (over !== undefined) lit.value = over;
        }}
        onPointerLeave={() => {
          lit.value = undefined;
        }}
      >
        <svg viewBox={`0 0 ${width.value} ${HEIGHT}`} aria-hidden="true">
          {chosen.map((run) => (
            <RunPath
              key={run.folder}
              run={run}
              axes={axes}
              comparison={comparison}
              left={left}
              lit={lit.value === undefined ? undefined : lit.value === run.folder}
            />
          ))}
          {axes.map((axis, index) => (
            <Axis key={axis.name} axis={axis} x={left(index)} share={share && index === axes.length - 1} />
          ))}
        </svg>
      </div>
    </section>
  );
}

function Axis({ axis, x, share }: { readonly axis: ParallelAxis; readonly x: number; readonly share: boolean }) {
  const text = (mark: { readonly text: string; readonly value: number | undefined }) =>
    share && mark.value !== undefined ? metricText(mark.value, true) : mark.text;
  return (
    <g class="axis">
      <text class="name" x={x} y={14} text-anchor="middle">
        {axisTitle(axis)}
      </text>
      <line x1={x} x2={x} y1={TOP} y2={HEIGHT - BOTTOM} />
      {axis.marks.map((mark) => (
        <text key={mark.at} x={x + 6} y={heightOf(mark.at) - 5}>
          {text(mark)}
        </text>
      ))}
    </g>
  );
}

interface RunPathProps {
  readonly run: RunFacts;
  readonly axes: readonly ParallelAxis[];
  readonly comparison: Comparison;
  readonly left: (index: number) => number;
  /** Undefined: none is. */
  readonly lit: boolean | undefined;
}

/** Where a run has no value the line is broken. */
function RunPath({ run, axes, comparison, left, lit }: RunPathProps) {
  const { colour, dash } = styleOf(comparison.facts.value.indexOf(run), comparison.colours.value.get(run.folder));
  let pen = 'M';
  const path = axes.map((axis, index) => {
    const at = placeOn(axis, run);
    const piece = at === undefined ? '' : `${pen}${left(index)} ${heightOf(at)}`;
    pen = at === undefined ? 'M' : 'L';
    return piece;
  });
  return (
    <path
      class={`run ${colour} ${lit === undefined ? '' : lit ? 'lit' : 'dim'}`}
      d={path.join('')}
      stroke-dasharray={dash.join(' ')}
      data-run={run.folder}
    >
      <title>{nameOf(run)}</title>
    </path>
  );
}

function heightOf(share: number): number {
  return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
}

/** Settings as the program writes them. */
function axisTitle({ kind, name }: ParallelAxis): string {
  return kind === 'setting' ? settingTitle(name) : metricTitle(name);
}

function metricTitle(name: string): string {
  return name.startsWith('validation.')
    ? t('validation {0}', metricWord(bare(name)))
    : t('training {0}', metricWord(bare(name)));
}

function sentence(run: RunFacts, axes: readonly ParallelAxis[], share: boolean): string {
  const settings = valuesOf(run.settings);
  const parts = axes.slice(0, -1).map(({ name }) => `${name} ${settings.get(name) ?? '–'}`);
  const best =
    run.best === undefined ? '' : `${metricTitle(run.best.metric)} ${metricText(numberOf(run.best.value), share)}`;
  return `${nameOf(run)}: ${[...parts, best].join(', ')}`;
}
