/** Where the panel begins: it takes hold of VS Code's webview interface and draws itself into the page. */
import { render } from 'preact';
import { App } from './app.tsx';
import { watchTheme } from './charts/palette.ts';
import { keepFocus } from './focus.ts';
import { connectHost, type Host, type WebviewApi } from './host.ts';

declare function acquireVsCodeApi(): WebviewApi;

watchTheme();
keepFocus();
const root = document.getElementById('root');
if (root !== null) show(root, connectHost(acquireVsCodeApi(), window));

/** A run, or several side by side: the page says which. */
function show(place: HTMLElement, host: Host): void {
  if (place.dataset.shows !== 'compare') {
    render(<App host={host} />, place);
    return;
  }
  import('./later.ts').then(
    ({ ComparePage }) => render(<ComparePage host={host} />, place),
    (error: unknown) => host.failed('compare page', error),
  );
}
