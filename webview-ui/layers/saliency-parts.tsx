/** What the numbers of one input count for, as a picture beside the input, as marked words, or as bars. */
import { useMemo } from 'preact/hooks';
import type { SaliencyInput } from '../../protocol/index.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { floatsOf } from './inside.ts';
import { greatestSize, Pixels, pictureColours, rampColours, sides } from './pixels.tsx';
import { colourAt, rampOf } from './scale.ts';
import { isLight } from './theme.ts';

interface PartsProps {
  readonly input: SaliencyInput;
  /** Name of the score. */
  readonly score: string;
}

/** Pixels of a picture's longer side on the page, about. */
const SIDE = 196;

export function SaliencyPicture({ input, score }: PartsProps) {
  const [height = 1, width = 1, channels = 1] = input.shape;
  const light = isLight();
  const { own, parts } = useMemo(() => {
    const summed = overChannels(floatsOf(input.parts), channels);
    return {
      own: input.values === undefined ? undefined : pictureColours(floatsOf(input.values), channels),
      parts: rampColours(summed, rampOf('sides', light), sides(greatestSize(summed))),
    };
  }, [input, light]);
  const scale = Math.max(1, Math.round(SIDE / Math.max(width, height)));
  return (
    <>
      {own === undefined ? null : (
        <figure>
          <Pixels
            width={width}
            height={height}
            colours={own}
            scale={scale}
            label={t('{0}, as the model gets it', input.field)}
          />
          <figcaption class="soft">{t('{0}, as the model gets it', input.field)}</figcaption>
        </figure>
      )}
      <figure>
        <Pixels
          width={width}
          height={height}
          colours={parts}
          scale={scale}
          label={t('What counts for {0} in {1}', score, input.field)}
        />
        <figcaption class="soft">{t('What counts for {0} in {1}', score, input.field)}</figcaption>
      </figure>
    </>
  );
}

function overChannels(parts: Float32Array, channels: number): Float32Array {
  if (channels === 1) return parts;
  return Float32Array.from({ length: parts.length / channels }, (_, i) =>
    parts.subarray(i * channels, (i + 1) * channels).reduce((sum, part) => sum + part, 0),
  );
}

export function SaliencyPlaces({ input, score }: PartsProps) {
  const parts = useMemo(() => floatsOf(input.parts), [input]);
  const most = greatestSize(parts);
  const ramp = rampOf('sides', isLight());
  return (
    <figure class="words">
      <figcaption class="soft">{t('What counts for {0} in {1}', score, input.field)}</figcaption>
      <ol>
        {Array.from(parts, (part, place) => (
          <li
            key={place}
            title={number(part, 3)}
            style={{ borderBottomColor: `rgb(${colourAt(ramp, sides(most)(part)).join(' ')})` }}
          >
            {input.labels?.[place] ?? place}
            <span class="unseen"> {number(part, 3)}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

/** Numbers that are listed, those that count most first. */
const MOST_NUMBERS = 40;

export function SaliencyNumbers({ input, score }: PartsProps) {
  const { parts, values } = useMemo(
    () => ({
      parts: floatsOf(input.parts),
      values: input.values === undefined ? undefined : floatsOf(input.values),
    }),
    [input],
  );
  const most = greatestSize(parts);
  const order = Array.from(parts, (_, at) => at)
    .sort((a, b) => Math.abs(parts[b] ?? 0) - Math.abs(parts[a] ?? 0))
    .slice(0, MOST_NUMBERS);
  return (
    <figure class="counts">
      <figcaption class="soft">
        {t('What counts for {0} in {1}', score, input.field)}
        {parts.length > MOST_NUMBERS ? ` ${t('({0} of {1} numbers)', count(MOST_NUMBERS), count(parts.length))}` : ''}
      </figcaption>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('number')}</th>
            <th scope="col">{t('value')}</th>
            <th scope="col">{t('counts')}</th>
            <td aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {order.map((at) => (
            <tr key={at}>
              <th scope="row">{input.labels?.[at] ?? (parts.length === 1 ? input.field : `${input.field}[${at}]`)}</th>
              <td>{number(values?.[at], 3)}</td>
              <td>{number(parts[at] || 0, 3)}</td>
              <td class="sides" aria-hidden="true">
                <i
                  class={(parts[at] ?? 0) < 0 ? 'against' : 'for'}
                  style={{ width: `${(Math.abs(parts[at] ?? 0) / most) * 50}%` }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
