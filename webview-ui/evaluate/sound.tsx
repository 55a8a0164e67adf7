/** A sound: its spectrogram, and its samples to be heard. Everything is made in the page from the samples. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ExampleSound } from '../../protocol/index.ts';
import { number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { spectrogram } from './spectrogram.ts';

/** 16-bit samples as numbers from −1 to 1. */
export function samplesOf({ samples }: ExampleSound): Float32Array {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(samples), (each) => each.charCodeAt(0));
  } catch {
    return new Float32Array();
  }
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length >> 1 }, (_, i) => view.getInt16(2 * i, true) / 32_768);
}

/** What is heard at the moment: a second sound ends the first. */
let ended: (() => void) | undefined;

/** Plays samples; `then` is called when it ends. */
function play(samples: Float32Array, rate: number, then: () => void): () => void {
  ended?.();
  const context = new AudioContext();
  const buffer = context.createBuffer(1, Math.max(1, samples.length), rate);
  buffer.getChannelData(0).set(samples);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  const stop = (): void => {
    if (ended !== stop) return;
    ended = undefined;
    void context.close();
    then();
  };
  source.onended = stop;
  source.start();
  ended = stop;
  return stop;
}

export function Sound({ sound }: { readonly sound: ExampleSound }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stop = useRef<(() => void) | undefined>(undefined);
  const [plays, setPlays] = useState(false);
  const seconds = number((sound.samples.length * 3) / 4 / 2 / sound.rate, 2);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const { width, height, pixels } = spectrogram(samplesOf(sound), context.canvas.width, context.canvas.height);
    const image = context.createImageData(width, height);
    image.data.set(pixels);
    context.putImageData(image, 0, 0);
  }, [sound]);
  useEffect(() => () => stop.current?.(), []);
  const toggle = (): void => {
    if (plays) stop.current?.();
    else {
      setPlays(true);
      stop.current = play(samplesOf(sound), sound.rate, () => setPlays(false));
    }
  };
  return (
    <span class="heard">
      <canvas ref={canvas} width={160} height={64} role="img" aria-label={t('Spectrogram of {0} seconds', seconds)} />
      <button type="button" aria-pressed={plays} onClick={toggle}>
        {plays ? t('Stop') : t('Listen')}
      </button>
      <span class="soft">{t('{0} s', seconds)}</span>
    </span>
  );
}
