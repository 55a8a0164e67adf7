/** Rows of many lengths or sizes in a field that states one: what brings them to it. */
import type { Fix, Place } from '../problem.ts';
import { type Dim, isUnknown } from '../shapes/dim.ts';
import { printShape, type TensorType } from '../shapes/type.ts';
import type { CallExpr, Expr, Field, NameExpr } from '../syntax/tree.ts';
import { type Frame, findLocal, place } from './frame.ts';
import { report } from './report.ts';

/** True where the stated size is one that the rows do not have by themselves, and that was said. */
export function refuseUnsized(item: Field, type: TensorType, stated: TensorType, frame: Frame): boolean {
  const { unsized } = type.facts;
  if (unsized === undefined || type.shape?.length !== stated.shape?.length) return false;
  const open = (type.shape ?? []).map(
    (dim, axis) => isUnknown(dim) && isOneSize(item, axis, stated.shape?.[axis], frame),
  );
  const axis = open.indexOf(true);
  if (axis < 0) return false;
  // Channels follow the stated type.
  if (unsized === 'decodeImage' && axis > 1) return false;
  const values = { by: unsized, stated: printShape(stated.shape), ...sizesSeen(type) };
  const known = KINDS[unsized];
  report(frame, item.type.shape ?? item.type, {
    message: { key: `data/unsized.${known?.variant ?? 'list'}`, values },
    fixes: known && item.value ? fixesOf(item, item.value, unsized, known, axis, frame) : [],
  });
  return true;
}

interface Kind {
  readonly variant: 'length' | 'fit' | 'resize';
}

const KINDS: Readonly<Record<string, Kind>> = {
  Words: { variant: 'length' },
  BytePairs: { variant: 'length' },
  characters: { variant: 'length' },
  split: { variant: 'length' },
  decodeAudio: { variant: 'fit' },
  decodeImage: { variant: 'resize' },
};

/** A number or a parameter; a name of the field's own (`T`) stands for as many as there are. */
function isOneSize(item: Field, axis: number, stated: Dim | undefined, frame: Frame): boolean {
  const written = item.type.shape?.dims[axis];
  if (!stated || isUnknown(stated) || !written || written.kind === 'rest') return false;
  return written.kind !== 'name' || findLocal(frame.scope, written.text)?.what !== 'size';
}

function sizesSeen({ facts }: TensorType): { readonly first: string; readonly second: string } {
  const [a, b] = facts.files?.images ?? [];
  const text = (size: typeof a) => (size ? `${size[0]} × ${size[1]}` : '');
  return { first: text(a), second: text(b) };
}

function fixesOf(
  item: Field,
  value: Expr,
  name: string,
  { variant }: Kind,
  axis: number,
  frame: Frame,
): readonly Fix[] {
  const stage = lastStage(value, name);
  const sizes = (item.type.shape?.dims ?? []).map((dim) => frame.chunk.text.slice(dim.start, dim.end));
  const size = sizes[axis];
  if (!stage || size === undefined) return [];
  const id = `data/unsized/${variant}`;
  const at = (offset: number): Place => place(frame, { start: offset, end: offset });
  if (variant === 'length') {
    const text = `length: ${size}`;
    const title = { key: 'fix/set', values: { setting: 'length', value: size } };
    const args = stage.kind === 'call' ? stage.args : undefined;
    const edit = args
      ? { at: at(args.end - 1), newText: args.items.length > 0 ? `, ${text}` : text }
      : { at: at(stage.end), newText: `(${text})` };
    return [{ id, title, preferred: true, edits: [edit] }];
  }
  const text = variant === 'fit' ? `fit(${size})` : `resize(${sizes[0]}, ${sizes[1]})`;
  const title = { key: 'fix/insert-after', values: { stage: text } };
  return [{ id, title, preferred: true, edits: [{ at: at(stage.end), newText: ` -> ${text}` }] }];
}

/** The last stage of a pipeline that is `name`, with or without settings. */
export function lastStage(value: Expr, name: string): CallExpr | NameExpr | undefined {
  if (value.kind !== 'flow') return undefined;
  for (const stage of [...value.stages].reverse()) {
    if (stage.kind !== 'stage') continue;
    const { layer } = stage;
    if (layer.kind === 'name' && layer.text === name) return layer;
    if (layer.kind === 'call' && layer.callee.kind === 'name' && layer.callee.text === name) return layer;
  }
  return undefined;
}
