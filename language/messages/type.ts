/** Texts of problems with element types and kinds of values. */
import type { MessageTable } from './table.ts';

export const typeMessages = {} satisfies MessageTable;
