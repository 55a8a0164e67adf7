/** Augmentation against others: PyTorch's sampling of grids and convolution, a phase vocoder of its transforms, Python's colours. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createAugment } from '../../trainer/data/augment/index.ts';
import { Motion } from '../../trainer/data/augment/motion.ts';
import { bell, blurred } from '../../trainer/data/augment/smooth.ts';
import { stretched } from '../../trainer/data/augment/sounds.ts';
import { findPython } from '../engines/references.ts';
import { placeAt } from './data-plan.ts';

const python = findPython();
const folder = mkdtempSync(join(tmpdir(), 'modelwright-augment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program that finds `given` and puts its answer into `answer`. */
function ask(program: string, given: unknown): number[] {
  if ('missing' in python) throw new Error(python.missing);
  const file = join(folder, 'given.json');
  writeFileSync(file, JSON.stringify(given));
  const text = `import json, math, sys, torch\nimport torch.nn.functional as F\ngiven = json.load(open(sys.argv[1]))\n${program}\nprint(json.dumps(answer))`;
  return JSON.parse(
    execFileSync(python.path, ['-c', text, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}

function numbers(count: number): Float32Array {
  let state = 11;
  return Float32Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  });
}

function close(ours: ArrayLike<number>, theirs: readonly number[], within: number): void {
  expect(ours.length).toBe(theirs.length);
  let worst = 0;
  for (let i = 0; i < ours.length; i++) worst = Math.max(worst, Math.abs(ours[i]! - theirs[i]!));
  expect(worst).toBeLessThan(within);
}

test('turned pictures are those of grid_sample, in one go', (context) => {
  if ('missing' in python) context.skip(python.missing);
  const [height, width, channels] = [9, 12, 3];
  const picture = numbers(height * width * channels);
  const [angle, zoom, slant] = [0.3, 1.25, 0.2];
  const motion = new Motion();
  motion.begin(height, width);
  motion.turn(Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle));
  motion.turn(1 / zoom, 0, 0, 1 / zoom);
  motion.turn(1, slant, 0, 1);
  motion.shift(2, -1);
  const ours = new Float32Array(picture.length);
  motion.draw(picture, 0, width, channels, ours, 0, false);
  const theirs = ask(
    `
a, z, s, H, W, C = given['angle'], given['zoom'], given['slant'], 9, 12, 3
m = torch.tensor([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]]) @ torch.eye(2) / z @ torch.tensor([[1, s], [0, 1.0]])
away = m @ torch.tensor([-2.0, 1.0])
# From places in pixels around the middle to those from -1 to 1.
theta = torch.tensor([[m[0, 0], m[0, 1] * H / W, 2 * away[0] / W], [m[1, 0] * W / H, m[1, 1], 2 * away[1] / H]])
x = torch.tensor(given['picture']).reshape(1, H, W, C).permute(0, 3, 1, 2)
y = F.grid_sample(x, F.affine_grid(theta[None], [1, C, H, W], align_corners=False), padding_mode='zeros', align_corners=False)
answer = y.permute(0, 2, 3, 1).reshape(-1).tolist()`,
    { angle, zoom, slant, picture: Array.from(picture) },
  );
  close(ours, theirs, 1e-5);
});

test('blurred pictures are those of a convolution over mirrored borders', (context) => {
  if ('missing' in python) context.skip(python.missing);
  const [height, width, channels] = [11, 10, 2];
  const picture = numbers(height * width * channels);
  const half = bell(1.3);
  const theirs = ask(
    `
half = given['half']
k = torch.tensor(half[:0:-1] + half)
r = len(half) - 1
x = torch.tensor(given['picture']).reshape(11, 10, 2).permute(2, 0, 1)[:, None]
x = F.pad(x, (r, r, r, r), mode='reflect')
y = F.conv2d(F.conv2d(x, k.reshape(1, 1, 1, -1)), k.reshape(1, 1, -1, 1))
answer = y[:, 0].permute(1, 2, 0).reshape(-1).tolist()`,
    { half: Array.from(half), picture: Array.from(picture) },
  );
  const ours = picture.slice();
  blurred(ours, height, width, channels, half);
  close(ours, theirs, 1e-5);
});

test('stretched sounds are those of a phase vocoder', (context) => {
  if ('missing' in python) context.skip(python.missing);
  const sound = Float32Array.from(
    { length: 4000 },
    (_, i) => Math.sin(i * 0.2) + 0.5 * Math.sin(i * 0.61 + i * i * 1e-5),
  );
  for (const speed of [0.8, 1.3]) {
    const theirs = ask(
      `
n, hop, speed = 512, 128, given['speed']
x = torch.tensor(given['sound'], dtype=torch.float64)
w = torch.hann_window(n, dtype=torch.float64)
D = torch.stft(x, n, hop, window=w, center=True, pad_mode='constant', return_complex=True)
D = F.pad(D, (0, 2))
times = torch.arange(0, D.shape[1] - 2, speed, dtype=torch.float64)
expected = torch.linspace(0, math.pi * hop, D.shape[0], dtype=torch.float64)
phase = torch.angle(D[:, 0])
out = torch.zeros(D.shape[0], len(times), dtype=torch.complex128)
for t, time in enumerate(times.tolist()):
    i, share = int(time), time - int(time)
    before, after = D[:, i], D[:, i + 1]
    out[:, t] = torch.polar((1 - share) * before.abs() + share * after.abs(), phase)
    away = torch.angle(after) - torch.angle(before) - expected
    phase = phase + expected + away - 2 * math.pi * torch.round(away / (2 * math.pi))
answer = torch.istft(out, n, hop, window=w, center=True, length=round(len(x) / speed)).tolist()`,
      { speed, sound: Array.from(sound) },
    );
    // Ours knows what follows the last whole step, where the other has silence.
    const ours = stretched(sound, speed);
    expect(ours.length).toBe(theirs.length);
    close(ours.subarray(0, -800), theirs.slice(0, -800), 1e-6);
  }
});

test('hue changes nothing but the hue, by one angle for a picture', (context) => {
  if ('missing' in python) context.skip(python.missing);
  const picture = numbers(300);
  const flow = {
    fields: ['x'],
    ranges: { x: [0, 1] as const },
    steps: [{ call: 'augment/hue', settings: { amount: 0.3 }, place: placeAt(1) }],
  };
  const x = { dtype: 'float32', shape: [1, 10, 10, 3], data: picture } as const;
  const turned = createAugment([flow], 4)!({ x }, { rows: Uint32Array.of(2), epoch: 1 }).x!.data;
  const colours = ask(
    `
import colorsys
answer = [v for i in range(0, len(given), 3) for v in colorsys.rgb_to_hsv(*given[i:i + 3])]`,
    [...picture, ...turned],
  );
  const [before, after] = [colours.slice(0, 300), colours.slice(300)];
  const angle = (i: number) => (((after[i]! - before[i]!) % 1) + 1) % 1;
  expect(Math.min(angle(0), 1 - angle(0))).toBeGreaterThan(0.01);
  for (let i = 0; i < 300; i += 3) {
    expect(angle(i)).toBeCloseTo(angle(0), 4);
    expect(after[i + 1]).toBeCloseTo(before[i + 1]!, 4);
    expect(after[i + 2]).toBeCloseTo(before[i + 2]!, 4);
  }
});
