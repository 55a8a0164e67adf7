/** Items and lines of the picture as SVG: what stands on the screen, and the same for a file. */
import { type GraphScene, type ProgramGraph, type SceneItem, type SceneLine, shownName } from '../../protocol/index.ts';
import { colourOf, type Scale } from './colours.ts';

/** The shape of an item, its texts, and the strip of its colour. */
export function ItemShape({ item, colour }: { readonly item: SceneItem; readonly colour: string }) {
  const { x, y, width, height } = item;
  const [title, detail] = [shownName(item.title), shownName(item.detail)];
  if (item.kind === 'box' && item.open) {
    return (
      <>
        <rect class="frame" x={x} y={y} width={width} height={height} rx={6} />
        <text class="head" x={x + 10} y={y + 18}>
          {`▾ ${title}`}
        </text>
      </>
    );
  }
  const closed = item.kind === 'box';
  return (
    <>
      {closed && item.count > 1 ? (
        <rect class="behind" x={x + 4} y={y + 4} width={width} height={height} rx={5} />
      ) : null}
      <rect class="body" x={x} y={y} width={width} height={height} rx={5} style={{ '--mw-colour': colour }} />
      <path class="strip" d={stripPath(x, y, height)} style={{ '--mw-colour': colour }} />
      <text x={x + width / 2 + 3} y={y + height / 2 + 4.5} text-anchor="middle">
        {closed ? '▸ ' : ''}
        {title}
        {detail === '' ? null : <tspan class="detail">{` ${detail}`}</tspan>}
      </text>
    </>
  );
}

function stripPath(x: number, y: number, height: number): string {
  return `M${x + 6} ${y}h-1a5 5 0 0 0 -5 5v${height - 10}a5 5 0 0 0 5 5h1z`;
}

/** A line with round corners; what hovers over it is caught beside it as well. */
export function LineShape({ line, ends }: { readonly line: SceneLine; readonly ends: boolean }) {
  const path = linePath(line.points);
  return (
    <>
      <path class="line" d={path} marker-end={ends ? 'url(#mw-arrow)' : undefined} />
      {line.label === undefined ? null : (
        <text class="shape" x={line.label.x} y={line.label.y + 4} text-anchor="middle">
          {line.label.text}
        </text>
      )}
    </>
  );
}

const CORNER = 8;

export function linePath(points: readonly number[]): string {
  const at = (index: number) => [points[2 * index] ?? 0, points[2 * index + 1] ?? 0] as const;
  const count = points.length / 2;
  const [x0, y0] = at(0);
  let path = `M${x0} ${y0}`;
  for (let index = 1; index < count; index++) {
    const [x, y] = at(index);
    if (index === count - 1) {
      path += `L${x} ${y}`;
      break;
    }
    const [from, to] = [towards(at(index), at(index - 1)), towards(at(index), at(index + 1))];
    path += `L${from[0]} ${from[1]}Q${x} ${y} ${to[0]} ${to[1]}`;
  }
  return path;
}

/** The point on the way where the corner begins. */
function towards([x, y]: readonly [number, number], [tx, ty]: readonly [number, number]): readonly [number, number] {
  const length = Math.hypot(tx - x, ty - y);
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return [round(x + (tx - x) * part), round(y + (ty - y) * part)];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Whether the line ends at something that is drawn as a whole: there it has its arrow. */
export function hasArrow({ to }: SceneLine, { items }: GraphScene): boolean {
  const item = items[to];
  return item !== undefined && !(item.kind === 'box' && item.open);
}

export function Arrow() {
  return (
    <defs>
      <marker
        id="mw-arrow"
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="7"
        markerHeight="7"
        markerUnits="userSpaceOnUse"
        orient="auto"
      >
        <path class="arrow" d="M0 0.5L8 4L0 7.5z" />
      </marker>
    </defs>
  );
}

/** The whole picture, for a file. */
export function WholePicture({
  scene,
  graph,
  scale,
}: {
  readonly scene: GraphScene;
  readonly graph: ProgramGraph;
  readonly scale: Scale | undefined;
}) {
  return (
    <svg
      class="graph-picture"
      xmlns="http://www.w3.org/2000/svg"
      width={scene.width}
      height={scene.height}
      viewBox={`0 0 ${scene.width} ${scene.height}`}
    >
      <title>{graph.unit}</title>
      <Arrow />
      <rect class="ground" width={scene.width} height={scene.height} />
      {scene.items.map((item, index) => (
        <g key={index} class={item.kind}>
          <ItemShape item={item} colour={colourOf(item, graph, scale)} />
        </g>
      ))}
      {scene.lines.map((line, index) => (
        <LineShape key={index} line={line} ends={hasArrow(line, scene)} />
      ))}
    </svg>
  );
}
