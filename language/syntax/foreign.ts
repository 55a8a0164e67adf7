/**
 * What other libraries call the things of this language: names of Keras, PyTorch and TensorFlow that are too far from ours
 * for "did you mean" to find by their letters. Only names; what stands in their place is looked up among what may stand there.
 */

/** Ours, then theirs. A name of theirs may stand for several of ours: the first that fits where it is written counts. */
const TABLE = `
  Dense: Linear FullyConnected Fc fc linear LazyLinear InnerProduct
  Conv1D: Convolution1D conv1d
  Conv2D: Convolution2D Conv conv conv2d
  Conv3D: Convolution3D conv3d
  Conv1DTranspose: ConvTranspose1d Deconvolution1D
  Conv2DTranspose: ConvTranspose2d Deconvolution2D Deconv2D Conv2DTransposed UpConv2D
  Conv3DTranspose: ConvTranspose3d Deconvolution3D
  SeparableConv2D: SeparableConvolution2D
  DepthwiseConv2D: DepthwiseConvolution2D
  MaxPool1D: MaxPooling1D max_pool1d
  MaxPool2D: MaxPooling2D max_pool2d MaxPooling Pool Pooling2D
  MaxPool3D: MaxPooling3D max_pool3d
  AvgPool1D: AveragePooling1D avg_pool1d
  AvgPool2D: AveragePooling2D avg_pool2d MeanPool2D AveragePool2D
  AvgPool3D: AveragePooling3D avg_pool3d
  GlobalAvgPool1D: GlobalAveragePooling1D GlobalAveragePool1D
  GlobalAvgPool2D: GlobalAveragePooling2D GlobalAveragePool2D GlobalAvgPooling GlobalAveragePooling GAP
  GlobalAvgPool3D: GlobalAveragePooling3D
  GlobalMaxPool1D: GlobalMaxPooling1D
  GlobalMaxPool2D: GlobalMaxPooling2D GlobalMaxPooling
  GlobalMaxPool3D: GlobalMaxPooling3D
  AdaptiveAvgPool2D: AdaptiveAveragePooling2D adaptive_avg_pool2d
  UpSample1D: UpSampling1D
  UpSample2D: UpSampling2D Upsample UpsamplingNearest2d UpsamplingBilinear2d
  BatchNorm: BatchNormalization BatchNorm1d BatchNorm2d BatchNorm3d BatchNormalisation SyncBatchNorm
  LayerNorm: LayerNormalization LayerNormalisation layer_norm
  GroupNorm: GroupNormalization
  InstanceNorm: InstanceNormalization InstanceNorm1d InstanceNorm2d
  RMSNorm: RMSNormalization
  UnitNorm: UnitNormalization
  Normalize: Normalization StandardScaler
  SpatialDropout: SpatialDropout1D SpatialDropout2D SpatialDropout3D Dropout1d Dropout2d Dropout3d
  DropPath: StochasticDepth
  SimpleRNN: RNN RNNCell SimpleRNNCell
  LSTM: CuDNNLSTM LSTMCell
  GRU: CuDNNGRU GRUCell
  ConvLSTM2D: ConvLSTM
  Attention: MultiHeadAttention MultiheadAttention SelfAttention scaled_dot_product_attention MHA
  PositionSignal: PositionalEncoding SinePositionEncoding SinusoidalPositionalEncoding
  Rotary: RotaryEmbedding RoPE
  Weight: Parameter Variable
  Index: StringLookup IntegerLookup LabelEncoder
  OneHot: CategoryEncoding OneHotEncoder
  Words: TextVectorization Tokenizer
  Bucketize: Discretization
  Hash: Hashing
  scale: Rescaling rescale
  resize: Resizing interpolate
  centerCrop: CenterCrop Cropping2D
  pad: ZeroPadding2D ZeroPadding1D ZeroPad2d ReflectionPad2d
  reshape: Reshape view Unflatten
  transpose: Permute permute swapaxes
  expand: unsqueeze expand_dims ExpandDims newaxis
  concat: Concatenate concatenate cat hstack
  range: arange
  mean: reduce_mean ReduceMean
  sum: reduce_sum
  max: reduce_max amax
  lowerTriangle: tril
  gaussian: randn normal random_normal
  uniform: rand random_uniform
  oneHot: one_hot to_categorical
  l2norm: l2_normalize normalize L2Normalize
  repeat: Repeat RepeatVector
  stopGradient: detach stop_gradient no_grad
  relu: ReLU Relu
  leakyRelu: LeakyReLU leaky_relu
  logSoftmax: log_softmax LogSoftmax
  logSigmoid: log_sigmoid LogSigmoid
  hardSigmoid: hard_sigmoid Hardsigmoid
  hardSwish: hard_swish Hardswish
  hardTanh: Hardtanh
  silu: SiLU Swish
  flip: RandomFlip RandomHorizontalFlip RandomVerticalFlip
  rotate: RandomRotation RandomRotate
  zoom: RandomZoom RandomResizedCrop
  shear: RandomShear
  shift: RandomTranslation RandomAffine
  crop: RandomCrop
  brightness: RandomBrightness ColorJitter
  contrast: RandomContrast
  saturation: RandomSaturation RandomColorJitter
  hue: RandomHue
  blur: GaussianBlur RandomGaussianBlur
  erase: RandomErasing Cutout CutOut RandomErase
  mixup: MixUp Mixup
  cutmix: CutMix Cutmix
  elastic: ElasticTransform RandomElasticTransform
  maskTime: TimeMasking
  maskBands: FrequencyMasking
  stretch: TimeStretch
  pitch: PitchShift
  fill: fillna SimpleImputer impute
  drop: dropna
  decodeImage: decode_image decode_jpeg decode_png imread ToTensor
  decodeAudio: decode_wav
  standardize: per_image_standardization
  lower: lowercase tolower casefold
  trim: strip
  files: pattern glob
  parts: fields
  missing: na_values nan_values
  separator: sep delimiter delim
  columns: names header
  edges: bins bin_boundaries boundaries
  buckets: num_bins n_bins
  mse: mean_squared_error MSELoss meanSquaredError MeanSquaredError l2 L2Loss squared_error
  mae: mean_absolute_error L1Loss meanAbsoluteError MeanAbsoluteError l1 absolute_error
  huber: SmoothL1Loss huber_loss HuberLoss Huber smooth_l1
  logCosh: log_cosh LogCosh
  crossEntropy: categorical_crossentropy sparse_categorical_crossentropy categoricalCrossentropy sparseCategoricalCrossentropy CategoricalCrossentropy SparseCategoricalCrossentropy CrossEntropyLoss cross_entropy NLLLoss nll_loss softmax_cross_entropy categoricalCrossEntropy sparseCategoricalCrossEntropy ce CE
  binaryCrossEntropy: binary_crossentropy binaryCrossentropy BinaryCrossentropy BCELoss BCEWithLogitsLoss bce BCE sigmoid_cross_entropy
  focal: FocalLoss focal_loss BinaryFocalCrossentropy
  kl: KLDivLoss kl_divergence KLDivergence kld kullback_leibler_divergence
  poisson: PoissonNLLLoss
  cosineLoss: cosine_similarity CosineSimilarity CosineEmbeddingLoss
  triplet: TripletMarginLoss triplet_loss
  contrastive: ContrastiveLoss
  inBatchSoftmax: InfoNCE NTXent info_nce
  dice: DiceLoss dice_loss
  ctc: CTCLoss ctc_loss
  accuracy: acc Accuracy categorical_accuracy sparse_categorical_accuracy binary_accuracy CategoricalAccuracy SparseCategoricalAccuracy BinaryAccuracy
  topK: top_k_categorical_accuracy TopKCategoricalAccuracy SparseTopKCategoricalAccuracy top_k_accuracy
  auc: AUC roc_auc ROC_AUC
  f1: F1Score f1_score
  r2: R2Score r2_score
  rmse: root_mean_squared_error RootMeanSquaredError
  mape: mean_absolute_percentage_error
  iou: IoU BinaryIoU
  meanIou: MeanIoU
  confusion: confusion_matrix ConfusionMatrix
  perplexity: Perplexity ppl
  cosine: CosineDecay cosine_decay CosineAnnealingLR cosine_annealing
  restarts: CosineDecayRestarts CosineAnnealingWarmRestarts
  exponential: ExponentialDecay ExponentialLR
  steps: StepLR PiecewiseConstantDecay MultiStepLR step max_steps num_steps train_steps
  oneCycle: OneCycleLR one_cycle
  plateau: ReduceLROnPlateau
  linear: PolynomialDecay LinearLR
  heNormal: he_normal kaiming_normal HeNormal kaiming
  heUniform: he_uniform kaiming_uniform HeUniform
  glorotUniform: glorot_uniform xavier_uniform GlorotUniform xavier
  glorotNormal: glorot_normal xavier_normal GlorotNormal
  truncatedNormal: truncated_normal TruncatedNormal trunc_normal
  filters: out_channels n_filters
  units: out_features hidden_size hidden_units num_units output_size
  kernel: kernel_size kernelSize filter_size kernels
  window: pool_size poolSize kernel_size kernelSize
  stride: strides step
  dilation: dilation_rate dilationRate
  bias: use_bias useBias
  multiplier: depth_multiplier
  init: kernel_initializer kernelInitializer embeddings_initializer initializer
  biasInit: bias_initializer biasInitializer
  recurrentInit: recurrent_initializer
  sequences: return_sequences returnSequences
  state: return_state returnState
  initial: initial_state initialState
  backwards: go_backwards
  gate: recurrent_activation
  recurrentDropout: recurrent_dropout
  outputPadding: output_padding
  heads: num_heads n_heads nhead n_head
  keyWidth: key_dim head_dim d_k
  width: embed_dim embedding_dim output_dim d_model hidden_dim
  size: num_embeddings input_dim vocab_size scale_factor
  rate: p drop_prob dropout_rate prob
  epsilon: eps
  axis: dim axes
  lr: learning_rate learningRate rate base_lr initial_learning_rate
  peak: learning_rate initial_learning_rate max_lr lr
  decay: weight_decay weightDecay
  beta1: beta_1
  beta2: beta_2
  rho: alpha
  slope: negative_slope alpha negativeSlope
  smoothing: label_smoothing
  classWeights: class_weight class_weights weight
  reduce: reduction
  groups: num_groups
  method: interpolation mode
  keep: keepdims keepdim keep_dims
  merge: merge_mode
  warmup: warmup_steps warmup_epochs
  patience: wait
  watch: monitor
  change: min_delta
  where: mask sample_weight
  at: k top_k
  mask: attention_mask attn_mask src_mask key_padding_mask
  memory: key_value encoder_hidden_states context
  l2: kernel_regularizer
  maxNorm: kernel_constraint
  optimizer: optim optimiser
  batch: batch_size batchSize minibatch
  epochs: num_epochs n_epochs nb_epoch max_epochs
  validation: validation_split validationSplit val val_split
  test: test_split test_size
  early: EarlyStopping early_stopping
  best: ModelCheckpoint
  stop: early_stopping earlyStopping callbacks early
  save: checkpoint checkpoints model_checkpoint
  clip: clipnorm clip_norm gradient_clip max_grad_norm grad_clip
  accumulate: accumulation gradient_accumulation accumulate_grad_batches gradient_accumulation_steps
  seed: random_seed random_state
  precision: dtype mixed_precision
  devices: gpus num_gpus
  average: ema
  augment: augmentation transforms transform
  shuffle: shuffled
  source: file path dataset
  loss: losses criterion objective
  metrics: metric
`;

/** The table read; made at the first question: nobody who spells the names right pays for it. */
let found: ReadonlyMap<string, readonly string[]> | undefined;

function table(): ReadonlyMap<string, readonly string[]> {
  if (found) return found;
  const names = new Map<string, string[]>();
  for (const line of TABLE.trim().split('\n')) {
    const [ours = '', theirs = ''] = line.split(':').map((part) => part.trim());
    for (const name of theirs.split(/\s+/u)) names.set(name, [...(names.get(name) ?? []), ours]);
  }
  found = names;
  return names;
}

/** Our name for one of another library, among those that may stand there. */
export function foreignName(name: string, candidates: Iterable<string>): string | undefined {
  const ours = table().get(name);
  if (!ours) return undefined;
  const possible = new Set(candidates);
  return ours.find((one) => possible.has(one));
}

/** Our name for a setting of another library, by the layer that it is written for; only names that can be none of ours. */
export function foreignSetting(callee: string, name: string): string | undefined {
  if (!name.includes('_') && name !== 'strides') return undefined;
  const ours = table().get(name) ?? [];
  return /Pool/u.test(callee) && ours.includes('window') ? 'window' : ours[0];
}

/** Modules of Python that stand in front of a layer's name there. */
const MODULES: ReadonlySet<string> = new Set(['nn', 'torch', 'F', 'tf', 'keras', 'layers', 'np', 'K', 'jnp', 'optim']);

export function isForeignModule(name: string): boolean {
  return MODULES.has(name);
}

/** How many arguments without names stand in front of ours in PyTorch: the sizes of what goes in. */
export function foreignInputs(name: string, count: number): number {
  if (/^(?:Linear|RNN|LSTM|GRU)$/u.test(name)) return count >= 2 ? 1 : 0;
  if (/^Conv(?:Transpose)?[123]d$/u.test(name)) return count >= 3 ? 1 : 0;
  return /^(?:Batch|Instance)Norm[123]d$/u.test(name) ? count : 0;
}
