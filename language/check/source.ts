/** The `source:` of a data section: which files hold the rows, and the raw columns that they give. */
import type { Refusal, SourceEntry } from '../catalog/entry.ts';
import type { DataHeader } from '../files.ts';
import type { Place } from '../problem.ts';
import type { TensorType } from '../shapes/type.ts';
import type { NameExpr, Entry as SectionEntry } from '../syntax/tree.ts';
import { bindSettings } from './bind-settings.ts';
import { argValue } from './call.ts';
import { type Frame, place } from './frame.ts';
import type { GivenArg, Site } from './layer.ts';
import { complain, reportRefusal } from './report.ts';
import { suggest, tellLater } from './resolve.ts';
import { ownerOf } from './setting-words.ts';
import { describe } from './value.ts';

export interface Source {
  readonly entry: SourceEntry;
  /** By setting or column name; undefined where a parameter decides. */
  readonly settings: Readonly<Record<string, string | null | undefined>>;
  readonly columns: readonly { readonly name: string; readonly type: TensorType }[] | undefined;
  readonly place: Place;
  readonly complete: boolean;
}

/** Checks a source and reads its headers. Undefined: reported. */
export function readSource(section: SectionEntry, frame: Frame): Source | undefined {
  const expr = section.value;
  const name = expr.kind === 'call' ? expr.callee : expr;
  const args = (expr.kind === 'call' ? (expr.args?.items ?? []) : []).map((arg): GivenArg => ({ arg, frame }));
  if (name.kind !== 'name') {
    if (expr.kind !== 'missing') complain(frame, expr, 'data/source-form');
    return undefined;
  }
  const entry = frame.session.program.catalog.find('source', name.text);
  if (entry?.kind !== 'source') {
    const { catalog } = frame.session.program;
    if (name.text !== '' && !tellLater(frame, name, name.text, ['source'])) {
      suggest(frame, name, name.text, 'data/unknown-source', catalog.names('source'));
    }
    for (const given of args) argValue(given);
    return undefined;
  }
  frame.facts?.targets.set(name, { kind: 'entry', entry });
  const { settings, spans, ok } = bindSource(entry, name, args, frame);
  const known = Object.entries(settings).filter((pair): pair is [string, string | null] => pair[1] !== undefined);
  const complete = known.length === Object.keys(settings).length;
  const site: Site = { node: expr, callee: name, args, body: undefined, frame, arrow: undefined };
  const at = place(frame, section);
  if (!ok) return { entry, settings, columns: undefined, place: at, complete: false };
  const read = entry.columns(Object.fromEntries(known), (path) =>
    frame.session.program.header(frame.chunk.file, path, formOf(entry)),
  );
  for (const refusal of read.problems) {
    const severity = refusal.refused === 'data/missing-file' ? 'information' : 'error';
    reportRefusal(site, { ...refusal, severity }, (part) => placeOf(part, spans, site));
  }
  frame.facts?.calls.set(expr, {
    callee: { kind: 'entry', entry },
    bound: new Map(args.map(({ arg }) => [arg, arg.name?.text ?? 'file'])),
    settings: {},
    inputs: {},
    results: [],
    weights: [],
  });
  return { entry, settings, columns: complete ? read.columns : undefined, place: at, complete };
}

/** What a source takes its files for. */
function formOf(entry: SourceEntry): DataHeader['kind'] | undefined {
  const { name } = entry;
  return name === 'idx' || name === 'csv' || name === 'text' ? name : undefined;
}

function placeOf(part: Refusal['at'], spans: ReadonlyMap<string, GivenArg>, site: Site): Place {
  const given = part.part === 'setting' || part.part === 'input' ? spans.get(part.name) : undefined;
  if (given) return place(given.frame, given.arg.value);
  return place(site.frame, part.part === 'call' ? site.node : site.callee);
}

interface BoundSource {
  readonly settings: Record<string, string | null | undefined>;
  readonly spans: ReadonlyMap<string, GivenArg>;
  readonly ok: boolean;
}

/** Files by column name where the source takes them so, else its declared settings. */
function bindSource(entry: SourceEntry, name: NameExpr, args: readonly GivenArg[], frame: Frame): BoundSource {
  const settings: Record<string, string | null | undefined> = {};
  const spans = new Map<string, GivenArg>();
  const own = entry.filesByColumn
    ? args.filter(({ arg }) => arg.name && Object.hasOwn(entry.settings, arg.name.text))
    : args;
  const bound = bindSettings(ownerOf(entry), own, frame, name);
  for (const [key, value] of Object.entries(bound.settings)) settings[key] = asText(value);
  for (const [key, given] of bound.given) {
    spans.set(key, given);
    if (given.value?.kind === 'text' && given.value.value === undefined) settings[key] = undefined;
  }
  let { ok } = bound;
  for (const given of args.filter((one) => !own.includes(one))) {
    const { arg } = given;
    const value = argValue(given);
    if (!arg.name) {
      complain(frame, arg, 'data/unnamed-file', { source: entry.name });
      ok = false;
    } else if (value.kind === 'text') {
      if (spans.has(arg.name.text))
        complain(frame, arg, 'argument/twice', { setting: arg.name.text, callee: entry.name });
      settings[arg.name.text] = value.value;
      spans.set(arg.name.text, given);
    } else {
      if (value.kind !== 'unknown') {
        complain(frame, arg.value, 'data/file-name', { column: arg.name.text, value: describe(value) });
      }
      ok = false;
    }
  }
  if (entry.filesByColumn && spans.size === 0 && ok) {
    complain(frame, name, 'data/no-files', { source: entry.name });
    ok = false;
  }
  return { settings, spans, ok };
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : String(value);
}
