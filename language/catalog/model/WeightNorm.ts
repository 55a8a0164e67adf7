/** A layer whose weights are learned as directions and lengths. Written out by the checker. */
import { combinator } from '../define.ts';

export const WeightNorm = combinator('WeightNorm', {
  doc: 'The layer in the braces with the weights that go into each unit learned as a direction and a length: the weight is `kernel` brought to the length `kernel/length`. It starts as the layer would without.',
  source: 'Salimans & Kingma (2016); PyTorch `torch.nn.utils.parametrizations.weight_norm`, one length for each unit',
  examples: ['features -> WeightNorm { Dense(8, relu) }', 'image -> WeightNorm { Conv2D(4, 3, padding: same) }'],
  settings: {},
});
