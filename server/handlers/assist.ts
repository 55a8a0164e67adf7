/** Answers assistants in the editor what they ask about programs: the same tools as `modelwright mcp`, over open buffers too. */
import { noSuchTool, programTool } from '../../assist/index.ts';
import { ASSIST_REQUEST, type AssistParams, type AssistResult } from '../../protocol/index.ts';
import type { Session } from '../session.ts';

/** In the thread for what takes longer: the reference pages that an answer may hold are read by nobody while typing. */
export function registerAssist(session: Session, pages: string | undefined): void {
  session.wire.onRequest(ASSIST_REQUEST, async ({ tool, input, folder }: AssistParams): Promise<AssistResult> => {
    const known = programTool(tool);
    if (known === undefined) return noSuchTool(tool);
    const { assisted } = await session.study({ kind: 'assist', tool: known, input, folder, pages });
    if (assisted === undefined) throw new Error('unanswered');
    return assisted;
  });
}
