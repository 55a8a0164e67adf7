/** The server's process: started by the editor, spoken to over its channel, reading the disk through the `files` room. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { createDisk, createFiles, createPrograms, findFile, folderNames } from '../files/index.ts';
import { serve } from './serve.ts';
import { createStudy } from './study/ask.ts';
import { processWire } from './wire.ts';

// Optimise later: the server works in bursts of a millisecond, and V8's optimising compiler took half of the processor time of
// start and keystrokes (measured). Only in plain Node, which leaves its flags open; Electron may have frozen them.
if (process.versions.electron === undefined) setFlagsFromString('--interrupt-budget=1000000');

const dataFolder = process.env.MODELWRIGHT_DATA;
const study = createStudy(join(__dirname, 'study-worker.js'));

serve(processWire(), {
  disk: (options) => createDisk({ ...options, dataFolder }),
  files: (options) => createFiles({ ...options, dataFolder }),
  programs: (options) => createPrograms({ ...options, dataFolder }),
  names: (options, program, folder) => folderNames(program, folder, { ...options, dataFolder }),
  find: (options, program, path, kind) => findFile(program, path, kind, { ...options, dataFolder }),
  study: ({ trusted, folders }, question, open) => study.ask(question, open, { trusted, folders, dataFolder }),
  problemPages: problemPages(),
});

/** The pages about problems, beside the bundle as they are shipped. */
function problemPages(): string | undefined {
  const folder = join(__dirname, '..', 'docs', 'problems');
  return existsSync(folder) ? `${pathToFileURL(folder).href}/` : undefined;
}
