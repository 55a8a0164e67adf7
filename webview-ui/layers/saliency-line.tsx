/** What counts in a long line of numbers (a sound, a series): stretches of it in colours behind the line itself. */
import { useMemo } from 'preact/hooks';
import type { SaliencyInput } from '../../protocol/index.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { floatsOf } from './inside.ts';
import { greatestSize, sides } from './pixels.tsx';
import { colourAt, rampOf } from './scale.ts';
import { isLight } from './theme.ts';

/** Stretches that a line is shown in. */
const STRETCHES = 240;
/** Stretches that are told in the table, those that count most first. */
const MOST_TOLD = 20;

interface Stretch {
  /** First number and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** What all of its numbers count for. */
  readonly part: number;
  readonly least: number;
  readonly greatest: number;
}

/** Whether an input is such a line: of a few numbers each one is told. */
export function isLine({ form, shape, labels }: SaliencyInput): boolean {
  return form === 'numbers' && shape.length === 1 && labels === undefined && (shape[0] ?? 0) > STRETCHES;
}

export function SaliencyLine({ input, score }: { readonly input: SaliencyInput; readonly score: string }) {
  const stretches = useMemo(
    () => stretchesOf(floatsOf(input.parts), input.values === undefined ? undefined : floatsOf(input.values)),
    [input],
  );
  const most = greatestSize(Float32Array.from(stretches, ({ part }) => part));
  const ramp = rampOf('sides', isLight());
  const high = Math.max(1e-12, ...stretches.map(({ least, greatest }) => Math.max(-least, greatest)));
  const order = [...stretches].sort((a, b) => Math.abs(b.part) - Math.abs(a.part)).slice(0, MOST_TOLD);
  const place = ({ from, to }: Stretch): string => t('{0} to {1}', count(from + 1), count(to));
  const title = t('What counts for {0} in {1}', score, input.field);
  const strongest = order[0];
  const outline = [
    ...stretches.map(({ greatest }, i) => `${i + 0.5},${50 - (48 * greatest) / high}`),
    ...stretches.map(({ least }, i) => `${i + 0.5},${50 - (48 * least) / high}`).reverse(),
  ];
  return (
    <figure class="line">
      <figcaption class="soft">{title}</figcaption>
      <svg
        viewBox={`0 0 ${stretches.length} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={strongest === undefined ? title : `${title}: ${place(strongest)} ${number(strongest.part, 3)}`}
      >
        {stretches.map((stretch, i) => (
          <rect
            key={stretch.from}
            x={i}
            width={1.05}
            height={100}
            style={{ fill: `rgb(${colourAt(ramp, sides(most)(stretch.part)).join(' ')})` }}
          >
            <title>{`${place(stretch)}: ${number(stretch.part, 3)}`}</title>
          </rect>
        ))}
        <polygon points={outline.join(' ')} />
      </svg>
      <details>
        <summary>{t('Table')}</summary>
        <table class="times">
          <thead>
            <tr>
              <th scope="col">{t('numbers')}</th>
              <th scope="col">{t('counts')}</th>
            </tr>
          </thead>
          <tbody>
            {order.map((stretch) => (
              <tr key={stretch.from}>
                <th scope="row">{place(stretch)}</th>
                <td>{number(stretch.part, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function stretchesOf(parts: Float32Array, values: Float32Array | undefined): readonly Stretch[] {
  return Array.from({ length: STRETCHES }, (_, i) => {
    const [from, to] = [i, i + 1].map((at) => Math.floor((at * parts.length) / STRETCHES)) as [number, number];
    const own = values?.subarray(from, to) ?? [];
    return {
      from,
      to,
      part: parts.subarray(from, to).reduce((sum, part) => sum + part, 0),
      least: Math.min(0, ...own),
      greatest: Math.max(0, ...own),
    };
  });
}
