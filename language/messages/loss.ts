/** Texts of problems with losses and metrics. */
import type { MessageTable } from './table.ts';

export const lossMessages = {} satisfies MessageTable;
