/** A small plot within a square of shares, as SVG; what it shows is said in a sentence, and stands in a table below. */
import type { ComponentChildren } from 'preact';
import { number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';

export const WIDTH = 320;
export const HEIGHT = 240;
/** Room for the numbers of the axis and, beside them, its title. */
const LEFT = 48;
const BOTTOM = 34;
const TOP = 8;
const RIGHT = 8;

export interface Range {
  readonly low: number;
  readonly high: number;
}

const UNIT: Range = { low: 0, high: 1 };

/** Places of a plot for values. */
export interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export function scaleOf(across: Range = UNIT, up: Range = UNIT): Scale {
  const part = (value: number, { low, high }: Range): number => (high === low ? 0.5 : (value - low) / (high - low));
  return {
    x: (value) => LEFT + part(value, across) * (WIDTH - LEFT - RIGHT),
    y: (value) => HEIGHT - BOTTOM - part(value, up) * (HEIGHT - BOTTOM - TOP),
  };
}

interface PlotProps {
  /** What the plot shows, in a sentence. */
  readonly label: string;
  readonly across: string;
  readonly up: string;
  readonly xRange?: Range;
  readonly yRange?: Range;
  readonly xTicks?: readonly number[];
  readonly yTicks?: readonly number[];
  readonly children: ComponentChildren;
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];

export function Plot(props: PlotProps) {
  const { label, across, up, xRange = UNIT, yRange = UNIT, xTicks = TICKS, yTicks = TICKS } = props;
  const { x, y } = scaleOf(xRange, yRange);
  return (
    <svg class="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <title>{label}</title>
      {xTicks.map((tick) => (
        <g key={tick}>
          <line class="grid-line" x1={x(tick)} x2={x(tick)} y1={y(yRange.low)} y2={y(yRange.high)} />
          <text x={x(tick)} y={HEIGHT - BOTTOM + 13} text-anchor="middle">
            {tickText(tick)}
          </text>
        </g>
      ))}
      {yTicks.map((tick) => (
        <g key={tick}>
          <line class="grid-line" x1={x(xRange.low)} x2={x(xRange.high)} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 5} y={y(tick) + 4} text-anchor="end">
            {tickText(tick)}
          </text>
        </g>
      ))}
      <text class="axis" x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 5} text-anchor="middle">
        {across}
      </text>
      <text class="axis" x={-(HEIGHT - BOTTOM + TOP) / 2} y={9} text-anchor="middle" transform="rotate(-90)">
        {up}
      </text>
      {props.children}
    </svg>
  );
}

function tickText(tick: number): string {
  return tick === 0 ? '0' : number(tick, 2);
}

/** About five round numbers within a range. */
export function ticksOf({ low, high }: Range): readonly number[] {
  if (!(high > low)) return [low];
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= raw) ?? 10) * power;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-9; tick += step) {
    ticks.push(Number(tick.toPrecision(10)));
  }
  return ticks;
}

/** The numbers of a plot as a table, closed until it is asked for. */
export function PlotTable({
  caption,
  head,
  rows,
}: {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}) {
  return (
    <details class="plot-table">
      <summary>{t('Table')}</summary>
      <div class="scroll">
        <table class="plain">
          <caption class="unseen">{caption}</caption>
          <thead>
            <tr>
              {head.map((each) => (
                <th key={each} scope="col">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join()}>
                {row.map((cell, i) => (
                  <td key={head[i]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
