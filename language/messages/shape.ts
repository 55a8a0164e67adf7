/** Texts of problems with shapes. */
import type { MessageTable } from './table.ts';

export const shapeMessages = {} satisfies MessageTable;
