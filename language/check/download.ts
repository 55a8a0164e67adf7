/** `download("https://…", sha256: "…")` where a file name stands: checked, and fetched by nobody while one types. */
import { wordOf } from '../catalog/checked.ts';
import type { CheckedCall, Refusal } from '../catalog/entry.ts';
import { nameOfDownload } from '../data/download.ts';
import type { CallExpr, Expr } from '../syntax/tree.ts';
import { bindSettings } from './bind-settings.ts';
import { type Frame, place } from './frame.ts';
import type { Site } from './layer.ts';
import { complain, reportRefusal } from './report.ts';
import { ownerOf } from './setting-words.ts';

export function isDownload(expr: Expr): expr is CallExpr {
  return expr.kind === 'call' && expr.callee.kind === 'name' && expr.callee.text === 'download';
}

/** A file that a run fetches. */
export interface Fetched {
  /** What it is called on disk once it is there. */
  readonly name: string;
  /** How the plan has it. */
  readonly call: CheckedCall;
}

/** Checks the address and the sum. Undefined: reported, or a parameter decides. */
export function readDownload(expr: CallExpr, frame: Frame): Fetched | undefined {
  const { callee } = expr;
  const entry = frame.session.program.catalog.find('source', 'download');
  if (entry?.kind !== 'source' || callee.kind !== 'name') return undefined;
  frame.facts?.targets.set(callee, { kind: 'entry', entry });
  const args = (expr.args?.items ?? []).map((arg) => ({ arg, frame }));
  const { settings, bound, given, ok } = bindSettings(ownerOf(entry), args, frame, callee);
  frame.facts?.calls.set(expr, {
    callee: { kind: 'entry', entry },
    bound,
    settings: {},
    inputs: {},
    results: [],
    weights: [],
  });
  const site: Site = { node: expr, callee, args, body: undefined, frame, arrow: undefined };
  const spanOf = (part: Refusal['at']) => {
    const one = part.part === 'setting' ? given.get(part.name) : undefined;
    return place(frame, one?.arg.value ?? callee);
  };
  const { problems } = entry.columns(settings, () => undefined);
  for (const refusal of problems) reportRefusal(site, refusal, spanOf);
  const url = wordOf(settings, 'url');
  if (!ok || problems.length > 0 || url === undefined || settings.sha256 === undefined) return undefined;
  const name = nameOfDownload({ url, sha256: wordOf(settings, 'sha256')?.toLowerCase() });
  return { name, call: { call: 'source/download', settings } };
}

/** Reports a download where no file is named: `folder(download(…))`. */
export function misplacedDownload(expr: CallExpr, setting: string, source: string, frame: Frame): void {
  complain(frame, expr, 'data/download-place', { setting, source });
}
