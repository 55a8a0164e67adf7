/** A convolutional network that tells what a picture shows. */
import type { Template } from './family.ts';
import { imagesOf } from './images.ts';
import { dataName } from './names.ts';

const MODEL = 'Classifier';

export const image: Template = (data) => {
  const images = imagesOf(data);
  if (images?.label === undefined) return undefined;
  const name = dataName(data.path, MODEL);
  const [height, width, channels] = images.size;
  const large = Math.min(height, width) >= 24;
  const stages = large
    ? `    -> Conv2D(32, 3, relu, padding: same) -> MaxPool2D(2)
    -> Conv2D(64, 3, relu, padding: same) -> MaxPool2D(2)
    -> Flatten`
    : `    -> Conv2D(32, 3, relu, padding: same)
    -> Flatten`;
  const split = images.label.includes('folder') ? 'share(20%, stratify: folder)' : 'share(20%, stratify: labels)';
  return `## Pictures of ${height} × ${width} pixels, and what they show.
data ${name} {
  source: ${images.source}
  ${images.field}
  ${images.label}
  validation: 10%
  test: ${split}
}

## A small convolutional network: look at patches, keep the strongest answers, decide.
model ${MODEL}(classes: int = ${images.classes}) {
  input image: float32[${height}, ${width}, ${channels}]

  output answer = image
${stages}
    -> Dense(128, relu) -> Dropout(0.3)
    -> Dense(classes, softmax)
}

train ${MODEL} on ${name} {
  loss: crossEntropy(answer, label)
  metrics: accuracy(answer, label)
  optimizer: Adam(0.001)
  epochs: 5
  batch: 64
}

## On pictures that the network has never seen.
evaluate ${MODEL} on ${name} {
  metrics: accuracy(answer, label)
}
`;
};
