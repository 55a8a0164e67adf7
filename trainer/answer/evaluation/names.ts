/** What the numbers of an answer are called, and which columns of the data tell its sides apart. */
import type { Plan, Ref } from '../../../language/index.ts';
import type { RankedAnswer } from '../../../protocol/index.ts';
import { parseFitted } from '../../data/fit.ts';
import { nodeOf, reachable } from '../../data/nodes.ts';
import { isColumn } from '../../data/source.ts';
import { classNames } from '../matrices.ts';
import { fieldOfTruth } from '../use-outputs.ts';
import { tokensOf } from '../use-tokens.ts';
import type { AskedAnswer } from './asked.ts';

/** Names by `Index`, and of signs and words; a truth without is numbered, and labels of a field `stack(…)` too. */
export function namesOf(asked: AskedAnswer, plan: Plan, fitted: string): readonly string[] {
  switch (asked.kind) {
    case 'numbers':
    case 'yes-no':
    case 'ranked':
      return [];
    case 'sequences': {
      const field = fieldOfTruth(plan, asked.truth);
      const tokens = field && tokensOf(plan.data, parseFitted(fitted), field.node);
      if (tokens === undefined) return classNames(plan, asked.truth, fitted, asked.size);
      return Array.from({ length: Math.max(asked.size, tokens.count) }, (_, number) => tokens.text(number));
    }
    case 'classes':
    case 'labels':
    case 'places':
      return classNames(plan, asked.truth, fitted, asked.size);
    default:
      return assertNever(asked.kind);
  }
}

/** Columns that the key is made of, and those of the query besides. */
export function columnsOf({ prediction, truth }: AskedAnswer, plan: Plan): RankedAnswer['columns'] {
  const key = columnsBehind(plan, truth);
  const query = columnsBehind(plan, prediction);
  const alone = query.filter((name) => !key.includes(name));
  return { query: alone.length === 0 ? query : alone, key };
}

function columnsBehind(plan: Plan, from: Ref): readonly string[] {
  const seen = new Set<number>();
  const fields = new Set<string>();
  const visit = ({ node: id }: Ref): void => {
    const node = plan.graph.nodes[id];
    if (node === undefined || seen.has(id)) return;
    seen.add(id);
    if (node.op === 'input' || node.op === 'field') fields.add(String(node.settings.name));
    for (const ref of Object.values(node.inputs).flat()) visit(ref);
  };
  visit(from);
  const { data } = plan;
  const nodes = data.fields.filter(({ name }) => fields.has(name)).map(({ node }) => node);
  return [...reachable(data, nodes)]
    .sort((a, b) => a - b)
    .map((id) => nodeOf(data, id))
    .flatMap(({ op, settings }) => (isColumn(op) ? [String(settings.name)] : []));
}

function assertNever(value: never): never {
  throw new Error(`Unknown answer: ${JSON.stringify(value)}`);
}
