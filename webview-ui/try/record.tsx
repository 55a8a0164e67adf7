/** A sound from the microphone. The desktop's webviews are not granted it: then that is said, and files remain. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { t } from '../text/translate.ts';
import { wavOf } from './bytes.ts';

interface RecordProps {
  /** Samples a second of the file that is made. */
  readonly rate: number;
  readonly onSound: (wav: Uint8Array) => void;
  readonly onTrouble: (message: string) => void;
}

export function RecordButton({ rate, onSound, onTrouble }: RecordProps) {
  const recorder = useRef<MediaRecorder | undefined>(undefined);
  const isOn = useSignal(false);
  const start = async () => {
    try {
      recorder.current = await record(async (sound) => {
        isOn.value = false;
        try {
          onSound(await wavAt(sound, rate));
        } catch {
          onTrouble(t('What was recorded can’t be read here. Record it elsewhere, and choose the file.'));
        }
      });
      isOn.value = true;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      onTrouble(
        t('The microphone is not granted here ({0}). Record a WAV file elsewhere, and choose or drop it.', why),
      );
    }
  };
  return (
    <button
      type="button"
      aria-pressed={isOn.value}
      onClick={() => (isOn.value ? recorder.current?.stop() : void start())}
    >
      {isOn.value ? t('Stop recording') : t('Record')}
    </button>
  );
}

async function record(done: (sound: Blob) => Promise<void>): Promise<MediaRecorder> {
  if (navigator.mediaDevices === undefined) throw new Error(t('this window has no microphone'));
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.onstop = () => {
    for (const track of stream.getTracks()) track.stop();
    void done(new Blob(pieces, { type: recorder.mimeType }));
  };
  recorder.start();
  return recorder;
}

/** One channel at a rate, whatever the browser recorded. */
async function wavAt(sound: Blob, rate: number): Promise<Uint8Array> {
  const context = new OfflineAudioContext(1, 1, rate);
  const decoded = await context.decodeAudioData(await sound.arrayBuffer());
  return wavOf(decoded.getChannelData(0), decoded.sampleRate);
}
