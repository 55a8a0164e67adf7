/**
 * Makes the text of `examples/gpt`: `node scripts/make-tales.mjs [FILE]`. Little tales put together by rule from words of our
 * own, so that the text may be shipped; regular enough that a small network learns its spelling and its turns in a minute.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from './lib/random.mjs';

const TALES = 900;

const random = randomFrom(11);
const pick = (list) => list[Math.floor(random() * list.length)];

const heroes = [
  'fox',
  'miller',
  'owl',
  'tailor',
  'hedgehog',
  'queen',
  'fisherman',
  'crow',
  'gardener',
  'bear',
  'girl',
  'baker',
];
const qualities = ['old', 'clever', 'small', 'patient', 'hungry', 'brave', 'tired', 'cheerful', 'lonely', 'curious'];
const places = ['forest', 'village', 'river', 'mountain', 'market', 'garden', 'harbour', 'mill', 'castle', 'valley'];
const things = [
  'lantern',
  'silver key',
  'loaf of bread',
  'song',
  'map',
  'golden feather',
  'bell',
  'red scarf',
  'letter',
  'apple',
];
const times = ['One morning', 'One winter evening', 'On the third day', 'Before sunrise', 'At noon', 'Late at night'];
const moods = ['laughed', 'sighed', 'smiled', 'wept a little', 'nodded', 'danced'];
const weathers = [
  'the rain had stopped',
  'the snow was deep',
  'the wind was still',
  'the fog hid every tree',
  'the stars were bright',
];
const lessons = [
  'what is given away comes back twice',
  'a long road is short with a friend',
  'nobody is too small to help',
  'a question is better than a sword',
  'patience opens every door',
];

const article = (word) => (/^[aeiou]/.test(word) ? 'an' : 'a');

function tale() {
  const hero = pick(heroes);
  let other = pick(heroes);
  while (other === hero) other = pick(heroes);
  const quality = pick(qualities);
  const [home, far] = [pick(places), pick(places)];
  const thing = pick(things);
  const sentences = [
    `Once there was ${article(quality)} ${quality} ${hero} who lived near the ${home}.`,
    `${pick(times)}, when ${pick(weathers)}, the ${hero} found ${article(thing)} ${thing}.`,
    pick([
      `"Whose ${thing} is this?" asked the ${hero}.`,
      `"This must belong to somebody," said the ${hero}.`,
      `The ${hero} looked at the ${thing} for a long time.`,
    ]),
    pick([
      `So the ${hero} walked to the ${far} and met ${article(other)} ${other}.`,
      `Then ${article(other)} ${other} came from the ${far}.`,
    ]),
    pick([
      `"I have lost my ${thing}," said the ${other}, and ${pick(moods)}.`,
      `The ${other} ${pick(moods)} and said: "I have looked for my ${thing} everywhere."`,
    ]),
    pick([
      `The ${hero} ${pick(moods)} and gave the ${thing} to the ${other}.`,
      `"Then take it," said the ${hero}, "it was never mine."`,
    ]),
    pick([
      `From that day on the ${hero} and the ${other} were friends.`,
      `They went back to the ${home} together.`,
      `And that night there was a feast near the ${home}.`,
    ]),
    `For ${pick(lessons)}.`,
  ];
  return sentences.join(' ');
}

const file = process.argv[2] ?? join(import.meta.dirname, '..', 'examples', 'gpt', 'tales.txt');
const text = `${Array.from({ length: TALES }, tale).join('\n\n')}\n`;
writeFileSync(file, text);
console.log(`${file}: ${text.length} characters, ${new Set(text).size} different`);
