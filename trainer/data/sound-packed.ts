/** FLAC and MP3 files as samples, by the libraries of these formats in WebAssembly; loaded where a file needs them. */
import type { Sound } from './sound.ts';

/** Undefined: neither of them. Else the sound, or what is the matter with it. */
export async function decodePacked(bytes: Buffer): Promise<Sound | string | undefined> {
  const start = bytes.toString('latin1', 0, 4);
  if (start === 'fLaC') {
    const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
    const decoder = new FLACDecoder();
    try {
      await decoder.ready;
      return averaged(await decoder.decodeFile(bytes));
    } catch (error) {
      return told(error);
    } finally {
      decoder.free();
    }
  }
  if (!start.startsWith('ID3') && !isFrame(bytes)) return undefined;
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder({ enableGapless: true });
  try {
    await decoder.ready;
    return averaged(decoder.decode(bytes));
  } catch (error) {
    return told(error);
  } finally {
    decoder.free();
  }
}

/** The head of an MPEG frame of layer 3: eleven bits are set, and neither its rate nor its layer is a reserved one. */
function isFrame(bytes: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  return first === 0xff && (second & 0xe6) === 0xe2 && (third & 0x0c) !== 0x0c && third >> 4 !== 15;
}

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
  readonly errors: readonly { readonly message: string }[];
}

function averaged({ channelData, samplesDecoded, sampleRate, errors }: Decoded): Sound | string {
  const [error] = errors;
  if (error !== undefined) return `it is damaged (${error.message})`;
  if (samplesDecoded === 0 || channelData.length === 0) return 'it has no samples';
  const data = new Float32Array(samplesDecoded);
  for (const channel of channelData)
    for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) + (channel[i] ?? 0) / channelData.length;
  return { rate: sampleRate, data };
}

function told(error: unknown): string {
  return `it is damaged (${error instanceof Error ? error.message : String(error)})`;
}
