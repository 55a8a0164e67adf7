/** What of the documentation is made from the language's own tables and pages. Used by `scripts/reference.mjs` and tests. */
export { ASSISTANT_PAGE_LIMIT, assistantPage } from './assistant-page.ts';
export { filledPage } from './manual.ts';
export { referencePages } from './pages.ts';
export { type ProblemPage, problemIndex, readProblemPage } from './problems.ts';
