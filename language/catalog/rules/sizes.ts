/** Sizes that come straight from a setting, with that as their reason. */
import { type Dim, known, order, printDim } from '../../shapes/dim.ts';
import { shapeOf } from '../checked.ts';
import type { CheckedSettings, Refusal, RuleContext } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';

/** "64 = `units` of `Dense`". */
export function sized(context: RuleContext, dim: Dim, setting: string, callee: string): Dim {
  return context.because(dim, { key: 'why/setting', values: { size: printDim(dim), setting, callee } }, [dim]);
}

/** Refuses sizes below 1 in a list of them; −1 for "whatever is left" is a habit from elsewhere. */
export function refuseSizes(callee: string, settings: CheckedSettings, setting: string): Refusal | undefined {
  const wrong = shapeOf(settings, setting)?.find((dim) => order(dim, known(1)) === 'less');
  if (!wrong) return undefined;
  return refuse('argument/size', { callee, setting, size: printDim(wrong) }, { at: atSetting(setting) });
}
