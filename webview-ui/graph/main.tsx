/** Where the page of a graph begins: it takes hold of VS Code's webview interface and draws itself. */
import { render } from 'preact';
import { keepFocus } from '../focus.ts';
import type { WebviewApi } from '../host.ts';
import { connectGraph, GraphPage } from './page.tsx';

declare function acquireVsCodeApi(): WebviewApi;

keepFocus();
const root = document.getElementById('root');
if (root !== null) render(<GraphPage state={connectGraph(acquireVsCodeApi(), window)} />, root);
