/** Titles of fixes that belong to no single area. */
import type { MessageTable } from './table.ts';

export const fixMessages = {} satisfies MessageTable;
