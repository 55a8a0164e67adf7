/** The whole picture as a file: SVG with its colours written out, PNG drawn from it. */
import { render } from 'preact';
import { scaleOf } from './colours.ts';
import { WholePicture } from './drawing.tsx';
import type { GraphState } from './state.ts';

/** Asks the host to save it; rejects where it cannot be made. */
export async function savePicture(state: GraphState, format: 'svg' | 'png'): Promise<void> {
  const svg = pictureText(state);
  if (svg === undefined) return;
  const data = format === 'svg' ? svg.text : await png(svg);
  await state.link.ask({ kind: 'save', format, data });
}

interface PictureText {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** Drawn into the page for a moment, so that the styles count. */
function pictureText({ graph, scene, colourBy, link }: GraphState): PictureText | undefined {
  if (graph.value === undefined || scene.value === undefined) return undefined;
  const { width, height } = scene.value;
  const place = document.createElement('div');
  place.className = 'graph unseen';
  document.body.append(place);
  const scale = scaleOf(colourBy.value, graph.value, link.gradients.value);
  render(<WholePicture scene={scene.value} graph={graph.value} scale={scale} />, place);
  const svg = place.querySelector('svg');
  if (svg !== null) writeColours(svg);
  const text = svg === null ? undefined : new XMLSerializer().serializeToString(svg);
  render(null, place);
  place.remove();
  return text === undefined ? undefined : { text, width, height };
}

const WRITTEN = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-weight', 'paint-order'];

/** What attributes are anyway, where they are not said. */
const UNSAID: ReadonlySet<string> = new Set(['none', 'normal']);

/**
 * Computed styles become attributes: a file has no style sheet and knows no theme. All are read before any is written, since
 * what is written takes away what others are styled by.
 */
function writeColours(svg: SVGElement): void {
  const plain = createPlainColours();
  const drawn = [...svg.querySelectorAll('rect, path, text, tspan')].map((element) => {
    const style = getComputedStyle(element);
    return { element, values: WRITTEN.map((name) => [name, style.getPropertyValue(name)] as const) };
  });
  svg.setAttribute('font-family', getComputedStyle(svg).fontFamily);
  for (const { element, values } of drawn) {
    for (const [name, value] of values) {
      const text = name === 'fill' || name === 'stroke' ? plain(value) : value;
      if (text !== '' && !(UNSAID.has(text) && name !== 'fill')) element.setAttribute(name, text);
    }
  }
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    element.removeAttribute('style');
    element.removeAttribute('class');
  }
}

/** Colours as `#rrggbb`, which every program reads. */
function createPlainColours(): (css: string) => string {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map<string, string>([['none', 'none']]);
  return (css) => {
    const before = known.get(css);
    if (before !== undefined || canvas === null || css.startsWith('url')) return before ?? css;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    const hex = [red, green, blue].map((each) => each.toString(16).padStart(2, '0')).join('');
    const made = alpha === 0 ? 'none' : `#${hex}${alpha === 255 ? '' : alpha.toString(16).padStart(2, '0')}`;
    known.set(css, made);
    return made;
  };
}

/** Larger pictures are more than a browser draws. */
const LONGEST = 16_000;
const MOST_PIXELS = 100e6;

async function png({ text, width, height }: PictureText): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = Math.min(2, LONGEST / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').slice('data:image/png;base64,'.length);
}
