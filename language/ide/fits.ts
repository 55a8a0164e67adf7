/**
 * What fits after `->`: an entry is asked by its own shape rule, with sizes that are not given left unknown. Of what fits,
 * the pickiest comes first: a rule that accepts few kinds of values was made for this one.
 */
import type {
  CheckedSettings,
  CheckedValue,
  Entry,
  OperationEntry,
  RuleContext,
  TransformEntry,
} from '../catalog/entry.ts';
import { known, unknown } from '../shapes/dim.ts';
import { noFacts, printType, type TensorType } from '../shapes/type.ts';
import type { DTypeName } from '../syntax/tree.ts';
import { requiredInputs } from './print.ts';

type Ruled = OperationEntry | TransformEntry;

const context: RuleContext = {
  because: (dim) => dim,
  remark: () => undefined,
};

/** Whether a value of this type may flow into the entry. What is not known fits everything. */
export function fits(entry: Entry, type: TensorType | undefined): boolean {
  if (entry.kind !== 'operation' && entry.kind !== 'transform') return entry.kind === 'combinator';
  if (requiredInputs(entry).length === 0) return false;
  if (type === undefined) return true;
  const key = `${printType(type)} ${type.perExample} ${type.facts.mark ?? ''}`;
  const kept = verdicts.get(entry) ?? new Map<string, boolean>();
  if (kept.size > VERDICTS) kept.clear();
  verdicts.set(entry, kept);
  const before = kept.get(key);
  if (before !== undefined) return before;
  const verdict = accepts(entry, type);
  kept.set(key, verdict);
  return verdict;
}

/** What was found out of an entry and kinds of values; so many are kept. */
const verdicts = new WeakMap<Entry, Map<string, boolean>>();
const VERDICTS = 100;

function accepts(entry: Ruled, type: TensorType): boolean {
  const [first, ...more] = requiredInputs(entry);
  if (first === undefined) return false;
  const inputs: Record<string, TensorType> = { [first.name]: type };
  if (more.length > 0) return true;
  try {
    const given = first.many === undefined ? inputs : { ...inputs, list: [type] };
    const result = entry.result(given as Parameters<Ruled['result']>[0], assumed(entry), context);
    return !('refused' in result);
  } catch {
    // A rule that cannot cope with unknown settings says nothing about the value.
    return true;
  }
}

/** Defaults, and unknown sizes for what is required. */
function assumed(entry: Ruled): CheckedSettings {
  const settings: Record<string, CheckedValue> = {};
  for (const [name, def] of Object.entries(entry.settings)) {
    settings[name] = def.default === undefined ? unknown : (def.default as CheckedValue);
  }
  return settings;
}

const pickiness = new WeakMap<Entry, number>();

/** Of how many usual kinds of values an entry accepts: less is pickier. */
export function accepted(entry: Entry): number {
  const kept = pickiness.get(entry);
  if (kept !== undefined) return kept;
  const count = probes.filter((probe) => fits(entry, probe)).length;
  pickiness.set(entry, count);
  return count;
}

const probes: readonly TensorType[] = (['float32', 'int32'] as const).flatMap((dtype) =>
  [0, 1, 2, 3, 4].map((rank) => probe(dtype, rank)),
);

function probe(dtype: DTypeName, rank: number): TensorType {
  return { dtype, shape: Array.from({ length: rank }, () => known(12)), perExample: true, facts: noFacts };
}
