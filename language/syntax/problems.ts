/** Makes the parser's problems. Spans count from the start of the chunk that is being parsed. */
import type { MessageValues } from '../messages/table.ts';
import type { Edit, Problem, Related, Severity } from '../problem.ts';
import type { Span } from './tree.ts';

export interface ProblemOptions {
  readonly values?: MessageValues;
  /** Chooses another text under the same code. */
  readonly variant?: string;
  readonly severity?: Severity;
  readonly related?: readonly { readonly at: Span; readonly text: string; readonly values?: MessageValues }[];
  /** The first is preferred. `name` ends its id; its title is `syntax/<code>/<name>` with the fix's or the problem's values. */
  readonly fixes?: readonly {
    readonly name: string;
    readonly values?: MessageValues;
    readonly edits: readonly Edit[];
  }[];
  readonly unfinished?: boolean;
}

export function syntaxProblem(name: string, at: Span, options: ProblemOptions = {}): Problem {
  const code = `syntax/${name}` as const;
  const values = options.values ?? {};
  const related: Related[] = (options.related ?? []).map((r) => ({
    at: r.at,
    message: { key: `${code}/${r.text}`, values: r.values ?? values },
  }));
  return {
    code,
    severity: options.severity ?? 'error',
    message: { key: options.variant === undefined ? code : `${code}.${options.variant}`, values },
    at: { start: at.start, end: at.end },
    related,
    fixes: (options.fixes ?? []).map((fix, index) => ({
      id: `${code}/${fix.name}`,
      title: { key: `${code}/${fix.name}`, values: fix.values ?? values },
      preferred: index === 0,
      edits: fix.edits,
    })),
    ...(options.unfinished === true ? { unfinished: true } : {}),
  };
}
