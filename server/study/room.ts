/** Warns of runs that will not find room in memory: asked of the study thread when a program has rested, never on the typing path. */
import type { Publisher } from '../handlers/diagnostics.ts';
import type { Session } from '../session.ts';

/** So long a program rests before it is counted, in milliseconds. */
const REST = 1500;

export function watchRoom(session: Session, publisher: Publisher): void {
  const waiting = new Map<string, NodeJS.Timeout>();
  const counted = new Map<string, string>();

  async function count(uri: string): Promise<void> {
    const open = session.documents.get(uri);
    if (open === undefined) {
      counted.delete(uri);
      return;
    }
    const text = open.document.getText();
    if (counted.get(uri) === text || !/^\s*train\b/mu.test(text)) return;
    counted.set(uri, text);
    try {
      const { problems = [] } = await session.study({ kind: 'room', file: open.file, text });
      if (!session.documents.add(uri, text, problems)) return;
      publisher.soon(uri);
      if (!session.client.pushes) session.wire.ask('workspace/diagnostic/refresh');
    } catch (error) {
      session.wire.error(`room: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  publisher.onChecked((uri) => {
    clearTimeout(waiting.get(uri));
    const rest = setTimeout(() => {
      waiting.delete(uri);
      void count(uri);
    }, REST);
    rest.unref();
    waiting.set(uri, rest);
  });
}
