/** Every text is used: its key, or the parts that make it, stand in the code outside the tables. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messageKeys } from '../../../language/messages/render.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const code = ['language', 'server', 'cli', 'trainer']
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/messages[\\/]/u.test(name))
      .map((name) => readFileSync(join(root, room, name), 'utf8')),
  )
  .join('\n');

const stands = (part: string) => code.includes(part);

/** `shape/window`, `${area}/key-twice`, and in the parser `'missing-comma'`. */
function isRaised(area: string, base: string): boolean {
  return (
    stands(`${area}/${base}`) ||
    stands(`}/${base}`) ||
    stands(`'${base}'`) ||
    stands(`\`${base}`) ||
    stands(`'${base}.`)
  );
}

/** A variant stands as a word, behind a point, or as the end of one that is put together. */
function isChosen(variant: string): boolean {
  return stands(`'${variant}'`) || stands(`.${variant}`) || stands(`-${variant.split('-').at(-1)}`);
}

test('every text is raised by some code', () => {
  const idle = messageKeys().filter((key) => {
    const [area = '', name = '', fix] = key.split('/');
    const [base = '', variant] = name.split(/\.(.*)/u);
    if (area === 'key') return false;
    if (!isRaised(area, base)) return true;
    if (variant !== undefined && !isChosen(variant)) return true;
    return fix !== undefined && !stands(`'${fix}'`) && !stands(`/${fix}`);
  });
  expect(idle).toEqual([]);
});
