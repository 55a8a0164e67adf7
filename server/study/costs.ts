/** What models cost, as a line to read: asked of the study thread once for each text, and only when nobody is typing. */
import { bytes, grouped } from '../../language/index.ts';
import type { Session } from '../session.ts';
import type { UnitCost } from './study.ts';

export interface Costs {
  /** For a hover: nothing where it takes too long. */
  soon(file: string, unit: string): Promise<string | undefined>;
  /** For a lens: asked when the program has not changed for a moment; nothing where it changed meanwhile. */
  quiet(file: string, unit: string): Promise<string | undefined>;
}

/** So long a hover waits, and a program rests before its cost is counted, in milliseconds. */
const PATIENCE = 1500;
const REST = 400;

export function createCosts(session: Session): Costs {
  const known = new Map<string, { readonly text: string; readonly cost: Promise<UnitCost | undefined> }>();

  function ask(file: string, unit: string): Promise<UnitCost | undefined> {
    const text = session.documents.byFile(file)?.document.getText() ?? session.analyser.syntax(file)?.text;
    if (text === undefined) return Promise.resolve(undefined);
    const key = `${file} ${unit}`;
    const before = known.get(key);
    if (before?.text === text) return before.cost;
    const cost = session.study({ kind: 'cost', file, text, unit }).then(
      (answer) => answer.cost,
      (error: unknown) => {
        session.wire.error(`cost: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      },
    );
    known.set(key, { text, cost });
    return cost;
  }

  function written(cost: UnitCost | undefined): string | undefined {
    if (cost === undefined) return undefined;
    return session.tell('cost', { macs: grouped(cost.macs), memory: bytes(cost.total), batch: cost.batch });
  }

  return {
    async soon(file, unit) {
      return written(await Promise.race([ask(file, unit), pause(PATIENCE).then(() => undefined)]));
    },
    async quiet(file, unit) {
      const version = session.documents.byFile(file)?.document.version;
      await pause(REST);
      if (session.documents.byFile(file)?.document.version !== version) return undefined;
      return written(await ask(file, unit));
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
