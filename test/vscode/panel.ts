/** The run's panel as it is seen. */
import { strict as assert } from 'node:assert';
import type { FrameLocator, Locator } from 'playwright-core';
import { textOf, until, webview, workbench } from './window.ts';

/** Opens a `.model` file from the explorer's quick open and presses ▶ in the editor's title. */
export async function pressTrain(): Promise<void> {
  const window = await workbench();
  const button = window.locator('.editor-actions .action-label[aria-label*="Train Model"]').first();
  await button.waitFor();
  await button.click();
}

/** The panel in a state; gives its inside. */
export async function panelIn(state: string, limit = 120_000): Promise<FrameLocator> {
  const panel = await webview();
  await panel.locator(`.badge.${state}`).waitFor({ timeout: limit });
  return panel;
}

/** The panel of a short run that trains, or is done already where the machine is fast. */
export async function panelStarted(): Promise<FrameLocator> {
  const panel = await webview();
  await panel.locator('.badge.running, .badge.finished').waitFor({ timeout: 120_000 });
  return panel;
}

/** The step that the panel shows. */
export async function stepOf(panel: FrameLocator): Promise<number> {
  const text = await textOf(panel.locator('.where').first());
  const match = /step ([\d,.\u202f ]+)/.exec(text);
  assert.ok(match, `a step in "${text}"`);
  return Number(match[1]?.replace(/[^\d]/g, ''));
}

/** Waits until the panel shows a later step. */
export async function moves(panel: FrameLocator): Promise<void> {
  const before = await stepOf(panel);
  await until(`a step after ${before}`, async () => (await stepOf(panel)) > before);
}

/** How many pixels of a canvas are drawn on. Read from a copy: reading a canvas itself changes how it is drawn from then on. */
export function inkOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return 0;
    const copy = document.createElement('canvas').getContext('2d');
    if (copy === null || element.width === 0) return 0;
    copy.canvas.width = element.width;
    copy.canvas.height = element.height;
    copy.drawImage(element, 0, 0);
    const pixels = copy.getImageData(0, 0, element.width, element.height).data;
    let drawn = 0;
    for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 0) drawn += 1;
    return drawn;
  });
}
