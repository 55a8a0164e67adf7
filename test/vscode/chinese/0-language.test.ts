/** The same window for a reader of Simplified Chinese. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { screenshot } from '../window.ts';
import { open } from '../workspace.ts';

describe('in Simplified Chinese', () => {
  it('is asked for by VS Code', async () => {
    await open('broken.model');
    await screenshot('chinese');
    assert.equal(vscode.env.language, 'zh-cn');
  });
});
