/** Habits that can be counted: file length, doc comment on top, no default exports of our own, no left-over marks. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { rooms } from './rooms.ts';
import { sourcesOf } from './sources.ts';

const root = resolve(import.meta.dirname, '../..');
const files = rooms.flatMap((room) => sourcesOf(room.name)).filter((file) => !file.includes('.generated.'));
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

test('no source is longer than 400 lines', () => {
  const long = files.map((file) => ({ file, lines: textOf(file).split('\n').length })).filter((one) => one.lines > 400);
  expect(long).toEqual([]);
});

test('every source opens with a comment on its purpose', () => {
  expect(files.filter((file) => !/^(#!.*\n)?\/\*\*/.test(textOf(file)))).toEqual([]);
});

test('nothing is left for later', () => {
  expect(files.filter((file) => /\b(TODO|FIXME|XXX)\b/.test(textOf(file)))).toEqual([]);
});
