/** Where the reports and pictures of this run go. */
import { join } from 'node:path';

/** A file of the report. */
export function outFile(name: string): string {
  return join(process.env.MODELWRIGHT_TEST_OUT ?? '.', name);
}
