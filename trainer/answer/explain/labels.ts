/** What stands at the places of a field: the words that its numbers stand for, or the columns that they come from. */
import type { DataNode, Plan, PlanData } from '../../../language/index.ts';
import { nameOf } from '../../data/context.ts';
import { type FittedNodes, parseFitted } from '../../data/fit.ts';
import { isColumn } from '../../data/source.ts';
import { sizeOf } from '../../data/values.ts';
import type { HostTensor } from '../../engine.ts';
import { tokensOf } from '../use-tokens.ts';

export interface AboutFields {
  readonly data: PlanData;
  readonly fitted: FittedNodes;
}

export function aboutFields(plan: Plan, fitted: string): AboutFields {
  return { data: plan.data, fitted: parseFitted(fitted) };
}

/** The words or signs of one example of a field of whole numbers that were learned; undefined for other fields. */
export function wordsOf(
  about: AboutFields,
  field: string,
  tensor: HostTensor | undefined,
): readonly string[] | undefined {
  if (tensor?.dtype !== 'int32' || tensor.shape.length !== 2) return undefined;
  const node = fieldNode(about.data, field);
  const tokens = node && tokensOf(about.data, about.fitted, node.id);
  return tokens && Array.from(tensor.data.subarray(0, tensor.shape[1]), (number) => shown(tokens.text(number)));
}

/** The names of classes: what `Index` learned for the field of labels, or the words and signs that its numbers stand for. */
export function classNames({ data, fitted }: AboutFields, field: string): readonly string[] | undefined {
  const found = fieldNode(data, field);
  const learned = found && fitted.get(found.id);
  if (learned?.kind === 'Index') return learned.values.map((value) => String(value) || '·');
  const tokens = found && tokensOf(data, fitted, found.id);
  return tokens && Array.from({ length: tokens.count }, (_, number) => shown(tokens.text(number)));
}

/** Names of the numbers of a field that is made of columns; as many as the field has, or none. */
export function columnNames(about: AboutFields, field: string, size: number): readonly string[] | undefined {
  const node = fieldNode(about.data, field);
  const names = node && namesOf(about, node);
  return names?.length === size ? names : undefined;
}

function fieldNode(data: PlanData, name: string): DataNode | undefined {
  const field = data.fields.find((each) => each.name === name);
  return field && data.nodes[field.node];
}

/** Blanks and line ends are seen, and so is filling. */
function shown(text: string): string {
  return text === '' ? '·' : text.replace(/\n/g, '↵').replace(/\t/g, '→').replace(/ /g, '␣');
}

function namesOf(about: AboutFields, node: DataNode): readonly string[] | undefined {
  if (isColumn(node.op)) return sizeOf(node.shape ?? []) === 1 ? [String(node.settings.name)] : undefined;
  const inputs = node.inputs.flatMap((id) => about.data.nodes[id] ?? []);
  const parts = inputs.filter(({ op }) => op !== 'constant').map((input) => namesOf(about, input));
  const [only] = parts;
  const learned = about.fitted.get(node.id);
  if (nameOf(node.op) === 'OneHot' && learned?.kind === 'OneHot' && only?.length === 1) {
    return learned.values.map((value) => `${only[0]} = ${value}`);
  }
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.length === 1 ? only : parts.flatMap((part) => part ?? []);
}
