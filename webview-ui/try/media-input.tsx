/** A picture or a sound as a file: chosen, dropped, or recorded where the host grants the microphone. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { FormInput, UseValue } from '../../protocol/index.ts';
import { t } from '../text/translate.ts';
import { base64Of, bytesOf } from './bytes.ts';
import { DropArea, FileButton } from './files.tsx';
import { MOST_BYTES, tooLarge } from './picture-file.ts';
import { RecordButton } from './record.tsx';
import type { TryState } from './state.ts';

type MediaInputs = Extract<FormInput, { kind: 'picture' | 'sound' }>;

export function MediaInput({ input, state }: { readonly input: MediaInputs; readonly state: TryState }) {
  const trouble = useSignal('');
  const given = state.given.value[input.name];
  const give = (value: UseValue) => {
    trouble.value = '';
    state.give(input.name, value);
  };
  const onFile = async (file: File) => {
    if (file.size > MOST_BYTES) {
      trouble.value = tooLarge(file.size);
      return;
    }
    give({ kind: 'file', name: file.name, bytes: base64Of(new Uint8Array(await file.arrayBuffer())) });
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
      {trouble.value === '' ? null : (
        <p class="trouble" role="alert">
          {trouble.value}
        </p>
      )}
    </DropArea>
  );
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
