/** Where the page of the data begins: it takes hold of VS Code's webview interface and draws itself. */
import { render } from 'preact';
import { keepFocus } from '../focus.ts';
import type { WebviewApi } from '../host.ts';
import { connectData } from './connection.ts';
import { DataPage } from './page.tsx';

declare function acquireVsCodeApi(): WebviewApi;

keepFocus();
const root = document.getElementById('root');
if (root !== null) render(<DataPage connection={connectData(acquireVsCodeApi(), window)} />, root);
