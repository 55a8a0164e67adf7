/** The server's process: started by the editor, spoken to over its channel, reading the disk through the `files` room. */
import { createDisk, createFiles } from '../files/index.ts';
import { serve } from './serve.ts';
import { endWithEditor, processWire, watchEditor } from './wire.ts';

const dataFolder = process.env.MODELWRIGHT_DATA;
const wire = processWire();

endWithEditor(wire);
serve(wire, {
  disk: (options) => createDisk({ ...options, dataFolder }),
  files: (options) => createFiles({ ...options, dataFolder }),
  started: watchEditor,
});
