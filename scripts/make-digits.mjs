/**
 * Makes the handwritten-looking digits of `examples/digits`: `node scripts/make-digits.mjs [FOLDER]`. Each digit is drawn
 * from strokes whose points tremble, then slanted, turned, stretched and bent, with a pen of random width. The same seed
 * gives the same images. 10,000 for training and 2,000 for evaluation, as IDX files like MNIST's.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { normal, randomFrom } from './lib/random.mjs';

const SIZE = 28;
const PARTS = [
  { name: 'train', count: 10_000, seed: 1 },
  { name: 'test', count: 2_000, seed: 2 },
];

// ---- strokes, in a square from 0 to 1, y downwards

/** Points of an arc of an ellipse, angles in degrees clockwise from the right. */
function arc(cx, cy, rx, ry, from, to) {
  const steps = Math.max(6, Math.ceil(Math.abs(to - from) / 18));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

/** The ways in which each digit is written; each way is a list of strokes. */
const shapes = [
  [[arc(0.5, 0.5, 0.27, 0.4, -80, 285)], [arc(0.5, 0.5, 0.34, 0.38, -120, 245)], [arc(0.5, 0.5, 0.2, 0.4, -90, 275)]],
  [
    [
      [
        [0.5, 0.1],
        [0.5, 0.9],
      ],
    ],
    [
      [
        [0.34, 0.26],
        [0.52, 0.1],
        [0.52, 0.9],
      ],
    ],
    [
      [
        [0.36, 0.28],
        [0.5, 0.12],
        [0.5, 0.88],
      ],
      [
        [0.34, 0.88],
        [0.66, 0.88],
      ],
    ],
    [
      [
        [0.56, 0.1],
        [0.46, 0.9],
      ],
    ],
  ],
  [
    [[...arc(0.5, 0.3, 0.24, 0.2, -165, 45), [0.26, 0.88], [0.78, 0.88]]],
    [
      [
        ...arc(0.48, 0.3, 0.22, 0.2, -170, 60),
        [0.36, 0.76],
        ...arc(0.34, 0.8, 0.08, 0.07, 200, -20),
        [0.56, 0.86],
        [0.78, 0.8],
      ],
    ],
    [[[0.26, 0.16], [0.6, 0.13], ...arc(0.54, 0.3, 0.2, 0.17, -60, 50), [0.26, 0.86], [0.76, 0.88]]],
  ],
  [
    [[...arc(0.46, 0.29, 0.23, 0.19, -155, 90), ...arc(0.46, 0.68, 0.27, 0.21, -90, 155)]],
    [[[0.26, 0.13], [0.7, 0.13], [0.46, 0.42], ...arc(0.46, 0.66, 0.26, 0.23, -80, 150)]],
    [[...arc(0.44, 0.28, 0.24, 0.17, -150, 80), [0.42, 0.45], ...arc(0.44, 0.68, 0.24, 0.22, -80, 160)]],
  ],
  [
    [
      [
        [0.58, 0.1],
        [0.22, 0.62],
        [0.8, 0.62],
      ],
      [
        [0.62, 0.36],
        [0.62, 0.92],
      ],
    ],
    [
      [
        [0.3, 0.12],
        [0.28, 0.5],
        [0.74, 0.5],
      ],
      [
        [0.7, 0.1],
        [0.68, 0.92],
      ],
    ],
    [
      [
        [0.34, 0.12],
        [0.24, 0.54],
        [0.78, 0.52],
      ],
      [
        [0.66, 0.3],
        [0.6, 0.92],
      ],
    ],
    [
      [
        [0.64, 0.92],
        [0.64, 0.1],
        [0.2, 0.64],
        [0.82, 0.64],
      ],
    ],
  ],
  [
    [[[0.72, 0.12], [0.34, 0.12], [0.3, 0.46], ...arc(0.47, 0.65, 0.25, 0.23, -120, 150)]],
    [
      [[0.34, 0.14], [0.32, 0.46], ...arc(0.46, 0.66, 0.26, 0.22, -110, 145)],
      [
        [0.33, 0.13],
        [0.74, 0.11],
      ],
    ],
    [[[0.7, 0.14], [0.36, 0.16], [0.34, 0.44], [0.56, 0.42], ...arc(0.5, 0.66, 0.22, 0.22, -60, 160)]],
  ],
  [
    [[[0.64, 0.1], [0.4, 0.34], ...arc(0.49, 0.67, 0.23, 0.21, 190, 550)]],
    [[[0.58, 0.1], [0.34, 0.4], [0.28, 0.68], ...arc(0.48, 0.7, 0.2, 0.18, 170, -185)]],
    [[...arc(0.62, 0.5, 0.34, 0.42, -100, -190), ...arc(0.48, 0.68, 0.21, 0.2, 170, 530)]],
  ],
  [
    [
      [
        [0.22, 0.14],
        [0.76, 0.14],
        [0.42, 0.9],
      ],
    ],
    [
      [
        [0.24, 0.15],
        [0.76, 0.12],
        [0.5, 0.5],
        [0.44, 0.9],
      ],
    ],
    [
      [
        [0.22, 0.16],
        [0.76, 0.14],
        [0.42, 0.9],
      ],
      [
        [0.34, 0.5],
        [0.68, 0.5],
      ],
    ],
    [
      [
        [0.22, 0.26],
        [0.24, 0.14],
        [0.78, 0.14],
        [0.46, 0.9],
      ],
    ],
  ],
  [
    [[...arc(0.5, 0.29, 0.2, 0.18, 80, 440), ...arc(0.5, 0.68, 0.25, 0.21, -90, 270)]],
    [
      [
        ...arc(0.52, 0.29, 0.2, 0.18, -40, -265),
        [0.5, 0.47],
        ...arc(0.48, 0.68, 0.22, 0.2, -70, 230),
        [0.54, 0.46],
        [0.68, 0.2],
      ],
    ],
  ],
  [
    [[...arc(0.49, 0.32, 0.22, 0.21, 0, 360), [0.7, 0.4], [0.6, 0.9]]],
    [[...arc(0.48, 0.31, 0.23, 0.2, -20, -350), [0.7, 0.3], [0.68, 0.9]]],
    [[...arc(0.49, 0.33, 0.21, 0.22, -10, 350), [0.7, 0.5], ...arc(0.5, 0.72, 0.2, 0.18, 0, 140)]],
  ],
];

// ---- one image

/** A smooth field of displacements: a coarse grid of random ones, read between its points. */
function bend(random, strength) {
  const cells = 4;
  const grid = Array.from({ length: (cells + 1) ** 2 }, () => [normal(random) * strength, normal(random) * strength]);
  return ([x, y]) => {
    const gx = Math.min(Math.max(x, 0), 0.9999) * cells;
    const gy = Math.min(Math.max(y, 0), 0.9999) * cells;
    const [i, j] = [Math.floor(gx), Math.floor(gy)];
    // Smoothstep, so that the field has no creases.
    const [u, v] = [gx - i, gy - j].map((t) => t * t * (3 - 2 * t));
    const at = (di, dj) => grid[(j + dj) * (cells + 1) + i + di];
    return [0, 1].map(
      (axis) =>
        (at(0, 0)[axis] * (1 - u) + at(1, 0)[axis] * u) * (1 - v) + (at(0, 1)[axis] * (1 - u) + at(1, 1)[axis] * u) * v,
    );
  };
}

/** Points between the given ones on a smooth curve through them (Catmull-Rom), corners rounded as a pen does. */
function smooth(points) {
  const out = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [p0, p1, p2, p3] = [
      points[Math.max(0, i - 1)],
      points[i],
      points[i + 1],
      points[Math.min(points.length - 1, i + 2)],
    ];
    for (let step = 0; step < 4; step++) {
      const t = step / 4;
      out.push(
        [0, 1].map((axis) => {
          const [a, b, c, d] = [p0[axis], p1[axis], p2[axis], p3[axis]];
          const curve = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t;
          // Half curve, half straight line: full curves would overshoot at sharp corners.
          return 0.5 * (curve / 2) + 0.5 * (b + (c - b) * t);
        }),
      );
    }
  }
  out.push(points[points.length - 1]);
  return out;
}

/** Slant, turn, stretch and shift of a whole digit. */
function placing(random) {
  const angle = normal(random) * 0.12;
  const slant = normal(random) * 0.16 - 0.08;
  const [wide, high] = [0.84 + normal(random) * 0.1, 0.86 + normal(random) * 0.07];
  const [dx, dy] = [normal(random) * 0.035, normal(random) * 0.035];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return ([x, y]) => {
    const [u, v] = [(x - 0.5) * wide, (y - 0.5) * high];
    const w = u + slant * v;
    return [0.5 + dx + w * cos - v * sin, 0.5 + dy + w * sin + v * cos];
  };
}

function distanceToSegment(px, py, ax, ay, bx, by) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

/** Draws one digit; answers SIZE × SIZE grey values, 0 for paper. */
function draw(digit, random) {
  const ways = shapes[digit];
  const strokes = ways[Math.floor(random() * ways.length)];
  const place = placing(random);
  const bent = bend(random, 0.028);
  const tremble = 0.012;
  const margin = 3.2;
  const scale = SIZE - 2 * margin;
  const lines = strokes.map((stroke) =>
    smooth(stroke.map(([x, y]) => [x + normal(random) * tremble, y + normal(random) * tremble]))
      .map(place)
      .map((point) => {
        const [ox, oy] = bent(point);
        return [margin + (point[0] + ox) * scale, margin + (point[1] + oy) * scale];
      }),
  );
  const pen = Math.max(0.75, 1.25 + normal(random) * 0.35);
  const ink = 215 + random() * 40;
  const image = new Uint8Array(SIZE * SIZE);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      let nearest = Infinity;
      for (const line of lines) {
        for (let i = 0; i + 1 < line.length; i++) {
          const distance = distanceToSegment(x + 0.5, y + 0.5, line[i][0], line[i][1], line[i + 1][0], line[i + 1][1]);
          if (distance < nearest) nearest = distance;
        }
      }
      const cover = Math.min(1, Math.max(0, pen + 0.5 - nearest));
      if (cover === 0) continue;
      // Paper is not even: the ink has some grain.
      const grain = 1 + normal(random) * 0.05;
      image[y * SIZE + x] = Math.round(Math.min(255, Math.max(0, cover * ink * grain)));
    }
  }
  // A few specks of dust.
  for (let i = Math.floor(random() * 3); i > 0; i--) {
    image[Math.floor(random() * SIZE * SIZE)] = Math.round(30 + random() * 120);
  }
  return image;
}

// ---- files

/** An IDX file of unsigned bytes. */
function idx(shape, data) {
  const head = Buffer.alloc(4 + shape.length * 4);
  head.writeUInt8(8, 2);
  head.writeUInt8(shape.length, 3);
  shape.forEach((size, axis) => {
    head.writeUInt32BE(size, 4 + axis * 4);
  });
  return gzipSync(Buffer.concat([head, data]), { level: 9 });
}

function makePart({ count, seed }) {
  const random = randomFrom(seed);
  const images = Buffer.alloc(count * SIZE * SIZE);
  const labels = Buffer.alloc(count);
  for (let i = 0; i < count; i++) {
    const digit = i % 10;
    labels[i] = digit;
    images.set(draw(digit, random), i * SIZE * SIZE);
  }
  shuffle(images, labels, random);
  return { images: idx([count, SIZE, SIZE], images), labels: idx([count], labels) };
}

function shuffle(images, labels, random) {
  const bytes = SIZE * SIZE;
  for (let i = labels.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [labels[i], labels[j]] = [labels[j], labels[i]];
    const held = Buffer.from(images.subarray(i * bytes, (i + 1) * bytes));
    images.copy(images, i * bytes, j * bytes, (j + 1) * bytes);
    held.copy(images, j * bytes);
  }
}

const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'examples', 'digits');
mkdirSync(folder, { recursive: true });
for (const part of PARTS) {
  const { images, labels } = makePart(part);
  writeFileSync(join(folder, `${part.name}-images.idx.gz`), images);
  writeFileSync(join(folder, `${part.name}-labels.idx.gz`), labels);
  console.log(`${part.name}: ${part.count} images, ${images.length + labels.length} bytes`);
}
