/** Texts of Python: literals, names, and the small layers that stand in for what Keras has no layer of. */

/** A number as Python writes it; decimal ones keep their point. */
export function pythonNumber(value: number, whole = Number.isInteger(value)): string {
  if (value === Number.POSITIVE_INFINITY) return 'float("inf")';
  if (value === Number.NEGATIVE_INFINITY) return '-float("inf")';
  if (Number.isNaN(value)) return 'float("nan")';
  const text = String(value);
  return whole || /[.e]/u.test(text) ? text : `${text}.0`;
}

/** `(3, 3)`, and `(3,)` for a single one. */
export function pythonTuple(items: readonly (number | string)[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

export function pythonText(text: string): string {
  return JSON.stringify(text);
}

export function pythonFlag(value: boolean): string {
  return value ? 'True' : 'False';
}

/** `MaxPool2D` → `max_pool2d`, `Conv2DTranspose` → `conv2d_transpose`. */
export function snake(name: string): string {
  return name.replace(/(?<=[a-z]|\dD)(?=[A-Z])/gu, '_').toLowerCase();
}

/** A name of the program as a name of Python. */
export function identifier(name: string): string {
  const text = name.replace(/[^\p{L}\p{N}_]/gu, '_');
  return reserved.has(text) || /^\p{N}/u.test(text) ? `${text}_` : text;
}

const reserved = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if import in
  is lambda nonlocal not or pass raise return try while with yield keras layers ops model`.split(/\s+/u),
);

export type Helper = 'Weight' | 'WeightOf' | 'Fixed' | 'ForEach' | 'Drawn' | 'PositionSignal' | 'Missing';

/** Layers that a printed program brings along, each where it is used. */
export const helpers: Readonly<Record<Helper, string>> = {
  Weight: `class Weight(layers.Layer):
    """A learned value on its own, the same for every example. What it is called on only ties it to the model."""

    def __init__(self, shape, initializer="zeros", learned=True, **options):
        super().__init__(**options)
        self.value = self.add_weight(shape=shape, initializer=initializer, trainable=learned)

    def call(self, _):
        return ops.convert_to_tensor(self.value)

    def compute_output_spec(self, _):
        return keras.KerasTensor(self.value.shape, "float32")`,
  WeightOf: `class WeightOf(layers.Layer):
    """A weight of another layer, as a value."""

    def __init__(self, layer, weight, shape, **options):
        super().__init__(**options)
        self.layer, self.weight, self.shape = layer, weight, shape

    def call(self, _):
        return ops.convert_to_tensor(getattr(self.layer, self.weight))

    def compute_output_spec(self, _):
        return keras.KerasTensor(self.shape, "float32")`,
  Fixed: `class Fixed(layers.Layer):
    """A value that never changes, the same for every example."""

    def __init__(self, value, **options):
        super().__init__(**options)
        self.value = value

    def call(self, _):
        return self.value

    def compute_output_spec(self, _):
        return keras.KerasTensor(self.value.shape, keras.backend.standardize_dtype(self.value.dtype))`,
  ForEach: `class ForEach(layers.Layer):
    """A value that is the same for every example, once for each example of the batch."""

    def call(self, value, like):
        return ops.broadcast_to(value, (ops.shape(like)[0],) + tuple(value.shape))

    def compute_output_spec(self, value, like):
        return keras.KerasTensor((like.shape[0],) + tuple(value.shape), value.dtype)`,
  Drawn: `class Drawn(layers.Layer):
    """Numbers drawn afresh for each example."""

    def __init__(self, kind, shape, **options):
        super().__init__(**options)
        self.kind, self.drawn, self.seed = kind, shape, keras.random.SeedGenerator()

    def call(self, like):
        draw = keras.random.normal if self.kind == "normal" else keras.random.uniform
        return draw((ops.shape(like)[0],) + self.drawn, seed=self.seed)

    def compute_output_spec(self, like):
        return keras.KerasTensor((like.shape[0],) + self.drawn, "float32")`,
  PositionSignal: `class PositionSignal(layers.Layer):
    """Adds waves that are another for each step: sines in the even features, cosines in the odd ones."""

    def call(self, x):
        time, width = x.shape[-2:]
        feature = ops.arange(width)
        turn = ops.cast(ops.expand_dims(ops.arange(time), -1), "float32")
        angle = turn / ops.power(10000.0, ops.cast(2 * (feature // 2), "float32") / width)
        return x + ops.where(feature % 2 == 0, ops.sin(angle), ops.cos(angle))`,
  Missing: `class Missing(layers.Layer):
    """Stands for a layer that Keras does not have: its weights and the shape of its result, without its arithmetic."""

    def __init__(self, shape, weights=(), **options):
        super().__init__(**options)
        self.result = shape
        for size in weights:
            self.add_weight(shape=size)

    def call(self, like):
        return ops.zeros((ops.shape(like)[0],) + self.result)

    def compute_output_spec(self, like):
        return keras.KerasTensor((like.shape[0],) + self.result, "float32")`,
};
