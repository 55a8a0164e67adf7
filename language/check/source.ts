/** The `source:` of a data section: which files hold the rows, and the raw columns that they give. */

import { wordOf } from '../catalog/checked.ts';
import type { CheckedCall, CheckedSettings, CheckedValue, Refusal, SourceEntry } from '../catalog/entry.ts';
import { DOWNLOADED, titleOfDownload } from '../data/download.ts';
import type { Place } from '../problem.ts';
import type { TensorType } from '../shapes/type.ts';
import type { NameExpr, Entry as SectionEntry, StringExpr } from '../syntax/tree.ts';
import { bindSettings } from './bind-settings.ts';
import { argValue } from './call.ts';
import { tellCheckedOnly } from './checked-only.ts';
import { isDownload, misplacedDownload, readDownload } from './download.ts';
import { type Frame, findLocal, place } from './frame.ts';
import type { GivenArg, Site } from './layer.ts';
import { complain, replaceFix, reportAt, reportRefusal } from './report.ts';
import { suggest } from './resolve.ts';
import { ownerOf } from './setting-words.ts';
import { describe } from './value.ts';

export interface Source {
  readonly entry: SourceEntry;
  /** By setting or column name; left out where a parameter decides. */
  readonly settings: CheckedSettings;
  readonly columns: readonly { readonly name: string; readonly type: TensorType }[] | undefined;
  /** How many rows there are, where the files tell. */
  readonly rows: number | undefined;
  readonly place: Place;
}

/** Checks a source and reads its headers. Undefined: reported. */
export function readSource(section: SectionEntry, frame: Frame): Source | undefined {
  const expr = section.value;
  const name = expr.kind === 'call' ? expr.callee : expr;
  const args = (expr.kind === 'call' ? (expr.args?.items ?? []) : []).map((arg): GivenArg => ({ arg, frame }));
  if (name.kind !== 'name') {
    if (expr.kind === 'string') bareText(expr, frame);
    else if (expr.kind !== 'missing') complain(frame, expr, 'data/source-form');
    return undefined;
  }
  const entry = frame.session.program.catalog.find('source', name.text);
  if (entry?.kind !== 'source' || isDownload(expr)) {
    const { catalog } = frame.session.program;
    if (entry) complain(frame, expr, 'data/source-form');
    else if (name.text !== '') {
      suggest(frame, name, name.text, 'data/unknown-source', catalog.names('source'));
    }
    for (const given of args) argValue(given);
    return undefined;
  }
  frame.facts?.targets.set(name, { kind: 'entry', entry });
  const { settings, spans, ok, open, fetched } = bindSource(entry, name, args, frame);
  const site: Site = { node: expr, callee: name, args, body: undefined, frame, arrow: undefined };
  const at = place(frame, section);
  if (!ok) return { entry, settings, columns: undefined, rows: undefined, place: at };
  const { program } = frame.session;
  const missing = new Set<string>();
  const read = entry.columns(settings, (path, wish = {}) => {
    if (!fetched.has(path)) return program.header(frame.chunk.file, path, wish);
    const there = program.header(frame.chunk.file, `${DOWNLOADED}${path}`, wish);
    if (there?.ok === false && there.trouble === 'missing') missing.add(path);
    return there?.ok ? there : undefined;
  });
  for (const [file, call] of fetched) if (missing.has(file)) tellUnfetched(file, call, spans, frame);
  for (const refusal of read.problems) {
    const severity = refusal.refused === 'data/missing-file' ? 'information' : 'error';
    reportRefusal(site, { ...refusal, severity }, (part) => placeOf(part, spans, site));
  }
  tellCheckedOnly(entry, place(frame, name), frame);
  frame.facts?.calls.set(expr, {
    callee: { kind: 'entry', entry },
    bound: new Map(args.map(({ arg }) => [arg, arg.name?.text ?? Object.keys(entry.settings)[0] ?? 'file'])),
    settings: {},
    inputs: {},
    results: [],
    weights: [],
  });
  return {
    entry,
    settings: asPlanned(settings, fetched),
    columns: open ? undefined : read.columns,
    rows: open ? undefined : read.rows,
    place: at,
  };
}

/** Says that a file is not there yet. Whoever starts a run fetches it and checks again, since fields depend on what it holds. */
function tellUnfetched(
  file: string,
  { settings }: CheckedCall,
  spans: ReadonlyMap<string, GivenArg>,
  frame: Frame,
): void {
  const given = [...spans.values()].find(({ value }) => value?.kind === 'text' && value.value === file);
  if (!given) return;
  const [url, sha256] = [wordOf(settings, 'url') ?? '', wordOf(settings, 'sha256') ?? ''];
  const message = { key: 'data/not-fetched', values: { title: titleOfDownload({ url, sha256 }), url, sha256 } };
  reportAt(frame, place(given.frame, given.arg.value), { severity: 'information', message });
}

/** Downloads in place of the names that their files have on disk. */
function asPlanned(settings: CheckedSettings, fetched: ReadonlyMap<string, CheckedCall>): CheckedSettings {
  if (fetched.size === 0) return settings;
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      (typeof value === 'string' ? fetched.get(value) : undefined) ?? value,
    ]),
  );
}

const READERS: readonly (readonly [RegExp, string])[] = [
  [/\.[ct]sv(\.gz)?$/iu, 'csv'],
  [/\.(jsonl|ndjson)(\.gz)?$/iu, 'jsonl'],
  [/\.parquet$/iu, 'parquet'],
  [/\.txt$/iu, 'text'],
];

/** `source: "rows.csv"`. */
function bareText(expr: StringExpr, frame: Frame): void {
  const reader =
    READERS.find(([ending]) => ending.test(expr.value))?.[1] ?? (/\.\w+$/u.test(expr.value) ? undefined : 'folder');
  const written = frame.chunk.text.slice(expr.start, expr.end);
  const call = `${reader}(${written})`;
  if (reader === undefined) complain(frame, expr, 'data/source-form');
  else
    complain(frame, expr, 'data/source-form.text', { call }, [replaceFix(frame, 'data/source-form/call', expr, call)]);
}

/** `csv(rows.csv)`: reported, with the quotes as the fix. */
function unquoted({ arg, frame }: GivenArg): boolean {
  const { value } = arg;
  let root = value;
  while (root.kind === 'member') root = root.object;
  if (value.kind !== 'member' || root.kind !== 'name' || findLocal(frame.scope, root.text)) return false;
  const text = frame.chunk.text.slice(value.start, value.end);
  complain(frame, value, 'data/file-quotes', { text }, [replaceFix(frame, 'data/file-quotes/add', value, `"${text}"`)]);
  return true;
}

function placeOf(part: Refusal['at'], spans: ReadonlyMap<string, GivenArg>, site: Site): Place {
  const given = part.part === 'setting' || part.part === 'input' ? spans.get(part.name) : undefined;
  if (given) return place(given.frame, given.arg.value);
  return place(site.frame, part.part === 'call' ? site.node : site.callee);
}

interface BoundSource {
  readonly settings: Readonly<Record<string, CheckedValue>>;
  readonly spans: ReadonlyMap<string, GivenArg>;
  readonly ok: boolean;
  /** A setting depends on a parameter. */
  readonly open: boolean;
  /** Files to be fetched, by their names on disk. */
  readonly fetched: ReadonlyMap<string, CheckedCall>;
}

/** Files by column name where the source takes them so, else its declared settings. */
function bindSource(entry: SourceEntry, name: NameExpr, args: readonly GivenArg[], frame: Frame): BoundSource {
  const spans = new Map<string, GivenArg>();
  const declared = Object.keys(entry.settings);
  const fetched = new Map<string, CheckedCall>();
  const isSetting = ({ arg }: GivenArg) =>
    !entry.filesByColumn || (arg.name ? Object.hasOwn(entry.settings, arg.name.text) : declared.length > 0);
  const names = declared.filter((key) => !entry.settings[key]?.named);
  const own = args
    .filter((one) => isSetting(one))
    .map((one, index) => {
      const setting = one.arg.name?.text ?? names[index] ?? '';
      const isFile = !entry.filesByColumn && setting === 'file';
      return { ...one, value: fileValue(one, isFile ? undefined : { setting, source: entry.name }, fetched) };
    });
  const bound = bindSettings(ownerOf(entry), own, frame, name);
  const settings: Record<string, CheckedValue> = { ...bound.settings };
  let open = false;
  for (const [key, given] of bound.given) {
    spans.set(key, given);
    if (given.value?.kind !== 'text' || given.value.value !== undefined) continue;
    delete settings[key];
    open = true;
  }
  let { ok } = bound;
  let files = 0;
  for (const given of args.filter((one) => !isSetting(one))) {
    const { arg } = given;
    const value = fileValue(given, undefined, fetched) ?? argValue(given);
    if (!arg.name) {
      complain(frame, arg, 'data/unnamed-file', { source: entry.name });
      ok = false;
      continue;
    }
    files++;
    if (value.kind === 'text') {
      if (spans.has(arg.name.text)) {
        complain(frame, arg, 'argument/twice', { setting: arg.name.text, callee: entry.name });
      }
      if (value.value === undefined) open = true;
      // A column whose file is not known yet keeps its name.
      settings[arg.name.text] = value.value ?? null;
      spans.set(arg.name.text, { ...given, value });
    } else {
      if (value.kind !== 'unknown') {
        complain(frame, arg.value, 'data/file-name', { column: arg.name.text, value: describe(value) });
      }
      ok = false;
    }
  }
  if (entry.filesByColumn && files === 0 && ok) {
    complain(frame, name, 'data/no-files', { source: entry.name });
    ok = false;
  }
  return { settings, spans, ok, open, fetched };
}

/** What an argument says of a file where it is not simply its name. `other`: a setting that names no file. */
function fileValue(
  given: GivenArg,
  other: { readonly setting: string; readonly source: string } | undefined,
  fetched: Map<string, CheckedCall>,
): GivenArg['value'] {
  if (unquoted(given)) return { kind: 'text', value: undefined };
  const { value } = given.arg;
  if (!isDownload(value)) return undefined;
  const download = readDownload(value, given.frame);
  if (other) misplacedDownload(value, other.setting, other.source, given.frame);
  if (other || !download) return { kind: 'text', value: undefined };
  fetched.set(download.name, download.call);
  return { kind: 'text', value: download.name };
}
