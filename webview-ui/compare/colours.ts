/** Colours of runs: five of the theme by their order, then the same with dashes, so that no run is known by its colour alone. Pure. */
import { t } from '../text/translate.ts';

export const RUN_COLOURS = ['blue', 'purple', 'yellow', 'green', 'orange'] as const;
export type RunColour = (typeof RUN_COLOURS)[number];

export interface RunStyle {
  readonly colour: RunColour;
  /** Pixels drawn and left out; empty: a whole line. */
  readonly dash: readonly number[];
}

const DASHES = [[], [6, 4], [2, 3]] as const;

/** The style of the run at that place of the list, or the colour that was chosen for it. */
export function styleOf(index: number, chosen: RunColour | undefined): RunStyle {
  const dash = DASHES[Math.floor(index / RUN_COLOURS.length) % DASHES.length] ?? [];
  return { colour: chosen ?? RUN_COLOURS[index % RUN_COLOURS.length] ?? 'blue', dash };
}

export function colourOf(word: string): RunColour | undefined {
  return RUN_COLOURS.find((colour) => colour === word);
}

export function colourText(colour: RunColour): string {
  switch (colour) {
    case 'blue':
      return t('blue');
    case 'purple':
      return t('purple');
    case 'yellow':
      return t('yellow');
    case 'green':
      return t('green');
    case 'orange':
      return t('orange');
    default:
      return assertNever(colour);
  }
}

/** As the theme has it, for the canvas. Called where there is a page. */
export function cssColour(colour: RunColour): string {
  const style = getComputedStyle(document.body);
  return style.getPropertyValue(`--mw-run-${colour}`).trim() || FALLBACK[colour];
}

const FALLBACK: Readonly<Record<RunColour, string>> = {
  blue: '#3794ff',
  purple: '#b180d7',
  yellow: '#cca700',
  green: '#89d185',
  orange: '#e8954a',
};

function assertNever(value: never): never {
  throw new Error(`Unknown colour: ${JSON.stringify(value)}`);
}
