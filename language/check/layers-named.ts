/**
 * Layers that a setting names: one with a name of its own, all of a class (`LayerNorm`, a block), or a path of weights in
 * quotes (`"GPT/repeat.0"`). What comes out is paths and classes, told apart by the `/` that every path has.
 */
import type { CheckedValue } from '../catalog/entry.ts';
import type { Expr, NameExpr } from '../syntax/tree.ts';
import { expected } from './expected.ts';
import { type Frame, findLocal, localNames } from './frame.ts';
import type { GivenArg } from './layer.ts';
import { complain } from './report.ts';
import { suggest, tellTarget } from './resolve.ts';
import type { SettingSite } from './setting-words.ts';

/** The layers of one setting; undefined where one of them is none (reported). */
export function layersNamed(site: SettingSite, { arg, frame }: GivenArg): CheckedValue | undefined {
  const items = arg.value.kind === 'list' ? arg.value.items : [arg.value];
  const found = items.map((item) => oneNamed(site, item, frame));
  return found.every((name) => name !== undefined) ? found : undefined;
}

function oneNamed(site: SettingSite, expr: Expr, frame: Frame): string | undefined {
  if (expr.kind === 'name') return expr.text === '' ? undefined : named(site, expr, frame);
  if (expr.kind === 'string' && expr.value.includes('/')) return expr.value;
  if (expr.kind !== 'missing') {
    const values = { setting: site.name, callee: site.owner.name, expected: expected(site.def.type) };
    complain(frame, expr, 'argument/kind', { ...values, value: frame.chunk.text.slice(expr.start, expr.end) });
  }
  return undefined;
}

function named(site: SettingSite, name: NameExpr, frame: Frame): string | undefined {
  const local = findLocal(frame.scope, name.text);
  if (local?.value.kind === 'layer' && local.value.layer.kind === 'shared') {
    tellTarget(frame, name, local);
    return local.value.layer.path;
  }
  const { program } = frame.session;
  const { catalog } = program;
  const entry = catalog.find('model', name.text);
  if (!local && entry?.kind === 'operation' && entry.weights) {
    frame.facts?.targets.set(name, { kind: 'entry', entry });
    return name.text;
  }
  const unit = local ? undefined : program.find(frame.chunk.file, name.text, 'unit');
  if (unit?.declaration.kind === 'unit') {
    const { start, end } = unit.declaration.name;
    const at = { chunk: unit.chunk, start, end };
    frame.facts?.targets.set(name, { kind: 'declaration', name: name.text, at });
    return name.text;
  }
  const layers = localNames(frame.scope).filter((other) => findLocal(frame.scope, other)?.value.kind === 'layer');
  suggest(frame, name, name.text, 'argument/layers', [...layers, ...withWeights(frame)], { setting: site.name });
  return undefined;
}

function withWeights(frame: Frame): readonly string[] {
  const { catalog } = frame.session.program;
  return catalog.names('model').filter((name) => {
    const entry = catalog.find('model', name);
    return entry?.kind === 'operation' && entry.weights !== undefined;
  });
}
