/** Another number of channels: grey of colours, colours of grey, with and without transparency. */
import type { Picture } from './decode.ts';

/** Grey as ITU-R BT.601 weighs the colours, in 16 bits, as Pillow and libjpeg do. */
const [RED, GREEN, BLUE, HALF] = [19595, 38470, 7471, 32768];

/** `channels` as a picture has them: 1 grey, 2 grey and alpha, 3 colours, 4 colours and alpha. */
export function withChannels(picture: Picture, channels: number): Picture {
  if (picture.channels === channels) return picture;
  const { height, width, data: from } = picture;
  const count = height * width;
  const own = picture.channels;
  const data = new Uint8Array(count * channels);
  const colours = own >= 3;
  const alpha = own === 2 || own === 4;
  for (let i = 0; i < count; i++) {
    const at = i * own;
    const to = i * channels;
    const [first = 0, second = 0, third = 0] = [from[at], from[at + 1], from[at + 2]];
    if (channels >= 3) {
      data[to] = first;
      data[to + 1] = colours ? second : first;
      data[to + 2] = colours ? third : first;
    } else data[to] = colours ? (first * RED + second * GREEN + third * BLUE + HALF) >> 16 : first;
    if (channels % 2 === 0) data[to + channels - 1] = alpha ? (from[at + own - 1] ?? 255) : 255;
  }
  return { height, width, channels, data };
}
