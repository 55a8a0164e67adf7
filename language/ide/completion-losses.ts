/** In a run: losses and metrics as whole calls, tried on what the model gives and what the data has. */
import type { CheckedValue, Entry, RuleContext } from '../catalog/entry.ts';
import { catalog } from '../catalog/index.ts';
import type { Seen } from '../check/checked.ts';
import type { TensorType } from '../shapes/type.ts';
import type { Name } from '../syntax/tree.ts';
import { type Asked, type Item, item } from './completion.ts';
import { requiredInputs, shortSignature } from './print.ts';

interface Side {
  readonly name: string;
  readonly type: TensorType;
}

/** More pairs than this are not tried. */
const PAIRS = 12;

/** `crossEntropy(digit, label)`: each entry that accepts an output of the model with a field of the data. */
export function fittingCalls(place: 'loss' | 'metric', asked: Asked): readonly Item[] {
  const d = asked.spot.placed.chunk.declaration;
  if (d?.kind !== 'run') return [];
  const outputs = sidesOf(asked, d.model[0]?.text ?? '');
  const fields = sidesOf(asked, d.on?.name.text ?? '');
  const pairs = outputs.flatMap((output) => fields.map((field) => ({ output, field }))).slice(0, PAIRS);
  return pairs.flatMap(({ output, field }) =>
    catalog.names(place).flatMap((name) => {
      const entry = catalog.find(place, name);
      const verdict = entry === undefined ? 'refused' : tried(entry, output.type, field.type);
      if (entry === undefined || verdict === 'refused') return [];
      const label = `${name}(${output.name}, ${field.name})`;
      const rank = usual.indexOf(name);
      const order = (rank < 0 ? 0.5 : rank / 100) + (verdict === 'doubtful' ? 0.8 : 0);
      return [item(label, 'function', order, { detail: shortSignature(entry), doc: entry.doc, entry })];
    }),
  );
}

/** Those that are right for most come first. */
const usual: readonly string[] = ['crossEntropy', 'binaryCrossEntropy', 'mse', 'accuracy', 'mae', 'huber', 'rmse'];

function tried(entry: Entry, output: TensorType, field: TensorType): 'fits' | 'doubtful' | 'refused' {
  if (entry.kind !== 'operation' && entry.kind !== 'metric') return 'refused';
  const [first, second, ...more] = requiredInputs(entry);
  if (first === undefined || second === undefined || more.length > 0) return 'refused';
  let doubtful = false;
  const context: RuleContext = {
    because: (dim) => dim,
    remark: () => {
      doubtful = true;
    },
  };
  const settings: Record<string, CheckedValue> = {};
  for (const [name, def] of Object.entries(entry.settings)) {
    if (def.default === undefined) return 'refused';
    settings[name] = def.default as CheckedValue;
  }
  try {
    const inputs = { [first.name]: output, [second.name]: field };
    if ('refused' in entry.result(inputs, settings, context)) return 'refused';
    return doubtful ? 'doubtful' : 'fits';
  } catch {
    // A rule that cannot cope says nothing: the entry is still offered without its arguments.
    return 'refused';
  }
}

/** Outputs of a unit or fields of a data section, with their types. */
function sidesOf(asked: Asked, name: string): readonly Side[] {
  for (const [index, { chunk }] of asked.file.syntax.chunks.entries()) {
    const d = chunk.declaration;
    if ((d?.kind !== 'unit' && d?.kind !== 'data') || d.name.text !== name) continue;
    const values = asked.file.declarations[index]?.facts.values;
    const names: readonly (Name | undefined)[] = d.body.map((line) =>
      line.kind === 'output' || line.kind === 'field' ? line.name : undefined,
    );
    return names.flatMap((part) => {
      const seen: Seen | undefined = part === undefined ? undefined : values?.get(part);
      return part !== undefined && seen?.kind === 'tensor' ? [{ name: part.text, type: seen.type }] : [];
    });
  }
  return [];
}
