/** Keeps how the cards of the Metrics tab are arranged, for the workspace. */
import type { Memento } from 'vscode';
import {
  isPanelLayout,
  type LayoutAnswer,
  type LayoutAsk,
  type PanelLayout,
  PLAIN_LAYOUT,
} from '../../protocol/index.ts';
import type { AskContext } from './answers.ts';

const KEY = 'modelwright.panelLayout';

/** The arrangement that is kept, or the new one that shall be. */
export async function answerLayout(ask: LayoutAsk, { services }: AskContext): Promise<LayoutAnswer> {
  const memory = services.context.workspaceState;
  if (ask.kind === 'write') await memory.update(KEY, ask.layout);
  return { layout: ask.kind === 'write' ? ask.layout : keptLayout(memory) };
}

/** What another version has kept counts as nothing. */
function keptLayout(memory: Memento): PanelLayout {
  const kept = memory.get<PanelLayout>(KEY);
  return isPanelLayout(kept) && kept !== undefined ? kept : PLAIN_LAYOUT;
}
