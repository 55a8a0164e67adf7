/** A picture or a sound as a file: chosen, dropped, or recorded where the host grants the microphone. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { FormInput, UseValue } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { asFlag } from '../kept.ts';
import { t } from '../text/translate.ts';
import { base64Of, bytesOf } from './bytes.ts';
import { asDrawing, createDrawing, type KeptDrawing } from './drawing.ts';
import { DrawingCard } from './drawing-card.tsx';
import { DropArea, FileButton } from './files.tsx';
import { MOST_BYTES, pictureOfSize, pngOfPixels, tooLarge } from './picture-file.ts';
import { RecordButton } from './record.tsx';
import type { TryState } from './state.ts';

type PictureFile = Extract<FormInput, { kind: 'picture' }>;
type MediaInputs = PictureFile | Extract<FormInput, { kind: 'sound' }>;

/** Larger pictures are not drawn by hand. */
const MOST_DRAWN = 128;

/** A picture that is a file may be drawn, too: what is drawn becomes a PNG. */
export function PictureInput({ input, state }: { readonly input: PictureFile; readonly state: TryState }) {
  const { kept } = useHost();
  const isDrawn = kept.signal(`try.drawn.${input.name}`, false, asFlag);
  const drawing = useMemo(() => {
    const before = kept.signal<KeptDrawing | undefined>(`try.drawing.${input.name}`, undefined, asDrawing);
    const give = (value: UseValue | undefined): void => {
      if (value?.kind !== 'pixels') {
        state.give(input.name, undefined);
        return;
      }
      const [height = 1, width = 1, channels] = input.shape;
      void pngOfPixels(bytesOf(value.pixels), width, height, channels === 3 ? 3 : 1)
        .then(bytesOfBlob)
        .then((bytes) => state.give(input.name, { kind: 'file', name: 'drawing.png', bytes }));
    };
    return createDrawing({ shape: input.shape, digits: false }, give, before);
  }, [input]);
  const [height = 0, width = 0] = input.shape;
  if (height === 0 || Math.max(height, width) > MOST_DRAWN) return <MediaInput input={input} state={state} />;
  return (
    <>
      {isDrawn.value ? (
        <DrawingCard digits={false} drawing={drawing} />
      ) : (
        <>
          <h2>{t('A picture')}</h2>
          <MediaInput input={input} state={state} />
        </>
      )}
      <p class="try-buttons">
        <button
          type="button"
          class="link"
          onClick={() => {
            isDrawn.value = !isDrawn.value;
          }}
        >
          {isDrawn.value ? t('Open a picture instead') : t('Draw one instead')}
        </button>
      </p>
    </>
  );
}

export function MediaInput({ input, state }: { readonly input: MediaInputs; readonly state: TryState }) {
  const trouble = useSignal('');
  const given = state.given.value[input.name];
  const note = useSignal('');
  const give = (value: UseValue) => {
    trouble.value = '';
    note.value = '';
    state.give(input.name, value);
  };
  const onFile = async (file: File) => {
    if (file.size > MOST_BYTES) {
      trouble.value = tooLarge(file.size);
      return;
    }
    const [height, width] = input.kind === 'picture' && !input.sized ? input.shape : [];
    if (height === undefined || width === undefined) {
      give({ kind: 'file', name: file.name, bytes: await bytesOfBlob(file) });
      return;
    }
    const scaled = await pictureOfSize(file, width, height);
    const name = scaled === file ? file.name : `${file.name}.png`;
    give({ kind: 'file', name, bytes: await bytesOfBlob(scaled) });
    note.value = scaled === file ? '' : t('Scaled to {0}×{1} pixels, which the model needs.', width, height);
  };
  const isSound = input.kind === 'sound';
  return (
    <DropArea onFile={(file) => void onFile(file)}>
      <div class="media">
        {given?.kind === 'file' ? (
          <Preview key={given.bytes} file={given} isSound={isSound} />
        ) : (
          <p class="empty">
            {isSound ? t('Drop a sound here, or choose one.') : t('Drop a picture here, or choose one.')}
          </p>
        )}
      </div>
      <div class="try-buttons">
        <FileButton
          accept={isSound ? 'audio/*,.wav,.flac,.mp3' : 'image/png,image/jpeg,image/webp,image/bmp'}
          title={isSound ? t('Open sound…') : t('Open picture…')}
          onFile={(file) => void onFile(file)}
        />
        {isSound ? (
          <RecordButton
            rate={input.rate ?? 16_000}
            onSound={(wav) => give({ kind: 'file', name: 'recording.wav', bytes: base64Of(wav) })}
            onTrouble={(message) => {
              trouble.value = message;
            }}
          />
        ) : null}
      </div>
      {note.value === '' || given === undefined || state.example.value !== undefined ? null : (
        <p class="soft">{note.value}</p>
      )}
      {trouble.value === '' ? null : (
        <p class="trouble" role="alert">
          {trouble.value}
        </p>
      )}
    </DropArea>
  );
}

async function bytesOfBlob(blob: Blob): Promise<string> {
  return base64Of(new Uint8Array(await blob.arrayBuffer()));
}

function Preview({ file, isSound }: { readonly file: Extract<UseValue, { kind: 'file' }>; readonly isSound: boolean }) {
  const address = useMemo(
    () => URL.createObjectURL(new Blob([bytesOf(file.bytes)], { type: typeOf(file.name) })),
    [file],
  );
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <figure>
      {isSound ? (
        // biome-ignore lint/a11y/useMediaCaption: what it says is what the model is asked.
        <audio controls src={address} aria-label={file.name} />
      ) : (
        <img src={address} alt={file.name} />
      )}
      <figcaption>{file.name}</figcaption>
    </figure>
  );
}

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  bmp: 'image/bmp',
  wav: 'audio/wav',
  flac: 'audio/flac',
  mp3: 'audio/mpeg',
};

function typeOf(name: string): string {
  return TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}
