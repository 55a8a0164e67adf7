/** A piece of each picture, cut out by chance. */
import { order, printDim, unknown } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { augmentation } from '../define.ts';
import { atSetting, isRefusal, refuse } from '../refuse.ts';
import { samePicture } from '../rules/augment.ts';
import { sized } from '../rules/sizes.ts';
import { integer } from '../settings.ts';

export const crop = augmentation('crop', {
  doc: 'Cuts a piece of one height and width out of each picture, anywhere in it. Behind `pad`, it moves the picture by a few pixels.',
  source: 'Keras 3 `keras.layers.RandomCrop`',
  examples: ['image -> pad(4) -> crop(28, 28)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: {
    height: integer('The height of the piece.', { min: 1 }),
    width: integer('The width of the piece.', { min: 1 }),
  },
  result(inputs, settings, context) {
    const same = samePicture('crop', inputs);
    if (isRefusal(same)) return same;
    const [x] = same;
    if (!x?.shape) return same;
    for (const [axis, setting] of (['height', 'width'] as const).entries()) {
      const [size, wanted] = [x.shape[axis] ?? unknown, dimOf(settings, setting)];
      if (order(wanted, size) !== 'greater') continue;
      const values = { callee: 'crop', setting, wanted: printDim(wanted), size: printDim(size) };
      return refuse('shape/crop', values, { at: atSetting(setting), blame: [size] });
    }
    const side = (setting: string) => sized(context, dimOf(settings, setting), setting, 'crop');
    return [{ ...x, shape: [side('height'), side('width'), ...x.shape.slice(2)] }];
  },
});
