/**
 * What is published of the models in `examples/reference`, one row for each unit that a file declares: the numbers of
 * weights, the shape of the result, shapes on the way, and multiply-adds. Sources stand in the programs.
 */

export interface Expected {
  readonly file: string;
  readonly unit: string;
  /** All weights, moving statistics included (Keras' "total"). */
  readonly parameters: number;
  /** Those that training changes (torchvision's figure); all of them unless said. */
  readonly trainable?: number;
  /** By name; sizes that the input decides by their names. */
  readonly outputs: Readonly<Record<string, readonly (number | string)[]>>;
  /** Published results of layers, in order; others may stand between them. */
  readonly shapes?: readonly (readonly number[])[];
  /** Published multiply-adds of one example, in billions, to the digits that are printed. */
  readonly gigaMacs?: string;
  /** Parameters and sizes that the count needs, as text of the language. */
  readonly sets?: Readonly<Record<string, string>>;
}

export const expected: readonly Expected[] = [
  {
    file: '01-digits-cnn',
    unit: 'Digits',
    parameters: 320 + 692_352 + 1_290,
    outputs: { digit: [10] },
    shapes: [[26, 26, 32], [13, 13, 32], [5408], [128], [10]],
  },
  {
    file: '02-mnist-convnet',
    unit: 'Convnet',
    parameters: 320 + 18_496 + 16_010,
    outputs: { digit: [10] },
    shapes: [[26, 26, 32], [13, 13, 32], [11, 11, 64], [5, 5, 64], [1600], [10]],
  },
  {
    file: '05-alexnet',
    unit: 'AlexNet',
    parameters: 61_100_840,
    outputs: { scores: [1000] },
    shapes: [
      [55, 55, 64],
      [27, 27, 64],
      [27, 27, 192],
      [13, 13, 192],
      [13, 13, 384],
      [13, 13, 256],
      [6, 6, 256],
    ],
    gigaMacs: '0.714',
  },
  {
    file: '06-vgg-16',
    unit: 'VGG',
    parameters: 138_357_544,
    outputs: { label: [1000] },
    shapes: [[112, 112, 64], [56, 56, 128], [28, 28, 256], [14, 14, 512], [7, 7, 512], [25_088], [4096], [4096]],
    gigaMacs: '15.47',
  },
  {
    file: '07-resnet-50',
    unit: 'ResNet50',
    parameters: 25_557_032 + 53_120,
    trainable: 25_557_032,
    outputs: { scores: [1000] },
    shapes: [[112, 112, 64], [56, 56, 64], [56, 56, 256], [28, 28, 512], [14, 14, 1024], [7, 7, 2048], [2048]],
    gigaMacs: '4.089',
  },
  {
    file: '07-resnet-50',
    unit: 'KerasResNet50',
    parameters: 25_636_712,
    trainable: 25_583_592,
    outputs: { scores: [1000] },
  },
  {
    file: '08-resnet-18',
    unit: 'ResNet18',
    parameters: 11_689_512 + 9_600,
    trainable: 11_689_512,
    outputs: { scores: [1000] },
    shapes: [[112, 112, 64], [56, 56, 64], [28, 28, 128], [14, 14, 256], [7, 7, 512], [512]],
    gigaMacs: '1.814',
  },
  {
    file: '10-inception-v3',
    unit: 'InceptionV3',
    parameters: 27_161_264 + 36_224,
    trainable: 27_161_264,
    outputs: { scores: [1000], auxiliary: [1000] },
  },
  {
    file: '10-inception-v3',
    unit: 'InceptionV3Plain',
    parameters: 23_834_568 + 34_432,
    trainable: 23_834_568,
    outputs: { scores: [1000] },
    shapes: [
      [149, 149, 32],
      [147, 147, 64],
      [73, 73, 64],
      [71, 71, 192],
      [35, 35, 192],
      [17, 17, 768],
      [8, 8, 2048],
    ],
    gigaMacs: '5.713',
  },
  {
    file: '10-inception-v3',
    unit: 'KerasInceptionV3',
    parameters: 23_851_784,
    trainable: 23_817_352,
    outputs: { scores: [1000] },
  },
  {
    file: '11-squeezenet',
    unit: 'SqueezeNet10',
    parameters: 1_248_424,
    outputs: { scores: [1000] },
    shapes: [
      [109, 109, 96],
      [54, 54, 96],
      [27, 27, 256],
      [13, 13, 512],
      [13, 13, 1000],
    ],
    gigaMacs: '0.819',
  },
  {
    file: '11-squeezenet',
    unit: 'SqueezeNet11',
    parameters: 1_235_496,
    outputs: { scores: [1000] },
    gigaMacs: '0.349',
  },
  {
    file: '14-mobilenet-v3-small',
    unit: 'MobileNetV3Small',
    parameters: 2_554_968,
    trainable: 2_542_856,
    outputs: { scores: [1000] },
    shapes: [[112, 112, 16], [56, 56, 16], [28, 28, 24], [14, 14, 40], [14, 14, 48], [7, 7, 96], [7, 7, 576], [1024]],
    gigaMacs: '0.057',
  },
  {
    file: '16-xception',
    unit: 'Xception',
    parameters: 22_910_480,
    trainable: 22_855_952,
    outputs: { label: [1000] },
    shapes: [[149, 149, 32], [147, 147, 64], [74, 74, 128], [37, 37, 256], [19, 19, 728], [10, 10, 1024], [2048]],
  },
  {
    file: '18-resnext-50',
    unit: 'ResNeXt50',
    parameters: 25_028_904 + 68_224,
    trainable: 25_028_904,
    outputs: { scores: [1000] },
    shapes: [
      [112, 112, 64],
      [56, 56, 256],
      [28, 28, 512],
      [14, 14, 1024],
      [7, 7, 2048],
    ],
    gigaMacs: '4.23',
  },
  {
    file: '19-convnext-tiny',
    unit: 'ConvNeXtTiny',
    parameters: 28_589_128,
    outputs: { scores: [1000] },
    shapes: [[56, 56, 96], [56, 56, 384], [28, 28, 192], [14, 14, 384], [7, 7, 768], [768]],
    gigaMacs: '4.456',
  },
  {
    file: '21-autoencoder',
    unit: 'Autoencoder',
    parameters: 28_353,
    outputs: { copy: [28, 28, 1] },
    shapes: [
      [28, 28, 32],
      [14, 14, 32],
      [14, 14, 32],
      [7, 7, 32],
      [14, 14, 32],
      [28, 28, 32],
      [28, 28, 1],
    ],
  },
  {
    file: '22-vae',
    unit: 'Encoder',
    parameters: 69_076,
    outputs: { mean: [2], logvar: [2] },
    shapes: [[14, 14, 32], [7, 7, 64], [3136], [16], [2], [2]],
  },
  {
    file: '22-vae',
    unit: 'Decoder',
    sets: { latent: '2' },
    parameters: 65_089,
    outputs: { output: [28, 28, 1] },
    shapes: [[3136], [14, 14, 64], [28, 28, 32], [28, 28, 1]],
  },
  { file: '22-vae', unit: 'VAE', parameters: 69_076 + 65_089, outputs: { drawn: [28, 28, 1], kl: [] } },
  {
    file: '24-dcgan',
    unit: 'Discriminator',
    parameters: 74_625,
    outputs: { real: [1] },
    shapes: [[14, 14, 64], [7, 7, 128], [128], [1]],
  },
  {
    file: '24-dcgan',
    unit: 'Generator',
    parameters: 1_339_905,
    outputs: { image: [28, 28, 1] },
    shapes: [[6272], [14, 14, 128], [28, 28, 128], [28, 28, 1]],
  },
  {
    file: '26-imdb-lstm',
    unit: 'Sentiment',
    parameters: 2_560_000 + 98_816 + 98_816 + 129,
    outputs: { positive: [1] },
  },
  { file: '27-seq2seq', unit: 'Translate', parameters: 718_173, outputs: { next: ['M', 93] } },
  { file: '29-transformer', unit: 'Transformer', parameters: 63_045_632, outputs: { scores: ['M', 37_000] } },
  { file: '31-gpt-2', unit: 'GPT2', parameters: 124_439_808, outputs: { scores: ['T', 50_257] } },
  {
    file: '32-vit-b-16',
    unit: 'ViT',
    parameters: 86_567_656,
    outputs: { scores: [1000] },
    shapes: [
      [14, 14, 768],
      [197, 768],
      [197, 3072],
      [197, 768],
    ],
    gigaMacs: '17.56',
  },
  {
    file: '37-deep-speech-2',
    unit: 'DeepSpeech2',
    parameters: 86_587_744,
    trainable: 86_577_376,
    outputs: { scores: [101, 29] },
    shapes: [
      [101, 81, 32],
      [101, 41, 32],
      [101, 1024],
      [101, 29],
    ],
  },
  { file: '39-wide-and-deep', unit: 'WideAndDeep', parameters: 1_239, outputs: { value: [1] } },
  { file: '41-neumf', unit: 'NeuMF', parameters: 392_601, outputs: { chosen: [] } },
  {
    file: '42-two-tower',
    unit: 'Retrieval',
    parameters: 92_448,
    outputs: { query: [32], candidate: [32], near: [] },
    shapes: [[32], [64], [32], [32], [64], [32]],
  },
];

/** The eleven programs of the language reference: weights, and how many of them training changes. */
export const languagePrograms: readonly Expected[] = [
  { file: '1-mnist', unit: 'Digits', parameters: 693_962, outputs: { digit: [10] } },
  { file: '2-housing-mlp', unit: 'Price', parameters: 5_121, outputs: { price: [] } },
  { file: '3-reviews-lstm', unit: 'Sentiment', parameters: 2_658_945, outputs: { score: [] } },
  { file: '4-vae', unit: 'VAE', parameters: 134_165, outputs: { drawn: [28, 28, 1], kl: [] } },
  { file: '5-resnet', unit: 'ResNet', parameters: 274_042, trainable: 272_474, outputs: { label: [10] } },
  { file: '6-gpt-mini', unit: 'GPT', parameters: 10_770_816, outputs: { logits: [256, 65] } },
  { file: '7-bert-mini', unit: 'Bert', parameters: 5_306_624, outputs: { logits: [128, 8000], sentence: [256] } },
  { file: '8-two-tower', unit: 'Recommender', parameters: 322_016, outputs: { query: [32], candidate: [32] } },
  { file: '9-speech', unit: 'Spotter', parameters: 1_629_093, trainable: 1_629_091, outputs: { word: [35] } },
  { file: '11-multi-task', unit: 'Face', parameters: 28_344, trainable: 28_120, outputs: { years: [], kind: [7] } },
];
