/** The façade of the compiler: a plan becomes programs of primitives, these become an engine's graph. */
export type { Compiled } from './compile.ts';
