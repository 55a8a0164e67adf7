/** The signature of the call around the cursor, with the setting that stands there. */

import type { CheckedFile } from '../check/checked.ts';
import { entryDoc, settingDoc } from '../messages/entries/index.ts';
import type { Locale } from '../messages/table.ts';
import { expectedAt } from '../syntax/parse.ts';
import type { Arg, Expr } from '../syntax/tree.ts';
import { type Callee, calleeOf } from './callees.ts';
import { spotAt } from './locate.ts';
import { calledInputs, type Signature, signatureOf } from './print.ts';

export interface SignatureHelp {
  readonly label: string;
  readonly doc: string;
  readonly params: Signature['params'];
  /** Index into `params`; undefined where none is left. */
  readonly active: number | undefined;
}

export function signatureHelp(file: CheckedFile, offset: number, locale: Locale = 'en'): SignatureHelp | undefined {
  const spot = spotAt(file, offset);
  if (spot === undefined) return undefined;
  const { text, declaration } = spot.placed.chunk;
  const expected = expectedAt(text, spot.at)
    .filter((e) => e.place.kind === 'argument' || e.place.kind === 'setting')
    .at(-1);
  const place = expected?.place;
  if (place?.kind !== 'argument' && place?.kind !== 'setting') return undefined;
  const named = place.kind === 'setting' ? place.name.text : undefined;
  const callee = calleeOf(place.callee, declaration?.kind);
  if (callee !== undefined) {
    const signature = signatureOf(callee);
    const active = activeParam(
      signature.params.map((p) => p.name),
      positional(callee),
      place.given,
      named,
    );
    const doc = callee.entry === undefined ? '' : entryDoc(callee.entry, locale);
    const params = signature.params.map((param) => ({ ...param, doc: settingDoc(param.doc, locale) }));
    return { label: signature.label, doc, params, active };
  }
  return unitHelp(file, place.callee, place.given, named);
}

/** What may be given without its name. */
function positional({ settings, entry }: Callee): readonly string[] {
  const names = Object.entries(settings).flatMap(([name, def]) => (def.named === true ? [] : [name]));
  return [...(entry === undefined ? [] : calledInputs(entry).map((input) => input.name)), ...names];
}

function activeParam(
  all: readonly string[],
  ordered: readonly string[],
  given: readonly Arg[],
  named: string | undefined,
): number | undefined {
  if (named !== undefined) {
    const index = all.indexOf(named);
    return index < 0 ? undefined : index;
  }
  const taken = new Set(given.map((arg) => arg.name?.text));
  const free = ordered.filter((name) => !taken.has(name));
  const next = free[given.filter((arg) => arg.name === undefined).length];
  const index = next === undefined ? -1 : all.indexOf(next);
  return index < 0 ? undefined : index;
}

/** A block, model or data section of this file. */
function unitHelp(
  file: CheckedFile,
  callee: Expr,
  given: readonly Arg[],
  named: string | undefined,
): SignatureHelp | undefined {
  if (callee.kind !== 'name') return undefined;
  for (const { chunk } of file.syntax.chunks) {
    const d = chunk.declaration;
    if ((d?.kind !== 'unit' && d?.kind !== 'data' && d?.kind !== 'extern') || d.name.text !== callee.text) continue;
    let label = `${d.name.text}(`;
    const params = d.params.map((param, index) => {
      if (index > 0) label += ', ';
      const start = label.length;
      label += chunk.text.slice(param.start, param.end);
      return { name: param.name.text, start, end: label.length, doc: '' };
    });
    const names = params.map((p) => p.name);
    return { label: `${label})`, doc: d.doc ?? '', params, active: activeParam(names, names, given, named) };
  }
  return undefined;
}
