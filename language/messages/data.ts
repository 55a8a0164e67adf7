/** Texts of problems with data sections and data files. */
import type { MessageTable } from './table.ts';

export const dataMessages = {} satisfies MessageTable;
