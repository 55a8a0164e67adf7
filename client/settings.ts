/** The extension's settings, read where they are needed, so that a change counts from the next use on. */
import * as vscode from 'vscode';
import type { EngineOptions } from '../protocol/index.ts';

export interface Settings {
  readonly options: EngineOptions;
  /** Absolute path of a Node, or ''. */
  readonly nodePath: string;
  /** Folder or file of a libtensorflow, or ''. */
  readonly libtensorflow: string;
  /** Address of an index of Python packages, or ''. */
  readonly packageIndex: string;
  /** Folder of data that is looked through after the program's own, or ''. */
  readonly dataFolder: string;
  /** Folder of runs, or '' for the usual place. */
  readonly runsFolder: string;
  readonly keepGoing: boolean;
}

/** Settings as they are for that file. */
export function readSettings(scope?: vscode.Uri): Settings {
  const settings = vscode.workspace.getConfiguration('modelwright', scope);
  return {
    options: {
      engine: readEngine(settings.get('engine')),
      device: readDevice(settings.get('device')),
      threads: readThreads(settings.get('threads')),
    },
    nodePath: settings.get<string>('nodePath', '').trim(),
    libtensorflow: settings.get<string>('libtensorflow', '').trim(),
    packageIndex: settings.get<string>('packageIndex', '').trim(),
    dataFolder: settings.get<string>('dataFolder', '').trim(),
    runsFolder: settings.get<string>('runsFolder', '').trim(),
    keepGoing: settings.get<boolean>('keepTraining', false),
  };
}

function readEngine(value: unknown): EngineOptions['engine'] {
  return value === 'onnx' || value === 'tensorflow' ? value : 'auto';
}

function readDevice(value: unknown): EngineOptions['device'] {
  if (value === 'cpu' || value === 'gpu') return value;
  const number = typeof value === 'string' ? /^gpu:(\d+)$/.exec(value)?.[1] : undefined;
  return number === undefined ? 'auto' : `gpu:${Number(number)}`;
}

function readThreads(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0;
}
