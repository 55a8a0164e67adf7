/** What VS Code loads in its extension host: runs the suites that use the editor's API. */
import { runMocha } from './mocha-run.ts';

/** Called by VS Code with the window open. */
export function run(): Promise<void> {
  return runMocha(process.env.MODELWRIGHT_TEST_SUITES ?? 'inside.cjs');
}
