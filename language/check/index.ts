/** The façade of the checker within the language. */
export { type Analyser, createAnalyser, runName } from './analyse.ts';
export type * from './checked.ts';
