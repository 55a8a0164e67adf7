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

/** `data/my-cars.csv` → `MyCars`, `mnist/train-images.gz` → `Mnist`; the model's name is not used for data. */
export function dataName(path: string, model: string): string {
  const parts = path.split(/[\\/]/u).filter((part) => part !== '' && part !== '..' && part !== '.');
  const names = parts.reverse().map(partName);
  const name = names.find((each) => /^[A-Z]/u.test(each)) ?? `Data${names[0] ?? ''}`;
  return name === model ? `${name}Data` : name;
}

/** What a part of a path says of the data: nothing, where it only says which part of them it is, and as what they are written. */
function partName(part: string): string {
  const stem = part.replace(/\.gz$/u, '').replace(/\.[A-Za-z0-9]+$/u, '');
  const words = stem.match(/[A-Za-z0-9]+/gu) ?? [];
  return words
    .filter((word) => !/^(?:train|test|data|all|images|ubyte|idx\d?)$/iu.test(word))
    .map(capital)
    .join('');
}

function capital(word: string): string {
  return word === '' ? '' : (word[0] ?? '').toUpperCase() + word.slice(1);
}
