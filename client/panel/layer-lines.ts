/**
 * Lines of the editor and layers of a run, found for each other. The file may have changed since the run began: a line counts
 * where it still has the same text, or where that text stands once in the program. Knows no VS Code.
 */
import { basename, isAbsolute, join, resolve } from 'node:path';
import type { PlacedLayer, ProgramLayers } from '../../runs/index.ts';

/** A place of the cursor: line and column from 1, and the text of that line. */
export interface CursorLine {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** Where the texts of a program lie: the files themselves, and the copies in the run's folder. */
export interface SourceFile {
  readonly file: string;
  readonly copy: string;
}

/** By number of the source. `program` is the path of the run's program. */
export function sourceFiles(sources: ProgramLayers['sources'], program: string, folder: string): SourceFile[] {
  const taken = new Set<string>();
  return sources.map(({ path }, index) => {
    const base = basename(path) || 'program.model';
    let name = base;
    for (let i = 2; taken.has(name); i++) name = `${i}-${base}`;
    taken.add(name);
    const file = index === 0 ? program : isAbsolute(path) ? path : join(program, '..', path);
    return { file: resolve(file), copy: join(folder, 'source', name) };
  });
}

/** The layers that the cursor stands in: of several on a line the ones under it, else all of them. */
export function layersAt(program: ProgramLayers, source: number, cursor: CursorLine): readonly string[] {
  const lines = linesOf(program, source);
  const line = lines[cursor.line - 1] === cursor.text ? cursor.line : onlyLine(lines, cursor.text);
  const onLine = program.layers.filter((layer) => layer.source === source && layer.line === line);
  const under = onLine.filter(({ place }) => {
    const from = place.column;
    return cursor.column >= from && cursor.column <= from + (place.end - place.start);
  });
  return (under.length > 0 ? under : onLine).map(({ path }) => path);
}

/** The line of the file that is the layer's now, from 1; undefined where the file has no such line any more. */
export function lineOfLayer(program: ProgramLayers, layer: PlacedLayer, fileText: string): number | undefined {
  const text = linesOf(program, layer.source)[layer.line - 1] ?? '';
  const now = fileText.split(/\r?\n/);
  return now[layer.line - 1] === text ? layer.line : onlyLine(now, text);
}

function linesOf(program: ProgramLayers, source: number): readonly string[] {
  return program.sources[source]?.text.split(/\r?\n/) ?? [];
}

function onlyLine(lines: readonly string[], text: string): number | undefined {
  if (text.trim() === '') return undefined;
  const first = lines.indexOf(text);
  return first >= 0 && lines.indexOf(text, first + 1) < 0 ? first + 1 : undefined;
}
