/** How each line of a chart is drawn: by its role, or by a style of its own. Pure. */
import { faint } from './drawing.ts';
import type { Palette } from './palette.ts';
import type { ChartLine, LineStyle } from './points.ts';

export interface Pen {
  readonly stroke: string;
  readonly width: number;
  readonly dash?: readonly number[];
  /** Of the area between the line and zero. */
  readonly fill?: string;
  /** Single points are drawn too; `few`: while they can be told apart. */
  readonly dots?: boolean | 'few';
}

/** The pen of a line. */
export function penOf(role: ChartLine['role'], style: LineStyle | undefined, colours: Palette): Pen {
  if (style !== undefined) return { stroke: style.colour, width: style.width, dash: style.dash, dots: style.dots };
  const quiet = colours.highContrast ? 0.4 : 0.24;
  switch (role) {
    case 'raw':
      return { stroke: faint(colours.train, quiet), width: 1 };
    case 'train':
      return { stroke: colours.train, width: 2 };
    case 'validation':
      return { stroke: colours.validation, width: 2, dots: 'few', ...(colours.highContrast ? { dash: [8, 3] } : {}) };
    case 'ghost':
      return { stroke: colours.ghost, width: 1.5, dash: [4, 4] };
    case 'load':
      return { stroke: colours.load, width: 1.5, fill: faint(colours.load, 0.12) };
    case 'memory':
      return { stroke: colours.memory, width: 1.5, dash: [3, 3] };
    case 'band':
      return { stroke: faint(colours.value, quiet), width: 1 };
    case 'value':
      return { stroke: colours.value, width: 1.5, fill: faint(colours.value, 0.12) };
    default:
      return assertNever(role);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown: ${JSON.stringify(value)}`);
}
