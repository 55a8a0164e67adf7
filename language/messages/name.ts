/** Texts of problems with names: unknown, doubled, shadowing. */
import type { MessageTable } from './table.ts';

export const nameMessages = {} satisfies MessageTable;
