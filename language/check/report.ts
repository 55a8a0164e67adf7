/** Makes problems: the span at fault, where each number came from, and the edits of the fixes. */
import type { FixIdea, Refusal } from '../catalog/entry.ts';
import type { Fix, Message, Place, ProblemCode, Related, Severity } from '../problem.ts';
import type { Dim } from '../shapes/dim.ts';
import type { Span } from '../syntax/tree.ts';
import { type Frame, place } from './frame.ts';
import type { Site } from './layer.ts';

const RELATED_LIMIT = 12;

export interface Report {
  readonly severity?: Severity;
  readonly message: Message;
  readonly blame?: readonly Dim[];
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

/** Reports a problem at a span of the frame's chunk. Its code is the message's key up to the `.variant`. */
export function report(frame: Frame, at: Span, problem: Report): void {
  reportAt(frame, place(frame, at), problem);
}

/** Reports a problem at a place of any chunk. */
export function reportAt(frame: Frame, at: Place, problem: Report): void {
  frame.sink.add({
    code: codeOf(problem.message.key),
    severity: problem.severity ?? 'error',
    message: problem.message,
    at,
    related: [...(problem.related ?? []), ...blamePath(problem.blame ?? [])].slice(0, RELATED_LIMIT),
    fixes: problem.fixes ?? [],
  });
}

/** Short form for a message without blame. */
export function complain(
  frame: Frame,
  at: Span,
  key: string,
  values: Message['values'] = {},
  fixes: readonly Fix[] = [],
): void {
  report(frame, at, { message: { key, values }, fixes });
}

export function codeOf(key: string): ProblemCode {
  const dot = key.indexOf('.');
  return (dot < 0 ? key : key.slice(0, dot)) as ProblemCode;
}

/** Where sizes came from, breadth-first over their reasons, newest first, each place and text once. */
export function blamePath(dims: readonly Dim[]): Related[] {
  const related: Related[] = [];
  const told = new Set<string>();
  const visited = new Set<Dim>();
  let level = dims;
  while (level.length > 0 && related.length < RELATED_LIMIT) {
    const next: Dim[] = [];
    for (const dim of level) {
      if (visited.has(dim) || !dim.why) continue;
      visited.add(dim);
      const { text, at, from } = dim.why;
      next.push(...from);
      if (!at) continue;
      const key = `${at.start}-${at.end} ${text.key} ${JSON.stringify(text.values)}`;
      if (told.has(key) || related.length >= RELATED_LIMIT) continue;
      told.add(key);
      related.push({ at, message: text });
    }
    level = next;
  }
  return related;
}

/** A fix that replaces a span of the frame's chunk. */
export function replaceFix(frame: Frame, id: string, at: Span, newText: string, title?: Message): Fix {
  return {
    id,
    title: title ?? { key: 'fix/change', values: { text: newText } },
    preferred: true,
    edits: [{ at: place(frame, at), newText }],
  };
}

/** Reports what a rule refuses or remarks, at the part of the call that it names. */
export function reportRefusal(
  site: Site,
  refusal: Refusal & { readonly severity?: Severity },
  spanOf: (part: Refusal['at']) => Place,
): void {
  const { frame } = site;
  const fixes = refusal.fixes.flatMap((idea, index) => fixOf(site, idea, index === 0));
  frame.sink.add({
    code: refusal.refused,
    severity: refusal.severity ?? 'error',
    message: refusal.message,
    at: spanOf(refusal.at),
    related: blamePath(refusal.blame),
    fixes,
  });
}

/** The edit that a rule's idea asks for; none where the call is not of that form. */
function fixOf(site: Site, idea: FixIdea, preferred: boolean): readonly Fix[] {
  const made = (at: Span, newText: string): readonly Fix[] => [
    { id: idea.id, title: idea.title, preferred, edits: [{ at: place(site.frame, at), newText }] },
  ];
  const { node } = site;
  switch (idea.kind) {
    case 'insert-before': {
      if (site.arrow) return made({ start: site.arrow.start, end: site.arrow.start }, `-> ${idea.stage} `);
      return made({ start: node.start, end: node.start }, `${idea.stage} -> `);
    }
    case 'insert-after':
      return made({ start: node.end, end: node.end }, ` -> ${idea.stage}`);
    case 'replace-callee':
      return made(site.callee, idea.text);
    case 'set': {
      const given = site.args.find(
        ({ arg, frame }) => arg.name?.text === idea.setting && frame.chunk === site.frame.chunk,
      );
      if (given) return made(given.arg.value, idea.value);
      const text = `${idea.setting}: ${idea.value}`;
      if (node.kind !== 'call') return made({ start: node.end, end: node.end }, `(${text})`);
      if (!node.args) return made({ start: node.callee.end, end: node.callee.end }, `(${text})`);
      const end = node.args.end - 1;
      return made({ start: end, end }, node.args.items.length > 0 ? `, ${text}` : text);
    }
  }
}
