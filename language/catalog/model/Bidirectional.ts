/** A recurrent layer read forwards, and another read backwards. Written out by the checker. */
import { combinator } from '../define.ts';
import { word } from '../settings.ts';

export const Bidirectional = combinator('Bidirectional', {
  doc: 'Reads the sequence with the layer in the braces, and with a second one of its own weights from the end; joins the two results along the last axis, or otherwise as `merge` says.',
  source: 'Schuster & Paliwal (1997); Keras 3 `keras.layers.Bidirectional`',
  examples: [
    'sequence -> Bidirectional { LSTM(8) }',
    'sequence -> Bidirectional(merge: sum) { LSTM(8, sequences: true) }',
  ],
  settings: {
    merge: word('How the two results become one.', ['concat', 'sum', 'multiply', 'average'], {
      default: 'concat',
      named: true,
    }),
  },
});
