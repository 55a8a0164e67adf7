/** The server's process: started by the editor, spoken to over its channel, reading the disk through the `files` room. */
import { createConnection } from 'vscode-languageserver/node';
import { createDisk, createFiles } from '../files/index.ts';
import { serve } from './serve.ts';

const dataFolder = process.env.MODELWRIGHT_DATA;

serve(createConnection(), {
  disk: (options) => createDisk({ ...options, dataFolder }),
  files: (options) => createFiles({ ...options, dataFolder }),
});
