/** `export` sections: what is written where, in which format, and how large inputs are whose sizes are open. */
import { integer, text, word } from '../catalog/settings.ts';
import type { Arg, Entry, ExportDecl, Expr } from '../syntax/tree.ts';
import type { Owner } from './bind-settings.ts';
import type { Frame } from './frame.ts';
import { openSizes } from './open-sizes.ts';
import { bindParams } from './params.ts';
import { complain } from './report.ts';
import { suggest } from './resolve.ts';
import { modelOf } from './run-scope.ts';
import { isMeant, sectionEntries } from './section.ts';
import { settingValue } from './setting.ts';
import { inputsOf, type Target } from './unit.ts';

const owner: Owner = { name: 'export', settings: {}, entry: undefined };
const integerSize = integer('The size that an input has in what is written.', { min: 1 });

const keys = {
  to: text('The file or folder that is written.'),
  format: word('The form that is written.', ['tfjs', 'keras', 'onnx', 'safetensors']),
  quantize: word('How weights are made smaller.', ['float16', 'uint8', 'uint16'], { default: null }),
};

/** Checks an export section. */
export function checkExport(declaration: ExportDecl, frame: Frame): void {
  const entries = sectionEntries('export', declaration.body, frame);
  const [name, part] = declaration.model;
  const target = name && modelOf({ model: [name] }, frame);
  if (target && name) checkArgs(target, declaration, frame);
  if (target && part) checkPart(target, declaration, frame);
  for (const [key, def] of Object.entries(keys)) {
    const entry = entries.get(key);
    if (!entry || entry.value.kind === 'missing') continue;
    const arg = { name: entry.key, value: entry.value, start: entry.start, end: entry.end };
    settingValue({ owner, name: key, def }, { arg, frame });
  }
  const inputs = entries.get('inputs');
  if (inputs && target && !part) checkInputs(inputs, target, frame);
  if (declaration.close && !entries.has('to') && !isMeant('to', 'export', declaration.body))
    complain(frame, declaration.keyword, 'train/no-target');
}

function checkArgs(target: Target, declaration: ExportDecl, frame: Frame): void {
  const [name] = declaration.model;
  if (!name) return;
  const node = { kind: 'name', text: name.text, start: name.start, end: name.end } as const;
  const args = [...target.args, ...declaration.args.map((arg) => ({ arg, frame }))];
  bindParams(
    name.text,
    target,
    args,
    { node, callee: name, args, body: undefined, frame, arrow: undefined },
    new Map(),
  );
}

/** `VAE.decoder`: a layer that the model has named; its own parts may follow. */
function checkPart(target: Target, declaration: ExportDecl, frame: Frame): void {
  const [model, part] = declaration.model;
  if (!model || !part || part.text === '') return;
  const layers = target.declaration.body.flatMap((statement) => (statement.kind === 'layer' ? [statement.name] : []));
  const layer = layers.find((one) => one.text === part.text);
  if (!layer) {
    const names = layers.map((one) => one.text);
    suggest(frame, part, part.text, 'train/export-part', names, { model: model.text });
    return;
  }
  const at = { chunk: target.chunk, start: layer.start, end: layer.end };
  frame.facts?.targets.set(part, { kind: 'local', what: 'layer', name: part.text, at });
}

/** `inputs: [tokens, T: 128]`: which inputs are asked for, and the sizes that are open in the model. */
function checkInputs(entry: Entry, target: Target, frame: Frame): void {
  const items = itemsOf(entry.value);
  if (!items) {
    complain(frame, entry.value, 'train/export-inputs');
    return;
  }
  const inputs = inputsOf(target.declaration.body).map((input) => input.name);
  const sizes = openSizes(target.declaration);
  for (const { name, value } of items) {
    if (name) {
      if (!sizes.includes(name.text)) suggest(frame, name, name.text, 'train/export-size', sizes);
      else
        settingValue({ owner, name: name.text, def: integerSize }, { arg: { name, value, ...spanOf(value) }, frame });
    } else if (value.kind === 'name') {
      if (value.text !== '' && !inputs.includes(value.text))
        suggest(frame, value, value.text, 'train/export-input', inputs, { model: target.declaration.name.text });
    } else if (value.kind !== 'missing') complain(frame, value, 'train/export-inputs');
  }
}

function spanOf({ start, end }: Expr) {
  return { start, end };
}

function itemsOf(expr: Expr): readonly Pick<Arg, 'name' | 'value'>[] | undefined {
  switch (expr.kind) {
    case 'list':
      return expr.items.map((value) => ({ name: undefined, value }));
    case 'tuple':
      return expr.items;
    case 'paren':
      return [{ name: undefined, value: expr.value }];
    case 'name':
    case 'missing':
      return [{ name: undefined, value: expr }];
    default:
      return undefined;
  }
}
