/**
 * Augmentations that mix rows of a batch: `mixup` and `cutmix`. Each row gets a partner among the others as they are before
 * the step, and all fields of the flow are mixed by one share.
 */
import type { HostTensor } from '../../engine.ts';
import type { Chance } from '../chance.ts';
import { frameOf } from './canvas.ts';

export interface Partner {
  /** Place in the batch. */
  readonly row: number;
  /** How much of the row itself stays. */
  readonly share: number;
  /** Of `cutmix`: what of the height and width comes from the partner, as shares. */
  readonly patch?: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
}

/**
 * The partner of row `own` of `count`; a row that is alone is its own. The larger share is the row's own: over all pairs that
 * is the same, and each row stays what it mostly is.
 */
export function mixup(alpha: number, own: number, count: number, chance: Chance): Partner {
  const row = partnerOf(own, count, chance);
  const share = chance.beta(alpha);
  return { row, share: Math.max(share, 1 - share) };
}

/** A rectangle of the partner, anywhere, cut off at the borders; `share` is what is left of the row's own area. */
export function cutmix(
  alpha: number,
  own: number,
  count: number,
  chance: Chance,
  [height, width]: readonly [number, number],
): Partner {
  const row = partnerOf(own, count, chance);
  const side = Math.sqrt(1 - chance.beta(alpha));
  const [high, wide] = [Math.floor(side * height), Math.floor(side * width)];
  const [middleY, middleX] = [chance.below(height), chance.below(width)];
  const top = Math.max(0, middleY - Math.floor(high / 2));
  const left = Math.max(0, middleX - Math.floor(wide / 2));
  const bottom = Math.min(height, middleY - Math.floor(high / 2) + high);
  const right = Math.min(width, middleX - Math.floor(wide / 2) + wide);
  const share = 1 - ((bottom - top) * (right - left)) / (height * width);
  return {
    row,
    share,
    patch: { top: top / height, bottom: bottom / height, left: left / width, right: right / width },
  };
}

function partnerOf(own: number, count: number, chance: Chance): number {
  return count < 2 ? own : (own + 1 + chance.below(count - 1)) % count;
}

/** A field with each row mixed with its partner's. Pictures of `cutmix` get the patch, all else is mixed by the share. */
export function mixField(field: HostTensor, partners: readonly Partner[]): HostTensor {
  const [count = 0, ...shape] = field.shape;
  const size = shape.reduce((product, length) => product * length, 1);
  const from = field.data;
  const data = new Float32Array(from.length);
  const isPicture = shape.length === 2 || shape.length === 3;
  for (let row = 0; row < count; row++) {
    const partner = partners[row] ?? { row, share: 1 };
    const [own, other] = [row * size, partner.row * size];
    if (partner.patch && isPicture) {
      data.set(from.subarray(own, own + size), own);
      putPatch(from, other, data, own, partner.patch, shape);
      continue;
    }
    const { share } = partner;
    for (let i = 0; i < size; i++) data[own + i] = share * (from[own + i] ?? 0) + (1 - share) * (from[other + i] ?? 0);
  }
  return { dtype: 'float32', shape: field.shape, data };
}

function putPatch(
  from: HostTensor['data'],
  other: number,
  to: Float32Array,
  own: number,
  patch: NonNullable<Partner['patch']>,
  shape: readonly number[],
): void {
  const [height, width, channels] = frameOf(shape);
  const [left, right] = [Math.round(patch.left * width), Math.round(patch.right * width)];
  for (let y = Math.round(patch.top * height); y < Math.round(patch.bottom * height); y++) {
    const [begin, end] = [(y * width + left) * channels, (y * width + right) * channels];
    to.set(from.subarray(other + begin, other + end), own + begin);
  }
}
