/** Puts one of our pages into a webview, which may load that page's two files and nothing else. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { type PanelPage, panelPage } from './page.ts';

/** `bundle`: the page's files are `dist/<bundle>.js` and `dist/<bundle>.css`. */
export function prepareWebview(
  context: vscode.ExtensionContext,
  webview: vscode.Webview,
  page: { readonly bundle: 'panel' | 'data-page' | 'graph-page'; readonly title: string; readonly shows?: PanelPage },
): void {
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.html = panelPage({
    script: address(`${page.bundle}.js`),
    style: address(`${page.bundle}.css`),
    source: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    title: page.title,
    shows: page.shows ?? 'run',
  });
}
