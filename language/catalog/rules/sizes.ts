/** Sizes that come straight from a setting, with that as their reason. */
import { type Dim, printDim } from '../../shapes/dim.ts';
import type { RuleContext } from '../entry.ts';

/** "64 = `units` of `Dense`". */
export function sized(context: RuleContext, dim: Dim, setting: string, callee: string): Dim {
  return context.because(dim, { key: 'why/setting', values: { size: printDim(dim), setting, callee } }, [dim]);
}
