/** What is looked at in the Layers tab, kept while other tabs are shown, and what the host says of the program's layers. */
import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { LayerBrief, ProblemEvent } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import type { Host } from '../host.ts';
import { asCount, asFlag, asOneOf, asShape, asText, type Read } from '../kept.ts';
import { problemText } from '../text/problem-words.ts';
import { t } from '../text/translate.ts';
import { ancestorsOf, MEASURES, type Measure } from './heat.ts';
import { example, looking } from './inside.ts';

export const measure = signal<Measure>('gradient');
/** Path of the chosen layer; '' for none. */
export const chosen = signal('');
/** Number of the chosen column. */
export const column = signal<number | undefined>(undefined);

/** Where the editor's cursor stood when a layer was chosen by it. */
const followed = signal('');

/** The map is shown as a table. */
export const table = signal(false);

export interface KnownLayers {
  readonly list: readonly LayerBrief[];
  readonly byPath: ReadonlyMap<string, LayerBrief>;
  /** The model has attention to look at. */
  readonly attends: boolean;
  /** Why there is no list. */
  readonly trouble: string;
}

const NOTHING: KnownLayers = { list: [], byPath: new Map(), attends: false, trouble: '' };

export const layers = signal<KnownLayers>(NOTHING);
/** Layers in which the editor's cursor stands. */
export const cursor = signal<readonly string[]>([]);

/** What came of the last wish to see a line. */
export const notice = signal('');

/** Opens the program at the line of a layer. */
export function showLine(host: Host, path: string): void {
  host.ask('layers', { kind: 'show', path: layerAt(path)?.path ?? path }).then(
    (answer) => {
      const changed = answer.kind === 'show' && answer.opened === 'copy';
      notice.value = changed ? t('The program has changed since this run; its own copy was opened.') : '';
    },
    (error: unknown) => {
      notice.value = error instanceof Error ? error.message : String(error);
    },
  );
}

/** What is looked at outlives the page. */
function keepLayers({ kept }: Host): void {
  kept.bind('layers.measure', measure, asOneOf(MEASURES));
  kept.bind('layers.chosen', chosen, asText);
  kept.bind('layers.column', column, asCount);
  kept.bind('layers.table', table, asFlag);
  kept.bind('layers.followed', followed, asText);
  kept.bind('layers.looking', looking, asFlag);
  kept.bind('layers.example', example, asExample);
}

const asExample: Read<{ readonly part: 'validation'; readonly index: number }> = asShape({
  part: asOneOf(['validation']),
  index: asCount,
});

/** Asks for the layers of the run, and follows the editor's cursor. */
export function useLayers(): void {
  const host = useHost();
  useMemo(() => keepLayers(host), [host]);
  const folder = host.store.head.value?.folder;
  useEffect(() => {
    let over = false;
    host.ask('layers', { kind: 'list' }).then(
      (answer) => {
        if (over || answer.kind !== 'list') return;
        layers.value = {
          list: answer.layers,
          byPath: new Map(answer.layers.map((layer) => [layer.path, layer])),
          attends: answer.attends,
          trouble: '',
        };
        follow(answer.cursor);
        // What is not trained (`Normalize`, frozen weights) has no row in the map.
        const first = answer.layers.find(({ trained }) => trained) ?? answer.layers[0];
        if (chosen.value === '' && first !== undefined) chosen.value = first.path;
      },
      (error: unknown) => {
        if (!over) layers.value = { ...NOTHING, trouble: error instanceof Error ? error.message : String(error) };
      },
    );
    const end = host.listen('layers', ({ paths }) => follow(paths));
    return () => {
      over = true;
      end();
    };
  }, [folder]);
}

function follow(paths: readonly string[]): void {
  cursor.value = paths;
  // A page that is shown again stays where one looked: the cursor may have stood there all the time.
  const place = paths.join('\n');
  if (place === followed.value) return;
  followed.value = place;
  // The first layer there that has a row; on a line without one what is shown stays.
  const to = paths.find((path) => layers.value.byPath.get(path)?.trained);
  if (to !== undefined && !paths.includes(chosen.value)) chosen.value = to;
}

/** The layer of a path; of a part (`Attention.0/query`) its layer, of an activation that stands by itself the one that it follows. */
export function layerAt(path: string): LayerBrief | undefined {
  const found = ancestorsOf(path).find((each) => layers.value.byPath.has(each));
  return found === undefined ? undefined : layers.value.byPath.get(found);
}

/** What the run found at the line of a layer, and what still holds; '' for nothing. */
export function findingAt(path: string, problems: readonly ProblemEvent[]): string {
  const layer = layerAt(path);
  if (layer === undefined) return '';
  const own = problems.filter(({ place }) => place?.line === layer.line && place.file === layer.file);
  return own.map(problemText).join('\n');
}

/** How a row is called. */
export function nameOf(path: string): string {
  const layer = layerAt(path);
  return layer === undefined ? path : `${layer.name}${path.slice(layer.path.length)}`;
}
