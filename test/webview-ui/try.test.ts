/**
 * The Try it tab: its pixels, and the tab in a real browser asked of a real model, by mouse and keyboard, in each theme.
 * Pictures are kept in `test/.out/panel`.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PANEL_VERSION } from '../../protocol/index.ts';
import { wavOf } from '../../webview-ui/try/bytes.ts';
import {
  centred,
  drawLine,
  emptyRaster,
  FINE,
  hasBrightEdge,
  invert,
  isEmpty,
  rasterOf,
  shrunk,
} from '../../webview-ui/try/raster.ts';
import { valueOfText } from '../../webview-ui/try/row-form.tsx';
import { lowContrast } from './contrast.ts';
import { goodRun } from './events.ts';
import { snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';
import type { ThemeName } from './themes.ts';
import { playWarmHost, type WarmRun, warmRun } from './warm-host.ts';

const root = join(import.meta.dirname, '..', '..');
const WHITE = { radius: 1, colour: [1] };

describe('pixels', () => {
  test('a dot covers the pixel that it is in, and softly those around', () => {
    const raster = emptyRaster(8, 8, 1);
    drawLine(raster, [3.5, 4.5], [3.5, 4.5], WHITE);
    const pixels = shrunk(raster);
    expect(pixels[4 * 8 + 3]).toBe(255);
    for (const [x, y] of [
      [2, 4],
      [4, 4],
      [3, 3],
      [3, 5],
    ] as const) {
      expect(pixels[y * 8 + x]).toBeGreaterThan(80);
      expect(pixels[y * 8 + x]).toBeLessThan(200);
    }
    expect(pixels[0]).toBe(0);
  });

  test('the same line twice is the same line, and black takes it away', () => {
    const raster = emptyRaster(8, 8, 1);
    drawLine(raster, [1, 4], [7, 4], WHITE);
    const once = shrunk(raster);
    drawLine(raster, [1, 4], [7, 4], WHITE);
    expect(shrunk(raster)).toEqual(once);
    drawLine(raster, [0, 4], [8, 4], { radius: 3, colour: [0] });
    expect(isEmpty(raster)).toBe(true);
  });

  test('pixels that were seen come back as they were', () => {
    const pixels = Uint8Array.from({ length: 5 * 4 * 3 }, (_, i) => (i * 37) % 256);
    expect(shrunk(rasterOf(pixels, 5, 4, 3))).toEqual(pixels);
  });

  test('what is drawn small in a corner fills 20 of 28 pixels about the middle, as in MNIST', () => {
    const raster = emptyRaster(28, 28, 1);
    drawLine(raster, [3, 3], [3, 10], { radius: 0.75, colour: [1] });
    const pixels = centred(raster);
    const rows = Array.from({ length: 28 }, (_, y) => pixels.subarray(y * 28, y * 28 + 28).reduce((a, b) => a + b, 0));
    const inked = rows.flatMap((sum, y) => (sum > 28 ? [y] : []));
    expect(inked.at(-1)! - inked[0]! + 1).toBeGreaterThanOrEqual(19);
    expect(inked.at(-1)! - inked[0]! + 1).toBeLessThanOrEqual(21);
    let [mass, x, y] = [0, 0, 0];
    for (const [i, value] of pixels.entries()) {
      mass += value;
      x += value * ((i % 28) + 0.5);
      y += value * (Math.floor(i / 28) + 0.5);
    }
    expect(x / mass).toBeCloseTo(14, 1);
    expect(y / mass).toBeCloseTo(14, 1);
    expect(centred(emptyRaster(28, 28, 1)).every((value) => value === 0)).toBe(true);
  });

  test('ink on paper is told from white on black', () => {
    const paper = emptyRaster(8, 8, 1);
    invert(paper);
    drawLine(paper, [4, 2], [4, 6], { radius: 1, colour: [0] });
    expect(hasBrightEdge(paper)).toBe(true);
    invert(paper);
    expect(hasBrightEdge(paper)).toBe(false);
    expect(paper.data).toHaveLength(64 * FINE * FINE);
  });
});

describe('values', () => {
  test('a class that is a number is sent as one', () => {
    const choice = {
      kind: 'choice',
      name: 'pclass',
      values: [1, 2, 3],
      more: 0,
      open: false,
      optional: false,
    } as const;
    expect(valueOfText(choice, '2')).toEqual({ kind: 'value', value: 2 });
    expect(valueOfText({ ...choice, values: ['S', 'C'] }, 'C')).toEqual({ kind: 'value', value: 'C' });
    expect(valueOfText(choice, '')).toBeUndefined();
  });

  test('a sound is a WAV of 16 bits', () => {
    const wav = Buffer.from(wavOf(Float32Array.of(0, 1, -1, 0.5), 8000));
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(24)).toBe(8000);
    expect([0, 1, 2, 3].map((i) => wav.readInt16LE(44 + 2 * i))).toEqual([0, 32767, -32767, 16384]);
  });
});

const WRITER = `
data Tale(context: int = 16) {
  source: text("tale.txt")
  window: int32[context + 1] = characters -> Index -> windows(context + 1, stride: 4)
  tokens: int32[context] = window[..-1]
  next: int32[context] = window[1..]
}
model Writer {
  input tokens: int32[T]
  output scores = tokens -> Embedding(32, 8) -> LSTM(16, sequences: true) -> Dense(32)
}
train Writer on Tale { loss: crossEntropy(scores, next); epochs: 2; batch: 32 }
`;

/** A decoder that is asked without an image once the place that the encoder gives is drawn by chance. */
const VAE = `
import Digits from "${join(import.meta.dirname, '..', '..', 'examples', 'digits', 'digits.model').replaceAll('\\', '/')}"
model Dreamer(latent: int = 4) {
  input image: float32[28, 28, 1]
  h = image -> Flatten -> Dense(64, relu)
  mean = h -> Dense(latent)
  logvar = h -> Dense(latent)
  z = mean + exp(0.5 * logvar) * gaussian([latent])
  output drawn = z -> Dense(64, relu) -> Dense(784, sigmoid) -> reshape([28, 28, 1])
  output kl = -0.5 * sum(1 + logvar - mean ** 2 - exp(logvar))
}
train Dreamer on Digits {
  loss: binaryCrossEntropy(drawn, image, reduce: sum) + kl
  optimizer: Adam(2e-3)
  epochs: 2
  batch: 128
}
`;

const found = await findBrowser();
const pictures = join(import.meta.dirname, '..', '.out', 'panel');
/** The first answer after a process was started may be slow; later ones are not. */
const LIVE = 50;

describe.skipIf('reason' in found)('in a browser', () => {
  let browser: Browser;
  let digits: WarmRun;
  let panels: PanelPage[] = [];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    if ('reason' in found) return;
    browser = await launch(found);
    digits = await warmRun('digits/digits.model', 'epochs=2');
  });
  afterAll(async () => {
    for (const panel of panels) expect([await panel.violations(), panel.errors]).toEqual([[], []]);
    panels = [];
    await browser?.close();
    digits?.dispose();
  });

  async function open(warm: WarmRun, theme: ThemeName = 'dark', width = 1180) {
    const panel = await openPanel(browser, { theme, width, height: 900 });
    panels.push(panel);
    await panel.page.waitForFunction(() => 'received' in window);
    const host = await playWarmHost(panel, warm.model);
    await panel.send(snapshotOf(goodRun({ steps: 400, epochs: 2, until: 400 })));
    await panel.page.getByRole('tab', { name: 'Try it' }).click();
    return { panel, page: panel.page, times: host.times };
  }

  async function drawOne(page: PanelPage['page']) {
    const box = await page.locator('.draw canvas').boundingBox();
    const at = (x: number, y: number) => [box!.x + (x / 28) * box!.width, box!.y + (y / 28) * box!.height] as const;
    await page.mouse.move(...at(14, 5));
    await page.mouse.down();
    for (let y = 6; y <= 23; y++) await page.mouse.move(...at(14, y));
    await page.mouse.up();
  }

  test('a line drawn with the mouse is a one, at once', async () => {
    const { page, times } = await open(digits);
    await page.getByText('Draw a digit').waitFor();
    await drawOne(page);
    await page.locator('.verdict b').filter({ hasText: /^1$/ }).waitFor();
    expect(await page.locator('.chances tr').count()).toBe(10);
    expect(await page.locator('.model-line').textContent()).toMatch(/checkpoint of epoch 2/);
    await page.getByText('centred and scaled as in MNIST').waitFor();
    times.sort((a, b) => a - b);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(LIVE);
    await page.getByRole('button', { name: 'Show preprocessing steps' }).click();
    await page.getByText('scale(0..255, 0..1)').waitFor();
    await page.screenshot({ path: join(pictures, 'try-steps-dark.png'), fullPage: true });
  });

  test('by keyboard alone: the same one, cleared again', async () => {
    const { page } = await open(digits);
    await page.locator('.draw').focus();
    for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    await page.getByText('Pen down, column 15, row 6').waitFor({ state: 'attached' });
    for (let i = 0; i < 18; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.locator('.verdict b').filter({ hasText: /^1$/ }).waitFor();
    await page.keyboard.press('Delete');
    await page.getByText('Give the model something').waitFor();
  });

  test('rows of the data: a random one, by number, the next, with what it is', async () => {
    const { page } = await open(digits);
    await page.getByRole('button', { name: 'Random example' }).click();
    await page.getByText('In the data, label is').waitFor();
    const number = page.getByLabel('Number of the example');
    await number.fill('5');
    await number.press('Enter');
    await page.getByText(/Of the validation rows/).waitFor();
    await page.getByRole('button', { name: 'Next example' }).click();
    await expect.poll(() => number.inputValue()).toBe('6');
    await page.getByText('the model is').waitFor();
  });

  test('a picture of a file, dark on white, is turned round', async () => {
    const { page } = await open(digits);
    const png = await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [60, 80];
      const context = canvas.getContext('2d')!;
      context.fillStyle = 'white';
      context.fillRect(0, 0, 60, 80);
      context.fillStyle = 'black';
      context.fillRect(26, 15, 7, 50);
      return canvas.toDataURL('image/png').split(',')[1]!;
    });
    const file = { name: 'one.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.locator('.verdict b').filter({ hasText: /^1$/ }).waitFor();
    await page.locator('input[type=file]').setInputFiles({ ...file, buffer: Buffer.from('<b>no picture</b>') });
    await page.getByText('no picture that can be read').waitFor();
  });

  test('a row of a table: an example fills the form, a changed cell changes the answer', async () => {
    const houses = await warmRun('table/houses.model', 'epochs=3');
    const { page } = await open(houses);
    await page.getByRole('button', { name: 'Random example' }).click();
    const area = page.getByLabel('area');
    await expect.poll(() => area.inputValue()).not.toBe('');
    const said = () => page.locator('.verdict b').textContent();
    const before = await said();
    await area.fill('400');
    await expect.poll(said).not.toBe(before);
    await page.getByLabel('garden').fill('no');
    await page.getByText('in the units of value').waitFor();
    await page.screenshot({ path: join(pictures, 'try-row-dark.png'), fullPage: true });
    await area.fill('');
    await page.getByText('Give the model something').waitFor();
    houses.dispose();
  });

  test('a text comes token by token, can be stopped, and is the same with the same seed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mw-write-'));
    writeFileSync(join(folder, 'tale.txt'), 'the fox sees the hen and the hen sees the fox. '.repeat(40));
    writeFileSync(join(folder, 'tale.model'), WRITER);
    const tales = await warmRun(join(folder, 'tale.model'));
    const { page } = await open(tales);
    await page.getByLabel('Beginning').fill('the fox ');
    const write = page.getByRole('button', { name: 'Write', exact: true });
    await page.getByLabel('Tokens', { exact: true }).fill('60');
    await write.click();
    const written = page.locator('.written');
    await expect.poll(async () => (await written.textContent())?.length).toBe(68);
    const first = await written.textContent();
    expect(first).toMatch(/^the fox /);
    await write.click();
    await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
    expect(await written.textContent()).toBe(first);
    await page.getByRole('button', { name: 'Another one' }).click();
    await expect.poll(async () => (await written.textContent())?.length).toBe(68);
    expect(await written.textContent()).not.toBe(first);
    await page.screenshot({ path: join(pictures, 'try-write-dark.png'), fullPage: true });
    await page.getByLabel('Tokens', { exact: true }).fill('10000');
    await write.click();
    await expect.poll(async () => (await written.textContent())?.length).toBeGreaterThan(10);
    await page.getByRole('button', { name: 'Stop writing' }).click();
    await write.waitFor();
    expect((await written.textContent())?.length).toBeLessThan(10_000);
    tales.dispose();
  });

  test('examples from chance, alike with the same seed', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mw-vae-')), 'vae.model');
    writeFileSync(file, VAE);
    const vae = await warmRun(file);
    const { page } = await open(vae);
    const samples = page.locator('.samples canvas');
    await expect.poll(() => samples.count()).toBe(16);
    const first = () => samples.first().evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const before = await first();
    await page.getByRole('button', { name: 'Others' }).click();
    await expect.poll(first).not.toBe(before);
    await page.getByLabel('Seed').fill('1');
    await page.getByLabel('Seed').press('Enter');
    await expect.poll(first).toBe(before);
    await page.screenshot({ path: join(pictures, 'try-samples-dark.png'), fullPage: true });
    vae.dispose();
  });

  test('in Chinese, narrow', async () => {
    const { page, panel } = await open(digits, 'light', 520);
    const texts = JSON.parse(readFileSync(join(root, 'l10n', 'bundle.l10n.zh-cn.json'), 'utf8'));
    await panel.send({ version: PANEL_VERSION, kind: 'texts', locale: 'zh-cn', texts });
    await page.getByText('画一个数字').waitFor();
    await drawOne(page);
    await page.locator('.verdict').waitFor();
    await page.screenshot({ path: join(pictures, 'try-zh-520.png'), fullPage: true });
    expect(await page.locator('.try').innerText()).not.toMatch(/[a-z]{4,} (?!float32)[a-z]{2,}/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  test.each(['dark', 'light', 'contrast'] as const)(
    'can be read in %s, wide and narrow',
    async (theme) => {
      for (const width of [1180, 520]) {
        const { page } = await open(digits, theme, width);
        await drawOne(page);
        await page.locator('.verdict').waitFor();
        await page.screenshot({ path: join(pictures, `try-${theme}-${width}.png`), fullPage: true });
        expect(await page.evaluate(lowContrast)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
          0,
        );
      }
    },
    60_000,
  );
});
