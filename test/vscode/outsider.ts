/** A process of its own, outside VS Code: runs the suites that reload the window, which would end a suite within it. */
import { runMocha } from './mocha-run.ts';

runMocha('outside.cjs').then(
  () => process.exit(0),
  () => process.exit(1),
);
