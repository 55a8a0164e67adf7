/**
 * Pictures of the documentation, from those that the tests of the panel and the journey in VS Code leave in test/.out:
 * cut to their upper part and packed.
 * `npx vitest run test/webview-ui` and `npm test -- vscode-development` take them anew; one that is not there is left as it is.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const root = join(import.meta.dirname, '..');

/** Name in docs/images, picture of a test, rows of pixels from the top (below 1: a share of them). */
const pictures = [
  ['metrics-dark', 'panel/metrics-dark-1180', 1114],
  ['metrics-light', 'panel/metrics-light-1180', 1114],
  ['metrics-pinned', 'panel/metrics-pinned', 900],
  ['layers-dark', 'panel/layers-inside-dark-1100', 1500],
  ['evaluate-dark', 'vscode-development/journey/tab-evaluate-dark', 0.96],
  ['evaluate-threshold', 'evaluate/yes-no', 780],
  ['try-dark', 'panel/try-dark-1180', 760],
  ['try-samples', 'panel/try-samples-dark', 760],
  ['graph-dark', 'panel/graph-tab', 1300],
  ['compare-dark', 'vscode-development/journey/tab-compare-dark', 0.96],
  ['log-dark', 'vscode-development/journey/tab-log-dark', 0.85],
  ['editor-light', 'vscode-development/journey/journey-19-finished', 0.99],
  ['quick-fix', 'vscode-development/inside/quick-fix', 0.62],
  ['panel-dark', 'vscode-development/journey/tab-metrics-dark', 0.85],
  ['panel-light', 'vscode-development/journey/tab-metrics-light', 0.85],
];

for (const [name, from, rows] of pictures) {
  const path = join(root, 'test', '.out', `${from}.png`);
  if (!existsSync(path)) {
    console.log(`${name}: test/.out/${from}.png is not there`);
    continue;
  }
  const { width = 1, height = 1 } = await sharp(path).metadata();
  const { size } = await sharp(path)
    .extract({ left: 0, top: 0, width, height: rows < 1 ? Math.round(height * rows) : Math.min(rows, height) })
    .png({ palette: true, colours: 128, effort: 10 })
    .toFile(join(root, 'docs', 'images', `${name}.png`));
  console.log(`${name}: ${Math.round(size / 1024)} KiB`);
}
