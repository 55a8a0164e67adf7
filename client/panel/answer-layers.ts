/** Answers the Layers tab: which layers there are, and the way to their lines; and tells it where the editor's cursor stands. */
import * as vscode from 'vscode';
import {
  type LayersAnswer,
  type LayersAsk,
  type LayersTell,
  PANEL_VERSION,
  type ToPanel,
  type UseLayersAsk,
} from '../../protocol/index.ts';
import { type PlacedLayer, type ProgramLayers, readLayers } from '../../runs/index.ts';
import type { LiveRun } from '../run/live-run.ts';
import type { Services } from '../services.ts';
import { askModel } from '../use/warm-models.ts';
import type { AskContext } from './answers.ts';
import { layersAt, lineOfLayer, sourceFiles } from './layer-lines.ts';

/** A run's plan never changes, so it is read once for each run. */
const known = new WeakMap<LiveRun, ProgramLayers>();

/** The layers of the run, or one of them shown in the editor. */
export async function answerLayers(ask: LayersAsk, { run, services }: AskContext): Promise<LayersAnswer> {
  if (ask.kind === 'inside') return lookInside(ask.ask, services, run.folder);
  const program = programOf(run);
  if (program === undefined) {
    throw new Error(
      vscode.l10n.t('The plan of this run (plan.json) is missing or damaged, so its layers have no lines to go to.'),
    );
  }
  switch (ask.kind) {
    case 'list':
      return {
        kind: 'list',
        layers: program.layers.map(briefOf),
        cursor: layersUnderCursor(run, program),
        attends: program.attends,
      };
    case 'show': {
      const layer = program.layers.find(({ path }) => path === ask.path);
      if (layer === undefined) throw new Error(vscode.l10n.t('The program of this run has no layer {0}.', ask.path));
      return { kind: 'show', opened: await show(run, program, layer) };
    }
    default:
      return assertNever(ask);
  }
}

/** What is being looked at, by run and kind of question. */
const looks = new Map<string, AbortController>();

/** A newer question of the same kind ends the one before it: rows of the map are gone through faster than models answer. */
async function lookInside(ask: UseLayersAsk, services: Services, folder: string): Promise<LayersAnswer> {
  const key = `${folder} ${ask.kind} ${'only' in ask ? ask.only : ''}`;
  looks.get(key)?.abort();
  const look = new AbortController();
  looks.set(key, look);
  try {
    const { body, checkpoint, ms } = await askModel(services, folder, 'layers', ask, { signal: look.signal });
    return { kind: 'inside', answer: body, step: checkpoint.step, ms };
  } catch (error) {
    if (look.signal.aborted) return { kind: 'over' };
    throw error;
  } finally {
    if (looks.get(key) === look) looks.delete(key);
  }
}

/** Tells a panel which layers the editor's cursor stands in, each time that changes. */
export function followLayers(run: LiveRun, post: (message: ToPanel) => void): vscode.Disposable {
  let told = '';
  return vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
    const program = textEditor.document.uri.scheme === 'file' ? programOf(run) : undefined;
    if (program === undefined || sourceOf(run, program, textEditor.document) < 0) return;
    const body: LayersTell = { kind: 'cursor', paths: layersUnderCursor(run, program, textEditor) };
    if (told === body.paths.join('\n')) return;
    told = body.paths.join('\n');
    post({ version: PANEL_VERSION, kind: 'tell', topic: 'layers', body });
  });
}

function programOf(run: LiveRun): ProgramLayers | undefined {
  const program = known.get(run) ?? readLayers(run.folder);
  if (program !== undefined) known.set(run, program);
  return program;
}

function briefOf({ path, name, kind, shape, parameters, trained, file, line }: PlacedLayer) {
  return { path, name, kind, shape, parameters, trained, file, line };
}

function layersUnderCursor(
  run: LiveRun,
  program: ProgramLayers,
  editor: vscode.TextEditor | undefined = vscode.window.activeTextEditor,
): readonly string[] {
  if (editor === undefined) return [];
  const source = sourceOf(run, program, editor.document);
  if (source < 0) return [];
  const { line, character } = editor.selection.active;
  const text = editor.document.lineAt(line).text;
  return layersAt(program, source, { line: line + 1, column: character + 1, text });
}

/** Number of the source that the document shows, as the file or as the run's copy; −1 for another document. */
function sourceOf(run: LiveRun, program: ProgramLayers, document: vscode.TextDocument): number {
  const path = document.uri.fsPath;
  return sourceFiles(program.sources, run.record.file, run.folder).findIndex(
    ({ file, copy }) => file === path || copy === path,
  );
}

async function show(run: LiveRun, program: ProgramLayers, layer: PlacedLayer): Promise<'file' | 'copy'> {
  const files = sourceFiles(program.sources, run.record.file, run.folder)[layer.source];
  if (files === undefined) throw new Error(vscode.l10n.t('The program of this run has no layer {0}.', layer.path));
  const file = await opened(files.file);
  const line = file && lineOfLayer(program, layer, file.getText());
  const document = line === undefined ? await opened(files.copy) : file;
  if (document === undefined) {
    throw new Error(vscode.l10n.t('Neither {0} nor the copy of it in the run’s folder can be opened.', files.file));
  }
  const start = new vscode.Position((line ?? layer.line) - 1, layer.place.column - 1);
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    selection: new vscode.Range(start, start.translate(0, Math.max(1, layer.place.end - layer.place.start))),
  });
  return line === undefined ? 'copy' : 'file';
}

async function opened(path: string): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  } catch {
    return undefined;
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown question: ${JSON.stringify(value)}`);
}
