/**
 * Makes the table of `examples/table`: `node scripts/make-houses.mjs [FILE]`. Invented houses whose price follows from their
 * columns by a rule with some noise, so that a network has something to find. The same every time.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { normal, randomFrom } from './lib/random.mjs';

const ROWS = 3000;
const districts = [
  { name: 'harbour', price: 1.35, share: 0.15 },
  { name: 'old town', price: 1.2, share: 0.2 },
  { name: 'hillside', price: 1.1, share: 0.2 },
  { name: 'station', price: 0.9, share: 0.25 },
  { name: 'meadow', price: 0.8, share: 0.2 },
];

const random = randomFrom(7);

function chooseDistrict() {
  let left = random();
  for (const district of districts) {
    left -= district.share;
    if (left < 0) return district;
  }
  return districts[0];
}

function house() {
  const district = chooseDistrict();
  const area = Math.round(Math.min(280, Math.max(35, 95 + normal(random) * 38)));
  const rooms = Math.max(1, Math.round(area / 27 + normal(random) * 0.8));
  const built = Math.round(1890 + random() * 133);
  const floor = Math.floor(random() * 6);
  const distance = Math.round(Math.min(20, Math.max(0.2, Math.abs(normal(random)) * 5 + 0.5)) * 10) / 10;
  const garden = floor === 0 && random() < 0.7 ? 'yes' : 'no';
  // Very old houses are loved again; those of the middle of the century are not.
  const age = 0.88 + 0.22 * ((built - 1955) / 65) ** 2;
  const price =
    area * 3.1 * district.price * age * Math.exp(-0.035 * distance) * (garden === 'yes' ? 1.12 : 1) +
    rooms * 4 +
    floor * 2.5;
  const noisy = price * (1 + normal(random) * 0.04);
  return [area, rooms, built, floor, distance, district.name, garden, Math.round(noisy * 1000)].join(',');
}

const lines = ['area,rooms,built,floor,distance,district,garden,price', ...Array.from({ length: ROWS }, house)];
const file = process.argv[2] ?? join(import.meta.dirname, '..', 'examples', 'table', 'houses.csv');
writeFileSync(file, `${lines.join('\n')}\n`);
console.log(`${file}: ${ROWS} rows`);
