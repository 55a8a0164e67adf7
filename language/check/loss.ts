/** The `loss:` of a train section: one number for each example (or for the batch), and what its refusals really mean. */
import type { Refusal } from '../catalog/entry.ts';
import type { Ref } from '../plan/plan.ts';
import type { Fix, Place } from '../problem.ts';
import { constant, type Dim, known } from '../shapes/dim.ts';
import { printType } from '../shapes/type.ts';
import type { Expr } from '../syntax/tree.ts';
import { comparisonsIn } from './advice/losses.ts';
import { asInput, evaluate } from './expression.ts';
import { comparisonFixes } from './fixes/comparison.ts';
import { reportMissingFlatten } from './fixes/missing-flatten.ts';
import { defaultFix, settingFix } from './fixes/size.ts';
import { type Frame, place } from './frame.ts';
import type { Site } from './layer.ts';
import { blamePath, complain, replaceFix, report, reportAt } from './report.ts';
import type { RunParts } from './run-scope.ts';
import { describe } from './value.ts';

/** The reference of a loss; undefined: reported, or nothing is recorded. */
export function checkLoss(expr: Expr, frame: Frame, parts: RunParts): Ref | undefined {
  const value = evaluate(expr, frame);
  if (value.kind === 'unknown') return undefined;
  const tensor = asInput(value, expr, frame);
  if (!tensor && expr.kind === 'list' && expr.items.length > 0) {
    const text = expr.items.map((item) => frame.chunk.text.slice(item.start, item.end)).join(' + ');
    complain(frame, expr, 'loss/several', { sum: text }, [replaceFix(frame, 'loss/several/sum', expr, text)]);
    return undefined;
  }
  if (!tensor) {
    complain(frame, expr, 'loss/not-a-value', { value: describe(value) }, comparisonFixes(expr, 'loss', frame));
    return undefined;
  }
  const { type } = tensor;
  const axes = type.shape?.length;
  if (axes !== undefined && axes > 0 && !isOne(type.shape ?? [])) {
    if (refuseMap(type.shape ?? [], expr, frame)) return undefined;
    const text = frame.chunk.text.slice(expr.start, expr.end);
    const fix = {
      id: 'loss/not-one-number/mean',
      title: { key: 'fix/mean', values: {} },
      preferred: true,
      edits: [{ at: place(frame, expr), newText: `mean(${text})` }],
    };
    report(frame, expr, {
      message: { key: 'loss/not-one-number', values: { type: printType(type) } },
      blame: type.shape ?? [],
      fixes: [fix],
    });
    return undefined;
  }
  if (type.dtype && type.dtype !== 'float32') {
    complain(frame, expr, 'loss/not-decimal', { type: printType(type) });
    return undefined;
  }
  const weight = type.perExample ? undefined : weightKey(parts);
  if (weight) {
    const related = [
      { at: weight, message: { key: 'why/row-weights', values: { data: parts.data.declaration.name.text } } },
    ];
    report(frame, expr, { message: { key: 'loss/weighed-batch', values: {} }, related });
    return undefined;
  }
  return tensor.ref;
}

/** Where the data says that its rows count unlike. */
function weightKey({ data }: RunParts): Place | undefined {
  const key = data.declaration.body.find((item) => item.kind === 'entry' && item.key.text === 'weight');
  if (key?.kind !== 'entry' || (key.value.kind === 'name' && key.value.text === 'none')) return undefined;
  return { chunk: data.chunk, start: key.start, end: key.end };
}

function isOne(shape: readonly Dim[]): boolean {
  return shape.length === 1 && shape[0] !== undefined && constant(shape[0]) === 1;
}

/** Listens to the refusals of losses and metrics while a section is checked. */
export interface Interceptor {
  /** The key whose value is checked next. */
  enter(key: string): void;
  intercept(refusal: Refusal, site: Site): boolean;
}

/** Tells refusals where their cause stands; what the loss has told already is not told again of the metrics. */
export function createInterceptor(frame: Frame, parts: RunParts): Interceptor {
  const told = new Map<string, string>();
  let current = '';
  return {
    enter(key) {
      current = key;
    },
    intercept(refusal, site) {
      if (!refusal.refused.startsWith('loss/')) return false;
      const first = told.get(refusal.refused);
      if (first !== undefined && first !== current) return true;
      told.set(refusal.refused, current);
      return intercept(refusal, site, frame, parts);
    },
  };
}

/** The shapes fit; it is the number of classes that does not. */
const ABOUT_CLASSES: ReadonlySet<string> = new Set(['loss/no-blank', 'loss/blank', 'loss/class-weights']);

/** A refusal that is told better elsewhere. True: it was. */
function intercept(refusal: Refusal, site: Site, frame: Frame, parts: RunParts): boolean {
  const at = place(site.frame, site.callee);
  if (refusal.message.key === 'loss/labels.from-one') return labelsFromOne(refusal, site);
  if (refusal.refused === 'loss/labels') return labelsAtLayer(refusal, site, frame, parts);
  if (ABOUT_CLASSES.has(refusal.refused)) return false;
  return reportMissingFlatten(frame, refusal.blame, { at, message: refusal.message });
}

function refuseMap(shape: readonly Dim[], expr: Expr, frame: Frame): boolean {
  const message = { key: 'loss/not-one-number', values: { type: 'a map' } };
  return reportMissingFlatten(frame, shape, { at: place(frame, expr), message });
}

/** Labels that count from 1, with the fix that makes them count from 0. */
function labelsFromOne(refusal: Refusal, site: Site): boolean {
  const truth = site.args[1]?.arg.value;
  if (!truth) return false;
  const text = site.frame.chunk.text.slice(truth.start, truth.end);
  const title = { key: 'fix/change', values: { text: `${text} - 1` } };
  // The metrics compare the same labels.
  const edits = comparedWith(text, site.frame).map((at) => ({ at, newText: `${text} - 1` }));
  const fix = { id: 'loss/labels/from-zero', title, preferred: true, edits };
  report(site.frame, truth, { message: refusal.message, blame: refusal.blame, fixes: [fix] });
  return true;
}

/** Where a section compares with this truth. */
function comparedWith(text: string, frame: Frame): readonly Place[] {
  const { declaration } = frame.chunk;
  if (declaration?.kind !== 'run') return [];
  return declaration.body
    .flatMap((item) => comparisonsIn(item.value))
    .filter(({ truth }) => frame.chunk.text.slice(truth.start, truth.end) === text)
    .map(({ truth }) => place(frame, truth));
}

/** Labels that are out of range are told at the layer that fixes the number of classes. */
function labelsAtLayer(refusal: Refusal, site: Site, frame: Frame, parts: RunParts): boolean {
  if (refusal.message.key !== 'loss/labels') return false;
  const [source] = blamePath(refusal.blame);
  const { chunk } = source?.at ?? {};
  if (!source || !chunk || chunk.file !== frame.chunk.file) return false;
  const truth = site.args[1]?.arg.value;
  const name = truth?.kind === 'name' ? truth.text : truth?.kind === 'member' ? truth.name.text : '';
  const field = parts.data.result.fields.get(name);
  reportAt(
    frame,
    { ...source.at, chunk },
    {
      message: refusal.message,
      related: [
        ...(field ? [{ at: field.at, message: { key: 'why/labels', values: { field: field.name } } }] : []),
        { at: place(site.frame, site.node), message: { key: 'why/loss-here', values: {} } },
      ],
      blame: refusal.blame,
      fixes: moreClasses(refusal, frame),
    },
  );
  return true;
}

/** As many units as there are classes: where they are written, or in the default that gives them. */
function moreClasses(refusal: Refusal, frame: Frame): readonly Fix[] {
  const [classes] = refusal.blame;
  const wanted = known(Number(refusal.message.values.high) + 1);
  const fix = classes && (settingFix(classes, wanted, 'loss/labels', frame) ?? defaultFix(classes, wanted, frame));
  return fix ? [fix] : [];
}
