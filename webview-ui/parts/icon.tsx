/** The few icons of the panel, drawn for it: 16 units square, in the colour of the text. */

const PATHS = {
  pause: 'M5 3v10M11 3v10',
  play: 'M5 3l8 5-8 5z',
  stop: 'M4 4h8v8H4z',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  pulse: 'M1.5 8H5l1.5-4 3 8L11 8h3.5',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.5M8 11.8h.01',
  error: 'M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M2.5 8.5l3.5 3.5 7.5-8',
  chip: 'M4.5 4.5h7v7h-7zM6.5 2v2.5M9.5 2v2.5M6.5 11.5V14M9.5 11.5V14M2 6.5h2.5M2 9.5h2.5M11.5 6.5H14M11.5 9.5H14',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.2 3.5v9M9.8 3.5v9',
  clock: 'M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8M8 4.5V8l2.5 1.5',
  clear: 'M2.5 4.5h11M2.5 8h5.5M2.5 11.5h5.5M10.5 9l3 3M13.5 9l-3 3',
  picture: 'M2.5 3.5h11v9h-11zM2.5 10.5l3.5-3 3 3 1.5-1.5 3 2.5M10.5 6h.01',
  invert: 'M8 2.2a5.8 5.8 0 100 11.6zM8 2.2a5.8 5.8 0 010 11.6',
  eraser: 'M6 12.5l-3.5-3.5 6.5-6.5 4.5 4.5-5.5 5.5zM5.5 6l4.5 4.5M6 12.5h7.5',
  again: 'M13 7.5a5.2 5.2 0 10-1.3 4M13.3 3.8v3.7H9.6',
} as const;

export type IconName = keyof typeof PATHS;

/** A decoration: what it means is said in words beside it or by `aria-label`. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
