/** One cell: a number, a text, a picture, a sound, or the first of many numbers. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DataCell, EventNumber } from '../../protocol/index.ts';
import { count, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';

export function Cell({ cell }: { readonly cell: DataCell }) {
  switch (cell.kind) {
    case 'empty':
      return <span class="soft">{t('empty')}</span>;
    case 'number':
      return <span class={isOdd(cell.value) ? 'odd' : ''}>{plain(cell.value)}</span>;
    case 'text':
      return (
        <span class="text" title={cell.text}>
          {cell.text === '' ? <span class="soft">{t('empty text')}</span> : cell.text}
        </span>
      );
    case 'texts':
      return <Many shown={cell.first} all={cell.count} title={t('{0} texts', count(cell.count))} />;
    case 'numbers':
      return <Numbers cell={cell} />;
    case 'picture':
      return <Picture cell={cell} />;
    case 'sound':
      return <Sound cell={cell} />;
    default:
      return assertNever(cell);
  }
}

/** Whole numbers as they are: `4`, not `4.00`. */
function plain(value: EventNumber): string {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e15
    ? count(value)
    : number(value, 6);
}

function isOdd(value: EventNumber): boolean {
  return typeof value === 'string';
}

function Many({
  shown,
  all,
  title,
}: {
  readonly shown: readonly string[];
  readonly all: number;
  readonly title: string;
}) {
  return (
    <span class="many" title={title}>
      {shown.join('  ')}
      {all > shown.length ? ' …' : ''}
    </span>
  );
}

function Numbers({ cell }: { readonly cell: Extract<DataCell, { kind: 'numbers' }> }) {
  const all = cell.shape.reduce((product, size) => product * size, 1);
  return (
    <>
      <Many
        shown={cell.first.map(plain)}
        all={all}
        title={t('{0} numbers, {1} to {2}', count(all), plain(cell.least), plain(cell.greatest))}
      />
      <span class="soft">
        {`[${cell.shape.join(', ')}] · ${t('{0} to {1}', plain(cell.least), plain(cell.greatest))}`}
      </span>
    </>
  );
}

/** Small pictures are drawn larger, in whole pixels. */
const SIDE = 64;

function Picture({ cell }: { readonly cell: Extract<DataCell, { kind: 'picture' }> }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const image = context.createImageData(cell.width, cell.height);
    fill(image.data, bytesOf(cell.pixels), cell.channels);
    context.putImageData(image, 0, 0);
  }, [cell]);
  const times = Math.max(1, Math.floor(SIDE / Math.max(cell.width, cell.height)));
  const label = t('Picture [{0}], values {1} to {2}', cell.shape.join(', '), plain(cell.low), plain(cell.high));
  return (
    <canvas
      ref={canvas}
      class="picture"
      width={cell.width}
      height={cell.height}
      role="img"
      aria-label={label}
      title={label}
      style={{ width: `${cell.width * times}px`, height: `${cell.height * times}px` }}
    />
  );
}

function fill(into: Uint8ClampedArray, bytes: Uint8Array, channels: 1 | 3): void {
  for (let i = 0; i < into.length / 4; i++) {
    for (let c = 0; c < 3; c++) into[4 * i + c] = bytes[channels === 1 ? i : 3 * i + c] ?? 0;
    into[4 * i + 3] = 255;
  }
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function Sound({ cell }: { readonly cell: Extract<DataCell, { kind: 'sound' }> }) {
  const top = cell.greatest.map((value, i) => `${i},${point(value)}`);
  const bottom = cell.least.map((value, i) => `${i},${point(value)}`).reverse();
  const label = t('Sound of {0} samples', count(cell.samples));
  return (
    <svg
      class="sound"
      viewBox={`0 0 ${Math.max(1, cell.greatest.length - 1)} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <polygon points={[...top, ...bottom].join(' ')} />
    </svg>
  );
}

/** −1…1 from the bottom to the top. */
function point(value: number): number {
  return Math.round(50 - 50 * Math.max(-1, Math.min(1, value)));
}

function assertNever(value: never): never {
  throw new Error(`Unknown cell: ${JSON.stringify(value)}`);
}
