/**
 * Colours for the canvas, read from VS Code's theme variables. `palette` changes when the theme does: VS Code sets the
 * variables on `<html>` and the kind of theme as a class of `<body>`.
 */
import { type ReadonlySignal, signal } from '@preact/signals';

export interface Palette {
  readonly train: string;
  readonly validation: string;
  readonly value: string;
  readonly ghost: string;
  readonly load: string;
  readonly memory: string;
  readonly good: string;
  readonly bad: string;
  readonly text: string;
  readonly grid: string;
  readonly background: string;
  readonly highContrast: boolean;
  readonly font: string;
}

/** Where a theme doesn't say: VS Code's dark one. */
const FALLBACK: Palette = {
  train: '#3794ff',
  validation: '#e8954a',
  value: '#b180d7',
  ghost: '#9d9d9d',
  load: '#cca700',
  memory: '#b180d7',
  good: '#89d185',
  bad: '#f14c4c',
  text: '#9d9d9d',
  grid: 'rgba(128, 128, 128, 0.2)',
  background: '#1f1f1f',
  highContrast: false,
  font: 'system-ui, sans-serif',
};

const current = signal<Palette>(readPalette());

/** The colours of the theme in use. */
export const palette: ReadonlySignal<Palette> = current;

/** Re-reads the colours whenever the theme changes. */
export function watchTheme(): void {
  current.value = readPalette();
  const observer = new MutationObserver(() => {
    current.value = readPalette();
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['style', 'class'] });
}

function readPalette(): Palette {
  if (typeof document === 'undefined') return FALLBACK;
  // Of the body, where some of our own colours depend on the kind of theme.
  const style = getComputedStyle(document.body ?? document.documentElement);
  const variable = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const classes = document.body?.classList;
  return {
    train: variable('--mw-train', FALLBACK.train),
    validation: variable('--mw-validation', FALLBACK.validation),
    value: variable('--mw-value', FALLBACK.value),
    ghost: variable('--mw-ghost', FALLBACK.ghost),
    load: variable('--mw-data', FALLBACK.load),
    memory: variable('--mw-value', FALLBACK.memory),
    good: variable('--mw-good', FALLBACK.good),
    bad: variable('--mw-bad', FALLBACK.bad),
    text: variable('--mw-soft', FALLBACK.text),
    grid: variable('--mw-grid', FALLBACK.grid),
    background: variable('--vscode-editor-background', FALLBACK.background),
    highContrast:
      classes?.contains('vscode-high-contrast') === true || classes?.contains('vscode-high-contrast-light') === true,
    font: variable('--vscode-font-family', FALLBACK.font),
  };
}
