/** A tiny line without axes. */

export type SparkRole = 'train' | 'validation' | 'value' | 'load';

interface SparkProps {
  readonly values: readonly number[];
  readonly role: SparkRole;
}

const WIDTH = 74;
const HEIGHT = 18;

/** Decoration: the tile says the value in words. */
export function Spark({ values, role }: SparkProps) {
  const finite = values.filter(Number.isFinite);
  if (finite.length < 2) return null;
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low || 1;
  const points = finite.map((value, index) => {
    const x = (index / (finite.length - 1)) * WIDTH;
    const y = HEIGHT - 1 - ((value - low) / span) * (HEIGHT - 3);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class={`spark ${role}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      <polygon points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`} />
      <polyline points={points.join(' ')} />
    </svg>
  );
}
