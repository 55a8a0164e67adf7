/**
 * The panel in a real browser, as it is bundled, with the bench as its host: the size of its bundle, how long it draws, what a
 * training is slowed by it, and what it costs while it is hidden.
 */
import type { Browser } from 'playwright-core';
import { hiddenTable, measureHidden } from './panel/hidden.ts';
import { type Bundle, findBrowser, HEIGHT, launch, readBundle, WIDTH } from './panel/page.ts';
import { sizeTable } from './panel/size.ts';
import { measureTimes } from './panel/times.ts';
import { measureWatched, type Watched, watchedTable } from './panel/watched.ts';
import type { Bench, BenchOptions, BenchSection } from './section.ts';

/** Part of `npm run bench`. */
export const bench: Bench = async (options): Promise<BenchSection> => {
  const bundle = readBundle(options.root);
  const sizes = sizeTable(bundle);
  const found = await findBrowser(options.root);
  if ('reason' in found) {
    return { title: 'Panel', tables: [sizes.table], targets: sizes.targets, notes: [`Not measured: ${found.reason}`] };
  }
  const browser = await launch(found);
  try {
    const rounds = options.quick ? 1 : 5;
    const times = await measureTimes(browser, bundle, rounds);
    const beside = process.platform === 'linux' ? await measureBeside(browser, bundle, options) : [];
    return {
      title: 'Panel',
      tables: [sizes.table, times.table, ...beside.map(({ table }) => table)],
      targets: [...sizes.targets, ...times.targets, ...beside.flatMap(({ targets }) => targets)],
      notes: [
        `${browser.version()}, headless, drawn by software at ${WIDTH} × ${HEIGHT}; medians of ${rounds} rounds. ` +
          'Main thread: the time that the page’s tasks took. An append is 100 rows, ten a second.',
        beside.length === 0
          ? 'Processor time of other processes is read on Linux only, so the panel beside a training was not measured.'
          : 'Watched: the digits example, one process, watched and not in turn, in the order A B B A. The page is drawn by the same cores that train, which in VS Code a graphics card does.',
      ],
    };
  } finally {
    await browser.close();
  }
};

async function measureBeside(browser: Browser, bundle: Bundle, { root, quick }: BenchOptions) {
  const all: Watched[] = [];
  for (const threads of [1, 2])
    all.push(await measureWatched(browser, bundle, { root, threads, blocks: quick ? 2 : 10, epochs: quick ? 1 : 4 }));
  return [watchedTable(all), hiddenTable(await measureHidden(browser, bundle, quick ? 2 : 5, quick ? 1 : 10))];
}
