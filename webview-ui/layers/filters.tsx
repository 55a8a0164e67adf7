/** The filters of the chosen layer as pictures, or how large each of them is. */
import { useMemo } from 'preact/hooks';
import { numberOf, type UseLayersAnswer } from '../../protocol/index.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { floatsOf } from './inside.ts';
import { greatestSize, Pixels, pictureColours, rampColours, sides } from './pixels.tsx';
import { rampOf } from './scale.ts';
import { isLight } from './theme.ts';

type Answer = Extract<UseLayersAnswer, { kind: 'filters' }>;

/** Pixels of a filter's side, about. */
const SIDE = 44;
const MOST = 256;

export function Filters({ answer }: { readonly answer: Answer }) {
  const { values, norms, shape } = answer;
  const kernel = useMemo(() => (values === undefined ? undefined : floatsOf(values)), [values]);
  return (
    <div class="filters">
      <h3>
        {kernel === undefined
          ? t('Size of each of the {0} units', count(norms.length))
          : t('{0} filters of {1}', count(norms.length), `${shape[0]} × ${shape[1]}`)}
      </h3>
      {kernel === undefined ? <Norms norms={norms.map(numberOf)} /> : <Pictures answer={answer} kernel={kernel} />}
    </div>
  );
}

function Pictures({ answer, kernel }: { readonly answer: Answer; readonly kernel: Float32Array }) {
  const [height = 1, width = 1, channels = 1, filters = 1] = answer.shape;
  const light = isLight();
  const all = useMemo(() => {
    const ramp = rampOf('sides', light);
    const most = greatestSize(kernel);
    return Array.from({ length: Math.min(MOST, filters) }, (_, filter) => {
      const own = Float32Array.from(
        { length: height * width * channels },
        (__, i) => kernel[i * filters + filter] ?? 0,
      );
      return channels === 3 ? pictureColours(own, 3) : rampColours(own, ramp, sides(most));
    });
  }, [kernel, light]);
  return (
    <ul class="pictures">
      {all.map((colours, filter) => (
        <li key={filter}>
          <Pixels
            width={width}
            height={height}
            colours={colours}
            scale={Math.max(1, Math.round(SIDE / Math.max(width, height)))}
            label={t('filter {0}, norm {1}', filter, number(answer.norms[filter], 3))}
          />
        </li>
      ))}
    </ul>
  );
}

const WIDTH = 640;
const HEIGHT = 60;

function Norms({ norms }: { readonly norms: readonly number[] }) {
  const most = greatestSize(norms);
  const bar = WIDTH / norms.length;
  const least = norms.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return (
    <svg
      class="norms"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('Norms of the units’ weights, from {0} to {1}', number(least, 3), number(most, 3))}
    >
      {norms.slice(0, 2000).map((norm, unit) => (
        <rect
          key={unit}
          x={unit * bar}
          y={HEIGHT - (norm / most) * HEIGHT}
          width={Math.max(0.3, bar * 0.86)}
          height={(norm / most) * HEIGHT}
        >
          <title>{t('unit {0}: {1}', unit, number(norm, 3))}</title>
        </rect>
      ))}
    </svg>
  );
}
