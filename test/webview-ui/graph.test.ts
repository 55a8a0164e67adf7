/** The graph in a real browser, with the test as its host: drawn, readable, by mouse and keys, found, saved; in the panel as well. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largeGpt } from '../../bench/graphs.ts';
import { GraphSession } from '../../client/graph/graph-session.ts';
import { type GraphAsk, type LayersEvent, PANEL_VERSION, type ProgramGraph } from '../../protocol/index.ts';
import { lowContrast } from './contrast.ts';
import { goodRun } from './events.ts';
import { snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';
import { mnist, residual } from './played-graphs.ts';
import type { ThemeName } from './themes.ts';

const found = await findBrowser();
const pictures = join(import.meta.dirname, '..', '.out', 'panel');

interface Played {
  readonly session: GraphSession;
  readonly asked: GraphAsk[];
  readonly page: PanelPage;
  /** Answers what was asked since; until nothing more is. */
  serve(): Promise<void>;
  close(): Promise<void>;
}

describe.skipIf('reason' in found)('the graph in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  /** A page with the graph in it; questions are answered as the host does. */
  const play = async (page: PanelPage, program: { graph: ProgramGraph; stale?: boolean }): Promise<Played> => {
    let revision = 1;
    let last = program.graph;
    const session = new GraphSession(
      {
        ask: async (known) => {
          if (program.graph !== last) revision += 1;
          last = program.graph;
          const stale = program.stale === true;
          return known === revision
            ? { kind: 'unchanged', stale }
            : { kind: 'graph', graph: program.graph, revision, stale };
        },
        cursor: () => undefined,
      },
      { count: (value) => value.toLocaleString('en') },
    );
    const asked: GraphAsk[] = [];
    let done = 0;
    const answer = async () => {
      const asks = (await page.received()).filter(({ kind }) => kind === 'ask').slice(done);
      for (const { topic, request, body } of asks as unknown as { topic: string; request: number; body: GraphAsk }[]) {
        done += 1;
        if (topic !== 'graph') continue;
        asked.push(body);
        const given =
          body.kind === 'graph'
            ? await session.answerGraph(body.known)
            : body.kind === 'layout'
              ? await session.answerLayout(body.revision, body.open, body.show)
              : { kind: 'done' };
        await page.send({ version: PANEL_VERSION, kind: 'answer', request, topic, body: given });
      }
      return asks.length;
    };
    return {
      session,
      asked,
      page,
      async serve() {
        for (let quiet = 0; quiet < 2; ) {
          quiet = (await answer()) > 0 ? 0 : quiet + 1;
          await page.page.evaluate(
            () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))),
          );
        }
      },
      async close() {
        expect(await page.violations()).toEqual([]);
        expect(page.errors).toEqual([]);
        await page.page.context().close();
      },
    };
  };

  const open = async (
    graph: ProgramGraph,
    theme: ThemeName = 'dark',
    width = 1092,
    texts: Readonly<Record<string, string>> = {},
  ): Promise<Played> => {
    const page = await openPanel(browser, { name: 'graph', theme, width, height: 1000 });
    const played = await play(page, { graph });
    await page.send({ version: PANEL_VERSION, kind: 'texts', locale: 'en', texts });
    await played.serve();
    await page.page.locator('[role=treeitem]').first().waitFor();
    return played;
  };

  test.each([
    ['dark', 1092],
    ['light', 1092],
    ['contrast', 1092],
    ['dark', 520],
  ] as const)('%s at %i pixels: drawn, readable, within its width', async (theme, width) => {
    for (const [name, graph] of [
      ['small', mnist],
      ['residual', residual],
    ] as const) {
      const played = await open(graph, theme, width);
      const { page } = played.page;
      expect(await page.evaluate(lowContrast)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.screenshot({ path: join(pictures, `graph-${name}-${theme}-${width}.png`) });
      await played.close();
    }
  });

  test('texts lie within their boxes', async () => {
    const played = await open(residual);
    const wide = await played.page.page.evaluate(() =>
      [...document.querySelectorAll('[role=treeitem]')].flatMap((item) => {
        const body = item.querySelector('.body, .frame')?.getBoundingClientRect();
        const text = item.querySelector('text')?.getBoundingClientRect();
        return body && text && text.left >= body.left && text.right <= body.right ? [] : [item.textContent];
      }),
    );
    expect(wide).toEqual([]);
    await played.close();
  });

  test('a click chooses and shows the line; a double click opens a folded block and closes it', async () => {
    const played = await open(residual);
    const { page } = played.page;
    const item = (name: string | RegExp) => page.getByRole('treeitem', { name }).first();
    await item(/^Embedding/).click();
    await played.serve();
    expect(played.asked.at(-1)).toMatchObject({ kind: 'reveal', of: 'node' });
    expect(await item(/^Embedding/).getAttribute('aria-selected')).toBe('true');
    expect(await item(/^Layer ×6/).getAttribute('aria-expanded')).toBe('false');
    await item(/^Layer ×6/).dblclick();
    await played.serve();
    expect(await item(/^Layer ×6/).getAttribute('aria-expanded')).toBe('true');
    expect(await page.getByRole('treeitem', { name: /^Layer,/ }).count()).toBe(6);
    await page.screenshot({ path: join(pictures, 'graph-fold-open.png') });
    await played.close();
  });

  test('by keyboard: arrows follow the lines into boxes and out of them, Enter opens, + and 0 zoom, / searches', async () => {
    const played = await open(residual);
    const { page } = played.page;
    const chosen = () => page.locator('[aria-selected=true]').first().getAttribute('aria-label');
    const press = async (key: string) => {
      await page.keyboard.press(key);
      await played.serve();
    };
    await page.locator('[role=treeitem][tabindex="0"]').focus();
    expect(await chosen()).toMatch(/^tokens/);
    await press('ArrowDown');
    expect(await chosen()).toMatch(/^Embedding/);
    await press('ArrowLeft');
    expect(await chosen()).toMatch(/^Embedding, 64/);
    await press('ArrowRight');
    await press('ArrowDown');
    expect(await chosen()).toMatch(/^\+/);
    await press('ArrowDown');
    expect(await chosen()).toMatch(/^Layer ×6/);
    await press('Enter');
    await press('ArrowDown');
    await press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('treeitem');
    const scale = () => page.locator('.graph-canvas svg > g').getAttribute('transform');
    const before = await scale();
    await press('+');
    expect(await scale()).not.toBe(before);
    await press('0');
    await press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('graph-search');
    await played.close();
  });

  test('what is searched for is found in closed blocks', async () => {
    const played = await open(residual);
    const { page } = played.page;
    await page.getByRole('searchbox').fill('attention');
    expect(await page.getByText('6 found').count()).toBe(1);
    await page.getByRole('searchbox').press('Enter');
    await played.serve();
    expect(await page.locator('[aria-selected=true]').getAttribute('aria-label')).toMatch(/^Attention/);
    await page.screenshot({ path: join(pictures, 'graph-found.png') });
    await played.close();
  });

  test('colours by parameters have a scale; a line tells its value; the table has every operation', async () => {
    const played = await open(mnist);
    const { page } = played.page;
    await page.getByLabel('Colour').selectOption('parameters');
    await page.screenshot({ path: join(pictures, 'graph-parameters.png') });
    expect(await page.locator('.graph-legend').textContent()).toMatch(/Parameters320/);
    const line = page.locator('.way').first();
    await line.locator('.near').hover({ force: true, position: { x: 6, y: 12 } });
    expect(await page.getByRole('tooltip').textContent()).toContain('image → Conv2D\nfloat32[28, 28, 1]');
    await page.getByRole('button', { name: 'Table' }).click();
    expect(await page.locator('tbody tr').count()).toBe(mnist.nodes.length);
    await played.close();
  });

  test('saved as SVG without style sheets, and as PNG', async () => {
    const played = await open(mnist);
    const { page } = played.page;
    await page.getByRole('button', { name: 'SVG' }).click();
    await played.serve();
    const svg = played.asked.find((ask) => ask.kind === 'save');
    expect(svg?.kind === 'save' && svg.data).toMatch(/^<svg /);
    const text = svg?.kind === 'save' ? svg.data : '';
    expect(text).not.toMatch(/var\(|color\(|class=/);
    expect(text).toContain('fill="#3794ff"');
    expect(text).toContain('>Conv2D<');
    writeFileSync(join(pictures, 'graph-saved.svg'), text);
    await page.getByRole('button', { name: 'PNG' }).click();
    await expect
      .poll(async () => {
        await played.serve();
        return played.asked.filter((ask) => ask.kind === 'save').length;
      })
      .toBe(2);
    const png = played.asked.at(-1);
    const bytes = Buffer.from(png?.kind === 'save' ? png.data : '', 'base64');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    writeFileSync(join(pictures, 'graph-saved.png'), bytes);
    await played.close();
  });

  test('the editor’s cursor marks its operation; a program with errors keeps its graph and says so', async () => {
    const page = await openPanel(browser, { name: 'graph', theme: 'dark', width: 1092 });
    const program = { graph: mnist, stale: false };
    const played = await play(page, program);
    await played.serve();
    const node = mnist.nodes.findIndex(({ name }) => name === 'MaxPool2D');
    await page.send({
      version: PANEL_VERSION,
      kind: 'tell',
      topic: 'graph',
      body: { kind: 'cursor', cursor: { nodes: [node], groups: [] } },
    });
    await expect.poll(() => page.page.locator('[aria-selected=true]').getAttribute('aria-label')).toMatch(/^MaxPool2D/);
    program.stale = true;
    await page.send({ version: PANEL_VERSION, kind: 'tell', topic: 'graph', body: { kind: 'changed' } });
    await played.serve();
    expect(await page.page.getByText('this is the graph from before them').count()).toBe(1);
    program.graph = residual;
    program.stale = false;
    await page.send({ version: PANEL_VERSION, kind: 'tell', topic: 'graph', body: { kind: 'changed' } });
    await played.serve();
    expect(await page.page.getByRole('heading', { name: 'Net' }).count()).toBe(1);
    expect(await page.page.getByText('this is the graph from before them').count()).toBe(0);
    await played.close();
  });

  test('of two thousand operations only those in sight are drawn', async () => {
    const played = await open(largeGpt());
    const { page } = played.page;
    await page.getByRole('button', { name: 'Open all' }).click();
    await played.serve();
    await played.serve();
    const scene = await page.locator('[role=treeitem]').count();
    expect(scene).toBeGreaterThan(5);
    expect(scene).toBeLessThan(400);
    await page.screenshot({ path: join(pictures, 'graph-large.png') });
    await played.close();
  });

  test('in the panel of a run', async () => {
    const page = await openPanel(browser, { theme: 'dark', width: 1092, height: 1110 });
    const played = await play(page, { graph: mnist });
    const events = goodRun({ steps: 150, epochs: 3, until: 150 });
    const sizes = (gradient: number) => ({ gradient, weight: 1 });
    const layers: LayersEvent = {
      kind: 'layers',
      seq: events.length + 1,
      time: events.at(-1)?.time ?? 0,
      step: 150,
      epoch: 3,
      weights: {
        'MnistCnn/Features.0/Conv2D.0/kernel': sizes(0.03),
        'MnistCnn/Features.0/Conv2D.0/bias': sizes(0.04),
        'MnistCnn/Classifier.0/Dense.0/kernel': sizes(2),
      },
      results: {},
    };
    await page.send(snapshotOf([...events, layers]));
    await page.page.getByRole('tab', { name: 'Graph' }).click();
    await played.serve();
    await page.page.locator('[role=treeitem]').first().waitFor();
    await page.page.screenshot({ path: join(pictures, 'graph-tab.png'), fullPage: true });
    await page.page.getByLabel('Colour').selectOption('gradient');
    expect(await page.page.locator('.graph-legend').textContent()).toBe('Norm of the gradient at step 1500.05002.00');
    await page.page.getByRole('treeitem', { name: /^Conv2D/ }).click();
    expect(await page.page.locator('.graph-foot').textContent()).toContain('gradient 0.0500');
    await played.close();
  });

  test('in Chinese', async () => {
    const bundle = readFileSync(join(import.meta.dirname, '../../l10n/bundle.l10n.zh-cn.json'), 'utf8');
    const played = await open(mnist, 'dark', 1092, JSON.parse(bundle));
    await played.page.page.screenshot({ path: join(pictures, 'graph-zh.png') });
    expect(await played.page.page.evaluate(lowContrast)).toEqual([]);
    await played.close();
  });
});
