/** The drawing with its tools: clear, a picture from a file, brush, eraser, and how digits are centred. */
import { useSignal } from '@preact/signals';
import { Icon } from '../parts/icon.tsx';
import { t } from '../text/translate.ts';
import { DrawingCanvas } from './canvas.tsx';
import type { Drawing } from './drawing.ts';
import { DropArea, FileButton } from './files.tsx';

interface CardProps {
  readonly digits: boolean;
  readonly drawing: Drawing;
}

export function DrawingCard({ digits, drawing }: CardProps) {
  const trouble = useSignal('');
  const { width, height } = drawing.raster;
  const open = async (file: Blob) => {
    try {
      await drawing.open(file);
      trouble.value = '';
    } catch (error) {
      trouble.value = error instanceof Error ? error.message : String(error);
    }
  };
  const title = digits ? t('Draw a digit') : t('Draw a picture');
  return (
    <>
      <h2>
        {title}{' '}
        <span class="soft">
          {drawing.centre.value
            ? t('{0}×{1} pixels', width, height)
            : t('{0}×{1}, as the model sees it', width, height)}
        </span>
      </h2>
      <DropArea onFile={(file) => void open(file)}>
        <div class="drawing">
          <DrawingCanvas drawing={drawing} label={title} />
          <div class="tools">
            <button type="button" onClick={() => drawing.clear()}>
              <Icon name="clear" />
              {t('Clear')}
            </button>
            <FileButton accept="image/*" title={t('Open image…')} icon="picture" onFile={(file) => void open(file)} />
            <button type="button" onClick={() => drawing.invert()}>
              <Icon name="invert" />
              {t('Invert')}
            </button>
            <BrushTools drawing={drawing} />
            {digits ? (
              <label class="switch">
                <input
                  type="checkbox"
                  checked={drawing.centre.value}
                  onChange={(event) => drawing.setCentre(event.currentTarget.checked)}
                />
                {t('Centre as MNIST does')}
              </label>
            ) : null}
          </div>
        </div>
      </DropArea>
      <p id="try-keys" class="soft">
        {t('By keyboard: arrows move, Space sets the pen down or lifts it, Delete clears.')}
      </p>
      {trouble.value === '' ? null : (
        <p class="trouble" role="alert">
          {trouble.value}
        </p>
      )}
    </>
  );
}

function BrushTools({ drawing }: { readonly drawing: Drawing }) {
  const { radius, colour } = drawing.brush.value;
  const set = (change: Partial<typeof drawing.brush.value>) => {
    drawing.brush.value = { ...drawing.brush.value, ...change };
  };
  const isErasing = colour.every((value) => value === 0);
  const isColoured = drawing.raster.channels === 3;
  return (
    <>
      <label class="brush">
        <span>{t('Brush')}</span>
        <input
          type="range"
          min={0.5}
          max={Math.max(2, drawing.raster.width / 8)}
          step={0.1}
          value={radius}
          onInput={(event) => set({ radius: Number(event.currentTarget.value) })}
        />
      </label>
      {isColoured ? (
        <label class="brush">
          <span>{t('Colour')}</span>
          <input
            type="color"
            value={`#${colour
              .map((value) =>
                Math.round(255 * value)
                  .toString(16)
                  .padStart(2, '0'),
              )
              .join('')}`}
            onInput={(event) => {
              const text = event.currentTarget.value;
              set({ colour: [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16) / 255) });
            }}
          />
        </label>
      ) : (
        <button
          type="button"
          class="toggle"
          aria-pressed={isErasing}
          onClick={() => set({ colour: [isErasing ? 1 : 0] })}
        >
          <Icon name="eraser" />
          {t('Eraser')}
        </button>
      )}
    </>
  );
}
