/** Where the panel begins: it takes hold of VS Code's webview interface and draws itself into the page. */
import { render } from 'preact';
import { App } from './app.tsx';
import { watchTheme } from './charts/palette.ts';
import { connectHost, type WebviewApi } from './host.ts';

declare function acquireVsCodeApi(): WebviewApi;

watchTheme();
const root = document.getElementById('root');
if (root !== null) render(<App host={connectHost(acquireVsCodeApi(), window)} />, root);
