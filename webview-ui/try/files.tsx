/** Choosing a file, or dropping one: for pictures, sounds, texts. */

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon, type IconName } from '../parts/icon.tsx';
import { t } from '../text/translate.ts';

/** A button that opens the system's dialog. */
export function FileButton({
  accept,
  title,
  icon,
  onFile,
}: {
  readonly accept: string;
  readonly title: string;
  readonly icon?: IconName;
  readonly onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        {icon === undefined ? null : <Icon name={icon} />}
        {title}
      </button>
      <input
        ref={input}
        class="unseen"
        type="file"
        accept={accept}
        tabIndex={-1}
        aria-label={title}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file again is a change, too.
          event.currentTarget.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}

/** An area that takes a dropped file. VS Code gives dropped files to a webview while Shift is held. */
export function DropArea({
  onFile,
  children,
}: {
  readonly onFile: (file: File) => void;
  readonly children: ComponentChildren;
}) {
  const over = useSignal(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has its button, too.
    <div
      class={over.value ? 'drop over' : 'drop'}
      data-label={t('Drop it here')}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        over.value = false;
        const file = event.dataTransfer?.files[0];
        if (file === undefined) return;
        event.preventDefault();
        onFile(file);
      }}
    >
      {children}
    </div>
  );
}
