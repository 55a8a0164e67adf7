/** What pooling layers over a volume share: their settings and the type of the result. */
import { known, unknown } from '../../shapes/dim.ts';
import { dimsOf, flagOf, isNone, paddingOf } from '../checked.ts';
import { model } from '../define.ts';
import type { OperationEntry, SettingDef } from '../entry.ts';
import { isRefusal } from '../refuse.ts';
import { flag, padding, span } from '../settings.ts';
import { inputDoc } from './convolution.ts';
import { slideImage } from './image.ts';
import { made, needForm, needNumber, typeOf } from './types.ts';

interface VolumePool extends Pick<OperationEntry, 'doc' | 'source' | 'examples' | 'lower'> {
  /** Whether raw bytes stay what they are. */
  readonly dtype: 'same' | 'float32';
  readonly more?: Readonly<Record<string, SettingDef>>;
}

/** `MaxPool3D` and `AvgPool3D`. */
export function volumePool(name: string, { dtype, more = {}, ...entry }: VolumePool): OperationEntry {
  return model(name, {
    ...entry,
    inputs: [{ name: 'x', doc: inputDoc(3), dtype: 'number' }],
    settings: {
      window: span(3, 'Depth, height and width of the window.', { min: 1, default: 2 }),
      stride: span(3, 'How far the window moves each time; as far as it is large, unless said.', {
        min: 1,
        default: null,
        named: true,
      }),
      padding: padding(
        '`valid` (whole windows only), `same` (the size divided by the stride, rounded up), or cells around the volume.',
        3,
      ),
      ceil: flag('Keeps a last window that hangs over the edge.', false),
      ...more,
    },
    result(inputs, settings, context) {
      const x = typeOf(inputs, 'x');
      const refused = needNumber(name, x) ?? needForm(name, x, 'volume');
      if (refused) return refused;
      const type = dtype === 'same' ? x.dtype : 'float32';
      if (!x.shape) return [made(type, undefined, [x])];
      const slid = slideImage(context, name, x.shape, {
        window: dimsOf(settings, 'window', 3),
        stride: dimsOf(settings, isNone(settings, 'stride') ? 'window' : 'stride', 3),
        dilation: [known(1), known(1), known(1)],
        padding: paddingOf(settings, 'padding', 3),
        ceil: flagOf(settings, 'ceil'),
      });
      return isRefusal(slid) ? slid : [made(type, [...slid, x.shape[3] ?? unknown], [x])];
    },
  });
}
