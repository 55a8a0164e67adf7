/** The eight families of models on real data: program, reference, the files that they need, and what is compared. */

/**
 * A run is a `train` block (the program's only one unless named), then either an `evaluate` block or the values of the last
 * validation; `values` takes each compared value, by the name that the reference gives it, from the metrics. `seeds` says how
 * many there are where three are not enough to tell noise.
 * @typedef {{train?: string, evaluate?: string | false, values: Record<string, string>}} FamilyRun
 * @typedef {{name: string, family: string, about: string, needs: string[], cure?: string, seeds?: number, runs: FamilyRun[], atLeast?: Record<string, number>}} Family
 */

/** @type {readonly Family[]} */
export const families = [
  {
    name: 'titanic',
    seeds: 10,
    family: 'DNN',
    about: 'Titanic, 891 people, empty cells filled; two classes',
    needs: ['tabular/titanic.csv'],
    runs: [{ values: { accuracy: 'accuracy', auc: 'auc' } }],
  },
  {
    name: 'penguins',
    seeds: 10,
    family: 'DNN',
    about: 'Palmer penguins, 342 of 344 birds; three classes',
    needs: ['tabular/penguins.csv'],
    runs: [{ values: { accuracy: 'accuracy', f1: 'f1' } }],
  },
  {
    name: 'mpg',
    seeds: 10,
    family: 'DNN',
    about: 'Cars of the seventies, 398 rows; a number',
    needs: ['tabular/mpg.csv'],
    runs: [{ values: { mae: 'mae', rmse: 'rmse', r2: 'r2' } }],
  },
  {
    name: 'mnist',
    family: 'CNN',
    about: 'MNIST, the digits CNN',
    needs: ['mnist/train-images-idx3-ubyte.gz'],
    runs: [{ values: { accuracy: 'accuracy' } }],
    atLeast: { accuracy: 0.985 },
  },
  {
    name: 'cifar',
    family: 'CNN',
    about: 'A fifth of CIFAR-10 as JPEG, augmented, ResNet-8',
    needs: ['cifar10/train'],
    runs: [{ values: { accuracy: 'accuracy' } }],
  },
  {
    name: 'names',
    family: 'RNN',
    about: '32,033 first names, character LSTM and GRU',
    needs: ['text/names.txt'],
    runs: [
      { train: 'Letters', evaluate: 'letters', values: { 'perplexity (LSTM)': 'perplexity' } },
      { train: 'Gated', evaluate: 'gated', values: { 'perplexity (GRU)': 'perplexity' } },
    ],
  },
  {
    name: 'sst2',
    family: 'RNN',
    about: 'SST-2, bidirectional LSTM, padded and masked',
    needs: ['text/sst2/train.tsv'],
    runs: [{ values: { accuracy: 'accuracy' } }],
  },
  {
    name: 'vae',
    seeds: 7,
    family: 'VAE',
    about: 'MNIST, 8 dimensions, own loss',
    needs: ['mnist/train-images-idx3-ubyte.gz'],
    runs: [{ evaluate: false, values: { 'negative ELBO': 'loss' } }],
  },
  {
    name: 'gpt',
    family: 'GPT',
    about: 'tinyshakespeare, characters, causal, tied head',
    needs: ['text/tinyshakespeare.txt'],
    runs: [{ values: { perplexity: 'perplexity', accuracy: 'accuracy' } }],
  },
  {
    name: 'bert',
    family: 'BERT',
    about: 'SST-2: hidden words, then a head alone (`freeze:`), then everything (`start:`)',
    needs: ['text/sst2/train.tsv'],
    runs: [
      { train: 'pretrained', evaluate: 'words', values: { perplexity: 'perplexity' } },
      { train: 'head', evaluate: 'praiseByHead', values: { 'accuracy (head)': 'accuracy' } },
      { train: 'tuned', evaluate: 'praiseTuned', values: { 'accuracy (tuned)': 'accuracy' } },
    ],
  },
  {
    name: 'speech',
    family: 'speech',
    about: 'Spoken digits, MFCC and convolutions',
    needs: ['spoken-digits/0_jackson_0.wav'],
    runs: [
      { train: 'takes', evaluate: 'newTakes', values: { 'accuracy (new takes)': 'accuracy' } },
      { train: 'speakers', evaluate: 'newSpeaker', values: { 'accuracy (new speaker)': 'accuracy' } },
    ],
  },
  {
    name: 'sequences',
    family: 'speech',
    about: 'Sequences of spoken digits, CTC',
    needs: ['digit-sequences/train'],
    cure: 'node scripts/make-digit-sequences.mjs',
    runs: [{ values: { 'character error rate': 'characterErrorRate' } }],
  },
  {
    name: 'retrieval',
    family: 'recommender',
    about: 'MovieLens small, two towers, in-batch softmax',
    needs: ['movielens-small/ratings.csv'],
    runs: [{ values: { 'recall@10': 'recall' } }],
  },
  {
    name: 'rating',
    family: 'recommender',
    about: 'MovieLens small, wide and deep, stars',
    needs: ['movielens-small/ratings.csv'],
    runs: [{ values: { rmse: 'rmse' } }],
  },
];

/** Values of which less is better; of all others more is. */
export const lessIsBetter = new Set([
  'mae',
  'rmse',
  'perplexity',
  'perplexity (LSTM)',
  'perplexity (GRU)',
  'negative ELBO',
  'character error rate',
]);
