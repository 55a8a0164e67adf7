import * as vscode from 'vscode';
import { screenshot } from '../window.ts';

describe('temporary look', () => {
  it('log', async () => {
    const c = vscode.window.createOutputChannel('Temp plain');
    c.appendLine('hello');
    c.show(true);
    const l = vscode.window.createOutputChannel('Temp log', { log: true });
    l.info('hello info');
    l.error('hello err');
    console.log('LEVEL', l.logLevel, vscode.env.logLevel);
    l.show(true);
    await new Promise((r) => setTimeout(r, 3000));
    await screenshot('t-log');
    console.log(
      'DOCS',
      JSON.stringify(vscode.workspace.textDocuments.map((d) => [d.uri.toString(), d.getText().slice(0, 200)])),
    );
  });
});
