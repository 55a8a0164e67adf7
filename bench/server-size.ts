/** The size of the server's bundle without the texts that readers read: they grow with the catalogue, not with the server. */
import { catalog } from '../language/index.ts';

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly bytes: number; readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }
    >
  >;
}

export interface Size {
  readonly all: number;
  /** Messages, and the catalogue's sentences about entries, settings and inputs. */
  readonly texts: number;
}

export function serverSize(metafile: Metafile): Size {
  const [output] = Object.values(metafile.outputs);
  if (output === undefined) return { all: Number.NaN, texts: 0 };
  const messages = Object.entries(output.inputs).filter(([path]) => path.includes('language/messages/'));
  const texts = messages.reduce((sum, [, one]) => sum + one.bytesInOutput, 0);
  return { all: output.bytes, texts: texts + documentationBytes() };
}

const places = [
  'model',
  'data',
  'source',
  'augment',
  'loss',
  'metric',
  'optimizer',
  'schedule',
  'initialiser',
  'tune',
  'operator',
] as const;

function documentationBytes(): number {
  const entries = places.flatMap((place) => catalog.names(place).flatMap((name) => catalog.find(place, name) ?? []));
  return entries.reduce((sum, entry) => {
    const settings = Object.values(entry.settings).reduce((all, def) => all + def.doc.length, 0);
    const inputs = 'inputs' in entry ? entry.inputs.reduce((all, input) => all + input.doc.length, 0) : 0;
    return sum + entry.doc.length + entry.source.length + entry.examples.join('').length + settings + inputs;
  }, 0);
}
