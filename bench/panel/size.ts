/** Sizes of the panel's bundle: what the first view needs, and what is loaded when a tab is chosen. */
import { gzipSync } from 'node:zlib';
import type { BenchTable, BenchTarget } from '../section.ts';
import type { Bundle } from './page.ts';

const KIB = 1024;

export function sizeTable(bundle: Bundle): { readonly table: BenchTable; readonly targets: readonly BenchTarget[] } {
  const { script, style, parts } = bundle;
  const needed = firstParts(bundle);
  const texts = (at: boolean) => [...parts].filter(([name]) => needed.has(name) === at).map(([, text]) => text);
  const row = (name: string, all: readonly string[]): readonly [string, number, number] => [
    name,
    all.reduce((sum, text) => sum + text.length, 0) / KIB,
    all.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0) / KIB,
  ];
  const first = row('first view: panel.js, its parts, panel.css', [script, ...texts(true), style]);
  const later = row('tabs, loaded when they are chosen', texts(false));
  const size = (what: string, packed: number, most: number): BenchTarget => {
    return { what, wanted: `≤ ${most} KiB gzip`, measured: `${packed.toFixed(1)} KiB`, held: packed <= most };
  };
  return {
    table: { title: 'Bundle (KiB)', columns: ['what', 'minified', 'gzip'], rows: [first, later] },
    targets: [size('panel, first view', first[2], 90), size('panel, all tabs', first[2] + later[2], 120)],
  };
}

/** Parts that the script cannot begin without: those that it imports at once, and what these import. */
function firstParts({ script, parts }: Bundle): Set<string> {
  const needed = new Set<string>();
  const add = (text: string): void => {
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/(?:panel\/)?([\w.-]+\.js)"/g)) {
      const path = `panel/${name}`;
      if (needed.has(path)) continue;
      needed.add(path);
      add(parts.get(path) ?? '');
    }
  };
  add(script);
  return needed;
}
