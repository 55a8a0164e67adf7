/** A new axis of size 1. */
import { transform } from '../define.ts';
import { expandedType } from '../rules/expand.ts';
import { axis } from '../settings.ts';

export const expand = transform('expand', {
  doc: 'Adds an axis of size 1, behind all others unless told otherwise: a grey picture gets its one channel.',
  source: 'NumPy `expand_dims`',
  examples: ['images -> expand'],
  inputs: [{ name: 'x', doc: 'Any column.', dtype: 'any' }],
  settings: { axis: axis('Where the new axis stands.', { default: -1 }) },
  fitted: false,
  result: expandedType,
});
