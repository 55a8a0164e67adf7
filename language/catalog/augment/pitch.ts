/** Sounds higher or lower. */
import { augmentation } from '../define.ts';
import { sameSound } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const pitch = augmentation('pitch', {
  doc: 'Raises or lowers each sound by up to so many semitones; its length stays.',
  source: 'librosa `pitch_shift`',
  examples: ['wave -> pitch(2)'],
  inputs: [{ name: 'x', doc: 'Sounds.', dtype: 'float32' }],
  settings: { semitones: number('How far at most.', { min: 0, open: 'min' }) },
  result: (inputs) => sameSound('pitch', inputs),
});
