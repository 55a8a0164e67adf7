/** Makes problems: the span at fault, where each number came from, and the edits of the fixes. */
import type { FixIdea, Refusal } from '../catalog/entry.ts';
import type { Edit, Fix, Message, Place, ProblemCode, Related, Severity } from '../problem.ts';
import type { Dim } from '../shapes/dim.ts';
import type { Span } from '../syntax/tree.ts';
import { gapBefore } from './advice/gap.ts';
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
  more: readonly Fix[] = [],
): void {
  const { frame } = site;
  const ideas = refusal.fixes.flatMap((idea, index) =>
    fixOf(site, idea, index === 0 && more.length === 0, refusal.at, spanOf),
  );
  const fixes = [...more, ...ideas];
  frame.sink.add({
    code: refusal.refused,
    severity: refusal.severity ?? 'error',
    message: refusal.message,
    at: spanOf(refusal.at),
    related: blamePath(refusal.blame),
    fixes,
  });
}

/** What an edit needs to know of a fix. */
export type EditIdea =
  | { readonly kind: 'insert-before' | 'insert-after'; readonly stage: string }
  | { readonly kind: 'set'; readonly setting: string; readonly value: string }
  | { readonly kind: 'replace-callee'; readonly text: string }
  | { readonly kind: 'remove' };

type SpanOf = (part: Refusal['at']) => Place;

/** The edit that a rule's idea asks for; none where the call is not of that form. */
function fixOf(site: Site, idea: FixIdea, preferred: boolean, at: Refusal['at'], spanOf: SpanOf): readonly Fix[] {
  const edit = editFor(site, idea, at, spanOf);
  return edit ? [{ id: idea.id, title: idea.title, preferred, edits: [edit] }] : [];
}

/** The edit for an idea at a call: what is set, put in front or behind. */
export function editFor(site: Site, idea: EditIdea, at: Refusal['at'], spanOf: SpanOf): Edit | undefined {
  const { node, frame } = site;
  const insert = (offset: number, newText: string): Edit => ({
    at: place(frame, { start: offset, end: offset }),
    newText,
  });
  switch (idea.kind) {
    case 'insert-before':
      if (site.arrow) return insert(site.arrow.start, `-> ${idea.stage} `);
      return (
        throughStage(site, idea.stage, at, spanOf) ??
        (startsFlow(site) ? insert(node.start, `${idea.stage} -> `) : undefined)
      );
    case 'insert-after':
      return throughStage(site, idea.stage, at, spanOf) ?? insert(node.end, ` -> ${idea.stage}`);
    case 'remove':
      return (
        site.arrow && {
          at: place(frame, { start: gapBefore(frame.chunk.text, site.arrow.start), end: node.end }),
          newText: '',
        }
      );
    case 'replace-callee':
      return { at: place(frame, site.callee), newText: idea.text };
    case 'set': {
      const given = spanOf({ part: 'setting', name: idea.setting });
      if (given.start !== site.callee.start || given.chunk !== frame.chunk) return { at: given, newText: idea.value };
      const text = `${idea.setting}: ${idea.value}`;
      if (node.kind !== 'call') return insert(node.end, `(${text})`);
      if (!node.args) return insert(node.callee.end, `(${text})`);
      return insert(node.args.end - 1, node.args.items.length > 0 ? `, ${text}` : text);
    }
  }
}

/** An operand or argument sent through a stage first: `(x -> scale(…)) + y`, `mse(x -> squeeze, y)`. */
function throughStage(site: Site, stage: string, at: Refusal['at'], spanOf: SpanOf): Edit | undefined {
  if (at.part !== 'input') return undefined;
  const given = spanOf(at);
  if (given.start === site.callee.start && given.end === site.callee.end) return undefined;
  const flow = `${given.chunk.text.slice(given.start, given.end)} -> ${stage}`;
  const operand = site.node.kind === 'binary' || site.node.kind === 'unary';
  return { at: given, newText: operand ? `(${flow})` : flow };
}

/** The first layer of a body in braces, which another can stand before. */
function startsFlow(site: Site): boolean {
  const { node } = site;
  return (
    node.kind === 'name' ||
    (node.kind === 'call' && site.args.every(({ arg }) => arg.name !== undefined || !isFunction(site)))
  );
}

function isFunction(site: Site): boolean {
  const { callee } = site;
  return /^\p{Ll}/u.test(site.frame.chunk.text.slice(callee.start, callee.end));
}
