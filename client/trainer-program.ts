/** Which Node runs the trainer, and where the trainer is. Found when it is needed, never at activation. */
import { accessSync, constants } from 'node:fs';
import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { findNode, type TrainerProgram } from '../runs/index.ts';
import { readSettings } from './settings.ts';

/** The program to start, or a message that says what is wrong with the setting. */
export async function findTrainer(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<TrainerProgram | { readonly message: string }> {
  const { nodePath, libtensorflow, packageIndex, dataFolder } = readSettings();
  if (nodePath !== '' && !isProgram(nodePath)) {
    return {
      message: vscode.l10n.t(
        'The setting `modelwright.nodePath` is "{0}", which is not a program that can be run. Give the absolute path of a Node 20 or newer, or clear the setting.',
        nodePath,
      ),
    };
  }
  const node = await findNode(nodePath);
  const workspace = vscode.workspace.workspaceFolders?.[0];
  return {
    node,
    script: context.asAbsolutePath('dist/trainer.js'),
    log: (line) => log.info(line),
    env: {
      ...(workspace === undefined ? {} : { MODELWRIGHT_PROGRAM_FOLDER: workspace.uri.fsPath }),
      ...(dataFolder === '' ? {} : { MODELWRIGHT_DATA: dataFolder }),
      ...(libtensorflow === '' ? {} : { MODELWRIGHT_LIBTENSORFLOW: libtensorflow }),
      ...(packageIndex === '' ? {} : { MODELWRIGHT_PACKAGE_INDEX: packageIndex }),
    },
  };
}

function isProgram(path: string): boolean {
  if (!isAbsolute(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
