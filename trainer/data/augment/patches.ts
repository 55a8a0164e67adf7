/** Augmentations that put 0 into a part of a row: `erase`, `maskTime`, `maskBands`. */
import type { Settings } from '../../../language/index.ts';
import type { Change } from './moves.ts';
import { numberAt } from './settings.ts';

/** The longest sides that a patch may have, as one to the other (Zhong et al., 2017). */
const LONGEST = 1 / 0.3;

/** One rectangle of up to a share of the picture. */
export function erase(settings: Settings): Change {
  const most = numberAt(settings, 'part');
  return (canvas, chance) => {
    const area = most * chance.uniform() * canvas.height * canvas.width;
    const ratio = Math.exp(chance.between(-Math.log(LONGEST), Math.log(LONGEST)));
    // Rounded down, so that the share is never exceeded.
    const height = Math.min(canvas.height, Math.floor(Math.sqrt(area * ratio)));
    const width = Math.min(canvas.width, Math.floor(Math.sqrt(area / ratio)));
    const top = chance.below(canvas.height - height + 1);
    const left = chance.below(canvas.width - width + 1);
    const data = canvas.pixels();
    const { channels } = canvas;
    for (let y = top; y < top + height; y++) {
      const start = (y * canvas.width + left) * channels;
      data.fill(0, start, start + width * channels);
    }
  };
}

/** Up to `n` neighbouring steps of time, the first axis. */
export function maskTime(settings: Settings): Change {
  const most = numberAt(settings, 'n');
  return (canvas, chance) => {
    const length = chance.below(most + 1);
    const first = chance.below(canvas.height - length + 1);
    const line = canvas.width * canvas.channels;
    canvas.pixels().fill(0, first * line, (first + length) * line);
  };
}

/** Up to `n` neighbouring bands, the second axis. */
export function maskBands(settings: Settings): Change {
  const most = numberAt(settings, 'n');
  return (canvas, chance) => {
    const length = chance.below(most + 1);
    const first = chance.below(canvas.width - length + 1);
    const data = canvas.pixels();
    for (let y = 0; y < canvas.height; y++) {
      const start = (y * canvas.width + first) * canvas.channels;
      data.fill(0, start, start + length * canvas.channels);
    }
  };
}
