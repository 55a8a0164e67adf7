/** Tables and texts of the example data. */
import type { Chance } from './made-chance.ts';

const KINDS = [
  { name: 'fern', leaf: 30, stem: 12, light: 2 },
  { name: 'moss', leaf: 3, stem: 2, light: 1 },
  { name: 'sunflower', leaf: 22, stem: 150, light: 9 },
] as const;

/** Invented plants: three kinds that sizes and place tell apart. */
export function plants(chance: Chance): string {
  const rows = Array.from({ length: 300 }, () => {
    const { name, leaf, stem, light } = chance.pick(KINDS);
    const around = (middle: number) => Math.max(0.1, middle * (1 + chance.normal() / 5)).toFixed(1);
    const ground = name === 'sunflower' ? chance.pick(['field', 'garden']) : chance.pick(['forest', 'rock', 'garden']);
    return [around(leaf), around(stem), around(light), ground, name].join(',');
  });
  return `${['leaf,stem,light,ground,kind', ...rows].join('\n')}\n`;
}

const PRAISE = ['wonderful', 'moving', 'clever', 'funny', 'bright'] as const;
const BLAME = ['dull', 'noisy', 'empty', 'slow', 'clumsy'] as const;
const THINGS = ['story', 'music', 'picture', 'cast', 'ending'] as const;

/** Invented reviews that praise or blame. */
export function reviews(chance: Chance): string {
  const rows = Array.from({ length: 300 }, () => {
    const good = chance.next() < 0.5;
    const word = () => chance.pick(good ? PRAISE : BLAME);
    const thing = () => chance.pick(THINGS);
    const text = chance.next() < 0.5 ? `the ${thing()} is ${word()} and ${word()}` : `what a ${word()} ${thing()}`;
    return `${text},${good ? 'good' : 'bad'}`;
  });
  return `${['text,label', ...rows].join('\n')}\n`;
}

const WHO = ['the fox', 'a small king', 'the old miller', 'her brother', 'a black bird'] as const;
const DID = [
  'went over the hill',
  'sang in the evening',
  'found a silver key',
  'asked for bread',
  'slept under a tree',
] as const;
const THEN = [
  'and nobody knew why',
  'until the rain came',
  'and all were glad',
  'while the moon rose',
  'and the door closed',
] as const;

/** Little tales of one sentence each. */
export function tales(chance: Chance): string {
  const lines = Array.from({ length: 400 }, () => `${chance.pick(WHO)} ${chance.pick(DID)} ${chance.pick(THEN)}.`);
  return `${lines.join('\n')}\n`;
}

/** Invented ratings: people and films have tastes of two dimensions. */
export function ratings(chance: Chance): string {
  const taste = () => [chance.normal(), chance.normal()] as const;
  const people = Array.from({ length: 40 }, taste);
  const films = Array.from({ length: 60 }, taste);
  const rows = people.flatMap(([a, b], user) =>
    films.flatMap(([c, d], item) => {
      if (chance.next() > 0.3) return [];
      const stars = Math.round(2 * (3 + a * c + b * d + chance.normal() / 3)) / 2;
      return [`${user + 1},${item + 1},${Math.min(5, Math.max(0.5, stars))}`];
    }),
  );
  return `${['userId,itemId,rating', ...rows].join('\n')}\n`;
}
