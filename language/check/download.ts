/** `download("https://…", sha256: "…")` where a file name stands: checked, and fetched by nobody while one types. */
import type { Refusal } from '../catalog/entry.ts';
import type { CallExpr, Expr } from '../syntax/tree.ts';
import { bindSettings } from './bind-settings.ts';
import { tellCheckedOnly } from './checked-only.ts';
import { type Frame, place } from './frame.ts';
import type { Site } from './layer.ts';
import { reportRefusal } from './report.ts';
import { ownerOf } from './setting-words.ts';

export function isDownload(expr: Expr): expr is CallExpr {
  return expr.kind === 'call' && expr.callee.kind === 'name' && expr.callee.text === 'download';
}

/** Checks the address and the sum. */
export function readDownload(expr: CallExpr, frame: Frame): void {
  const { callee } = expr;
  const entry = frame.session.program.catalog.find('source', 'download');
  if (entry?.kind !== 'source' || callee.kind !== 'name') return;
  frame.facts?.targets.set(callee, { kind: 'entry', entry });
  const args = (expr.args?.items ?? []).map((arg) => ({ arg, frame }));
  const { settings, bound, given } = bindSettings(ownerOf(entry), args, frame, callee);
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
  for (const refusal of entry.columns(settings, () => undefined).problems) reportRefusal(site, refusal, spanOf);
  tellCheckedOnly(entry, place(frame, callee), frame);
}
