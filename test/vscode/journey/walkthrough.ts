/** The walkthrough as it is seen. */
import * as vscode from 'vscode';
import { until, workbench } from '../window.ts';

export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'modelwright.modelwright#start', false);
  const steps = (await workbench()).locator('.getting-started-step');
  await until('five steps', async () => (await steps.count()) === 5);
}

/** Waits until the step has its tick. */
export async function ticked(title: string): Promise<void> {
  const window = await workbench();
  // By its own title: others speak of training too.
  const step = window.locator('.getting-started-step', { has: window.getByText(title, { exact: true }) }).first();
  await step.locator('.codicon.complete').first().waitFor();
}
