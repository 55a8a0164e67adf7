/** Texts of problems that the parser finds, and titles of their fixes. */
import type { MessageTable } from './table.ts';

export const syntaxMessages = {} satisfies MessageTable;
