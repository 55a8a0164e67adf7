/** Names for a new program: of its data by the file's name, of fields by columns. */
import { keywords } from '../syntax/tokens.ts';

const RESERVED: ReadonlySet<string> = new Set([
  ...Object.values(keywords).flat(),
  // Keys of a data section.
  ...['source', 'validation', 'test', 'seed', 'augment', 'balance', 'weight', 'cache', 'keep', 'drop'],
  ...['deduplicate', 'unseen', 'shuffle', 'split', 'batch', 'file', 'folder'],
]);

/** A column as the right side of a field writes it: by its name, else `column("Sepal Length")`. */
export function columnName(name: string): string {
  const plain =
    /^[A-Za-z_][A-Za-z0-9_]*$/u.test(name) &&
    !Object.values(keywords)
      .flat()
      .some((word) => word === name);
  return plain ? name : `column(${quoted(name)})`;
}

/** A text between quotes as the language writes it. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/gu, '\\$&').replace(/\{/gu, '{{').replace(/\}/gu, '}}')}"`;
}

/** Names of fields that are not taken twice. */
export function fieldNamer(): (column: string) => string {
  const taken = new Set<string>();
  return (column) => {
    const base = fieldName(column);
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base}${count}`;
    taken.add(name);
    return name;
  };
}

/** `Sepal Length` → `sepalLength`. */
function fieldName(column: string): string {
  const words = column.match(/[A-Za-z0-9]+/gu) ?? [];
  const joined = words.map((word, index) => (index === 0 ? word : capital(word))).join('');
  const lower = /^[A-Z0-9_]+$/u.test(joined)
    ? joined.toLowerCase()
    : joined.replace(/^[A-Z]/u, (first) => first.toLowerCase());
  const name = /^[a-z]/u.test(lower) ? lower : `field${capital(lower)}`;
  return RESERVED.has(name) ? `${name}Value` : name;
}

/** `data/my-cars.csv` → `MyCars`; the model's name is not used for data. */
export function dataName(path: string, model: string): string {
  const file =
    path
      .replace(/[\\/]+$/u, '')
      .split(/[\\/]/u)
      .at(-1) ?? '';
  const stem = file
    .replace(/\.gz$/u, '')
    .replace(/\.[A-Za-z0-9]+$/u, '')
    .replace(/-?(?:images|ubyte|idx\d)/giu, '');
  const words = stem.match(/[A-Za-z0-9]+/gu) ?? [];
  const name = words.map(capital).join('');
  const usable = /^[A-Z]/u.test(name) ? name : `Data${name}`;
  return usable === model ? `${usable}Data` : usable;
}

function capital(word: string): string {
  return word === '' ? '' : (word[0] ?? '').toUpperCase() + word.slice(1);
}
