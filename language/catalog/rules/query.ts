/** What a plain query says of its columns: `select a, b as c from houses`. Anything richer says nothing here. */
import type { TensorType } from '../../shapes/type.ts';
import { tensor } from '../../shapes/type.ts';

type Columns = readonly { readonly name: string; readonly type: TensorType }[];

const PLAIN =
  /^\s*select\s+(?<list>[^()]+?)\s+from\s+(?<table>[a-z_]\w*)\s*(?<rest>where\b.*|order\s+by\b.*|limit\b.*)?;?\s*$/isu;
const NAME = /^(?:(?:[a-z_]\w*)\.)?(?<name>[a-z_]\w*|"[^"]+")(?:\s+(?:as\s+)?(?<as>[a-z_]\w*|"[^"]+"))?$/iu;

/** The table that a plain query reads; undefined for any other query. */
export function plainTable(query: string): string | undefined {
  return PLAIN.exec(query)?.groups?.table;
}

/**
 * The columns that a plain query gives, with the types of the table's own where these are known. Undefined where the
 * query calculates. Values of other rows may be gone: facts of a sample are left out.
 */
export function queryColumns(query: string, table: Columns | undefined): Columns | undefined {
  const list = PLAIN.exec(query)?.groups?.list;
  if (list === undefined) return undefined;
  if (list.trim() === '*') return table?.map(bare);
  const columns: { name: string; type: TensorType }[] = [];
  for (const item of list.split(',')) {
    const found = NAME.exec(item.trim())?.groups;
    if (!found) return undefined;
    const own = bareName(found.name ?? '');
    const type = table?.find(({ name }) => name.toLowerCase() === own.toLowerCase())?.type;
    const name = bareName(found.as ?? found.name ?? '');
    columns.push(bare({ name, type: type ?? tensor(undefined, []) }));
  }
  return columns;
}

/**
 * The names of the columns of a richer query, as its outermost list gives them: `as x`, or a column's own name. What they hold
 * only the run tells. Undefined where a name cannot be told: `*`, or a calculation without a name.
 */
export function listedColumns(query: string): Columns | undefined {
  const list = outermostList(query);
  const names = list?.map((item) => ALIAS.exec(item)?.groups?.name ?? NAME.exec(item)?.groups?.name);
  if (names === undefined || names.length === 0 || names.includes(undefined)) return undefined;
  return names.flatMap(
    (name): Columns => (name === undefined ? [] : [bare({ name: bareName(name), type: tensor(undefined, []) })]),
  );
}

const ALIAS = /\bas\s+(?<name>[a-z_]\w*|"[^"]+")$/iu;

/** What stands between the last `select` outside of all brackets and its `from`, cut at its commas. */
function outermostList(query: string): readonly string[] | undefined {
  const words = [...query.matchAll(/'(?:[^']|'')*'|"[^"]*"|[()[\],]|[^\s()[\],'"]+|\s+/gu)];
  let depth = 0;
  let items: string[] | undefined;
  let inside = false;
  for (const [word] of words) {
    if (word === '(' || word === '[') depth++;
    if (word === ')' || word === ']') depth--;
    const key = depth === 0 ? word.toLowerCase() : '';
    if (key === 'select') {
      items = [''];
      inside = true;
    } else if (key === 'from') inside = false;
    else if (inside && items && key === ',') items.push('');
    else if (inside && items && !(key === 'distinct' && items.length === 1)) items[items.length - 1] += word;
    // The names of a union are those of its first part.
    if (key === 'union' || key === 'except' || key === 'intersect') break;
  }
  return items?.map((item) => item.trim());
}

/** Names that a plain query asks of the table and that it does not have. */
export function unknownNames(query: string, table: Columns): readonly string[] {
  const list = PLAIN.exec(query)?.groups?.list;
  if (list === undefined || list.trim() === '*') return [];
  const names = list.split(',').flatMap((item) => NAME.exec(item.trim())?.groups?.name ?? []);
  return names
    .map(bareName)
    .filter((name) => !table.some((column) => column.name.toLowerCase() === name.toLowerCase()));
}

function bareName(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1) : name;
}

function bare({ name, type }: Columns[number]): Columns[number] {
  return { name, type: { ...type, facts: { column: name } } };
}
