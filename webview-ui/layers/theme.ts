/** Whether the ramps of colours are drawn for a light background. */
import { palette } from '../charts/palette.ts';

/** True on a light background; components that call it redraw when the theme changes. */
export function isLight(): boolean {
  void palette.value;
  const { classList } = document.body;
  return classList.contains('vscode-light') || classList.contains('vscode-high-contrast-light');
}
