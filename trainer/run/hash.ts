/** The fingerprint of a plan without its texts, places and pictures: the same program, wherever it lies and however it is laid out. */
import { createHash } from 'node:crypto';
import type { Plan } from '../../language/index.ts';

const left = new Set(['sources', 'place', 'places', 'file', 'title', 'text', 'within']);

/** SHA-256, in hexadecimal. */
export function planHash(plan: Plan): string {
  return createHash('sha256').update(canonical(plan)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([name, member]) => !left.has(name) && member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
