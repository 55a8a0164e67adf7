/** A layer that stretches nothing by more than 1. Written out by the checker. */
import { combinator } from '../define.ts';

export const SpectralNorm = combinator('SpectralNorm', {
  doc: 'The layer in the braces with its weights divided by their largest singular value, so that it stretches nothing by more than 1. The value is followed by one power iteration in each training step, from the vector `kernel/vector`, which is kept with the weights and not trained.',
  source:
    'Miyato et al. (2018); Keras 3 `keras.layers.SpectralNormalization`, which also overwrites the weights; PyTorch `torch.nn.utils.parametrizations.spectral_norm`',
  examples: ['features -> SpectralNorm { Dense(8) }', 'image -> SpectralNorm { Conv2D(4, 3, padding: same) }'],
  settings: {},
});
