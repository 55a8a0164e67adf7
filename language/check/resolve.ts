/** What a name means where it stands: a local first, then a declaration of the program, then the library. */
import type { Entry } from '../catalog/entry.ts';
import type { Place } from '../problem.ts';
import { unknownType } from '../shapes/type.ts';
import { foreignName } from '../syntax/foreign.ts';
import { nearest } from '../syntax/nearest.ts';
import type { Name, NameExpr, Span } from '../syntax/tree.ts';
import { tellBoundLater } from './bound-later.ts';
import { tellNearColumn, tellNoColumn } from './column-file.ts';
import { isCompileTimeFunction } from './compile-time.ts';
import { tellElsewhere, tellUnquoted } from './elsewhere.ts';
import { tellForeign } from './foreign.ts';
import { type Frame, findLocal, type Local, localNames, once, place } from './frame.ts';
import type { AppliedEntry, Layer, Site, UnitRef } from './layer.ts';
import type { Found } from './program.ts';
import { complain, replaceFix, report } from './report.ts';
import { tensorValue } from './value.ts';

export type Resolved =
  | { readonly kind: 'local'; readonly local: Local }
  | { readonly kind: 'layer'; readonly layer: Layer }
  /** Reported, or not known yet. */
  | { readonly kind: 'unknown' };

/** Resolves a name that stands alone or is called; reports an unknown one with the nearest as a fix. */
export function resolveName(expr: NameExpr, frame: Frame, site?: Partial<Site>): Resolved {
  const local = findLocal(frame.scope, expr.text);
  if (local && !(site && isColumnOnly(local, frame))) {
    local.used = true;
    if (local.ambiguous) {
      const [first, second] = local.ambiguous;
      const fixes = [first, second].map((text) => replaceFix(frame, 'name/ambiguous/choose', expr, text));
      complain(frame, expr, 'name/ambiguous', { name: expr.text, first, second }, fixes);
      return { kind: 'unknown' };
    }
    tellTarget(frame, expr, local);
    if (local.trainingOnly) {
      tellTrainingOnly(frame, expr, expr.text, local.trainingOnly);
      return { kind: 'unknown' };
    }
    return { kind: 'local', local };
  }
  const at: Site = { node: expr, callee: expr, args: [], body: undefined, frame, arrow: undefined, ...site };
  const found = frame.session.program.find(frame.chunk.file, expr.text, 'unit');
  if (found) return declared(found, expr, frame, at);
  const entry = isUnreadColumn(expr.text, frame, site) ? undefined : findEntry(frame, expr.text);
  if (entry) {
    frame.facts?.targets.set(expr, { kind: 'entry', entry });
    return { kind: 'layer', layer: { kind: 'entry', entry, site: at } };
  }
  if (frame.open && !site) return { kind: 'local', local: unreadColumn(expr, frame) };
  if (frame.session.program.find(frame.chunk.file, expr.text, 'data')) {
    complain(frame, expr, 'name/not-a-layer', { name: expr.text });
  } else if (expr.text !== '') unknownName(expr, frame);
  return { kind: 'unknown' };
}

/** Reports an output that is not there when the model is used. */
export function tellTrainingOnly(frame: Frame, at: Span, name: string, made: Place): void {
  report(frame, at, {
    message: { key: 'train/training-only', values: { name } },
    related: [{ at: made, message: { key: 'why/training-only', values: {} } }],
  });
}

/** A column of the name of a transform (`characters` of a text) means the transform where something flows into it. */
function isColumnOnly({ name, value }: Local, frame: Frame): boolean {
  return frame.places[0] === 'data' && value.kind === 'tensor' && findEntry(frame, name) !== undefined;
}

/** In data whose file nobody has read, a name that stands alone may be a column whatever the language calls so: `floor`. */
function isUnreadColumn(name: string, frame: Frame, site: Partial<Site> | undefined): boolean {
  return frame.open === true && !site && frame.places[0] === 'data' && /^\p{Ll}/u.test(name);
}

/** A name in data whose file nobody has read: a column of which nothing but its name is known. */
function unreadColumn(expr: NameExpr, frame: Frame): Local {
  const value = tensorValue({ ...unknownType, facts: { column: expr.text } });
  return { value, what: 'column', name: expr.text, at: place(frame, expr), used: true };
}

/** Tells editors what a name that a local has means. */
export function tellTarget(frame: Frame, name: NameExpr | Name, local: Local): void {
  const { what, value } = local;
  if (what !== 'column') frame.facts?.targets.set(name, { kind: 'local', what, name: local.name, at: local.at });
  else if (value.kind === 'tensor')
    frame.facts?.targets.set(name, { kind: 'column', name: local.name, type: value.type });
}

function declared(found: Found, expr: NameExpr, frame: Frame, site: Site): Resolved {
  const { chunk, declaration } = found;
  switch (declaration.kind) {
    case 'unit':
    case 'variant':
    case 'extern': {
      frame.facts?.targets.set(expr, {
        kind: 'declaration',
        name: expr.text,
        at: { chunk, start: declaration.name.start, end: declaration.name.end },
      });
      const unit: UnitRef = { name: expr.text, chunk, declaration };
      return { kind: 'layer', layer: { kind: 'unit', unit, site } };
    }
    case 'import':
    case 'data':
    case 'run':
    case 'export':
      // An import that leads nowhere carries the error itself; the others are no units.
      return { kind: 'unknown' };
  }
}

/** The entry that a name means in the frame's places. */
export function findEntry(frame: Frame, name: string): AppliedEntry | undefined {
  for (const at of frame.places) {
    const entry = frame.session.program.catalog.find(at, name);
    if (entry && isApplied(entry)) return entry;
  }
  return undefined;
}

function isApplied(entry: Entry): entry is AppliedEntry {
  return (
    entry.kind === 'operation' || entry.kind === 'combinator' || entry.kind === 'transform' || entry.kind === 'metric'
  );
}

function unknownName(expr: NameExpr, frame: Frame): void {
  // A name that is misspelt where it is declared would else be told at each of its uses.
  if (!once(frame, `name ${expr.text}`)) return;
  const { catalog } = frame.session.program;
  const candidates = [
    ...localNames(frame.scope),
    ...frame.session.program.names(frame.chunk.file, 'unit'),
    ...frame.places.flatMap((at) => catalog.names(at)),
  ];
  if (isCompileTimeFunction(expr.text)) return;
  if (tellUnquoted(expr, frame) || tellElsewhere(expr, frame)) return;
  if (tellBoundLater(expr, frame) || tellForeign(expr, frame, candidates)) return;
  suggest(frame, expr, expr.text, 'name/unknown', candidates);
}

/** Reports a name that does not exist, with the nearest that does as the fix; gives the nearest. */
export function suggest(
  frame: Frame,
  at: Span,
  name: string,
  key: string,
  candidates: Iterable<string>,
  values: Readonly<Record<string, string | number>> = {},
): string | undefined {
  // A broken line of the file may be what declares it.
  if (key.startsWith('name/unknown') && frame.session.program.spoilt(frame.chunk.file, name)) return undefined;
  const all = [...candidates];
  const near = foreignName(name, all) ?? nearest(name, all);
  if (near === undefined) {
    if (tellNoColumn(frame, at, key, name)) return undefined;
    complain(frame, at, key, { name, ...values });
    return undefined;
  }
  const fix = replaceFix(frame, 'name/change', at, near);
  if (!tellNearColumn(frame, at, key, { name, near }, fix)) {
    complain(frame, at, `${key}.near`, { name, near, ...values }, [fix]);
  }
  return near;
}
