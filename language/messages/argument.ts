/** Texts of problems with arguments and settings. */
import type { MessageTable } from './table.ts';

export const argumentMessages = {} satisfies MessageTable;
