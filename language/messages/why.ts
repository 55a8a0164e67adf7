/** Texts that say where a size comes from: "26 = 28 − 3 + 1 (window 3, padding: valid)". */
import type { MessageTable } from './table.ts';

export const whyMessages = {} satisfies MessageTable;
