/** Texts of problems with train, tune, evaluate and export sections. */
import type { MessageTable } from './table.ts';

export const trainMessages = {} satisfies MessageTable;
