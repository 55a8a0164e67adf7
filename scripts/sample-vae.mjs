/**
 * `node scripts/sample-vae.mjs RUN [--runs=DIR] [--to=docs/images/vae-samples.png]`: what a run of `examples/families/vae.model`
 * paints, by `modelwright predict`. Above, digits and under each its reconstruction; below, digits that never were.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dist, root } from './lib/paths.mjs';
import { greyPng } from './lib/png.mjs';
import { predicted, sampleOptions } from './lib/predicted.mjs';
import { say } from './lib/say.mjs';

const ACROSS = 16;
const SIDE = 28;
const SIZE = SIDE * SIDE;
const { run, to = join(root, 'docs', 'images', 'vae-samples.png'), ...options } = sampleOptions();

const data = process.env.MODELWRIGHT_DATA ?? join(root, 'examples', 'families');
const images = gunzipSync(readFileSync(join(data, 'mnist', 't10k-images-idx3-ubyte.gz'))).subarray(16);
const given = Array.from({ length: 8 * ACROSS }, (_, i) =>
  Array.from(images.subarray(i * SIZE, (i + 1) * SIZE), (byte) => byte / 255),
);
const { drawn, dreamt } = await predicted(run, { image: given }, join(dist, 'results'), options);
const rows = [given.slice(0, ACROSS), drawn.slice(0, ACROSS)];
for (let row = 0; row < 6; row++) rows.push(dreamt.slice(row * ACROSS, (row + 1) * ACROSS));

const gap = 2;
const [width, height] = [ACROSS * (SIDE + gap) + gap, rows.length * (SIDE + gap) + gap];
const pixels = Buffer.alloc(width * height, 40);
for (const [down, row] of rows.entries()) {
  for (const [across, image] of row.entries()) {
    const flat = image.flat(3);
    for (let i = 0; i < SIZE; i++) {
      const [y, x] = [gap + down * (SIDE + gap) + Math.floor(i / SIDE), gap + across * (SIDE + gap) + (i % SIDE)];
      pixels[y * width + x] = Math.round(255 * Math.min(Math.max(flat[i], 0), 1));
    }
  }
}
mkdirSync(dirname(to), { recursive: true });
writeFileSync(to, greyPng(pixels, width, height));
say(`wrote ${to}`);
