/** A variational autoencoder: a space of few dimensions that pictures can be drawn from. */
import type { Template } from './family.ts';
import { imagesOf } from './images.ts';
import { dataName } from './names.ts';

export const vae: Template = (data) => {
  const images = imagesOf(data);
  if (images === undefined) return undefined;
  const name = dataName(data.path, 'VAE');
  const [height, width, channels] = images.size;
  const shape = `${height}, ${width}, ${channels}`;
  return `## Pictures of ${height} × ${width} pixels, from 0 to 1.
data ${name} {
  source: ${images.source}
  ${images.field}
  validation: 10%
}

## Where in a space of few dimensions a picture lies, and how surely.
block Encoder(latent: int) {
  input image: [${shape}]

  h = image
    -> Conv2D(16, 3, relu, stride: 2, padding: same)
    -> Conv2D(32, 3, relu, stride: 2, padding: same)
    -> Flatten
    -> Dense(64, relu)

  output mean = h -> Dense(latent)
  output logvar = h -> Dense(latent)
}

## The chance of each pixel, from a place.
block Decoder {
  input z: [latent]

  output z
    -> Dense(128, relu)
    -> Dense(${height} * ${width} * ${channels}, sigmoid)
    -> reshape([${shape}])
}

## Kingma & Welling (2013): draw a place near the mean, and paint from it.
model VAE(latent: int = 8) {
  input image: float32[${shape}]
  layer decoder = Decoder

  (mean, logvar) = image -> Encoder(latent)
  z = mean + exp(0.5 * logvar) * gaussian([latent])

  output drawn = z -> decoder
  output dreamt = gaussian([latent]) -> decoder
  output kl = -0.5 * sum(1 + logvar - mean ** 2 - exp(logvar))
}

## The loss is the negative lower bound (ELBO) in nats.
train VAE on ${name} {
  loss: binaryCrossEntropy(drawn, image, reduce: sum) + kl
  optimizer: Adam(lr: cosine(2e-3))
  epochs: 10
  batch: 64
}
`;
};
