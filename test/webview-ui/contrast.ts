/**
 * Finds what stands out too little from what is behind it (WCAG: texts 4.5 : 1, lines and marks 3 : 1). The functions run in
 * the page: `rememberDrawing` before everything else, to know what canvases have been drawn with.
 */

/** One way in which a canvas was drawn on. */
export interface Drawn {
  readonly kind: 'text' | 'line';
  readonly text: string;
  readonly style: string;
  readonly alpha: number;
  readonly canvas: HTMLCanvasElement;
}

/** Keeps with what colours texts and lines are drawn from now on. */
export function rememberDrawing(): void {
  const drawn = new Map<string, Drawn>();
  const canvases = new Map<unknown, number>();
  Object.assign(window, { drawn });
  const keep = (context: CanvasRenderingContext2D, kind: Drawn['kind'], style: unknown, text: string): void => {
    if (typeof style !== 'string') return;
    if (!canvases.has(context.canvas)) canvases.set(context.canvas, canvases.size);
    const { canvas, globalAlpha: alpha } = context;
    drawn.set(`${canvases.get(canvas)} ${kind} ${style} ${alpha}`, { kind, text, style, alpha, canvas });
  };
  const { fillText, stroke } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    keep(this, 'text', this.fillStyle, text);
    return fillText.call(this, text, ...place);
  };
  CanvasRenderingContext2D.prototype.stroke = function (...path: unknown[]) {
    keep(this, 'line', this.strokeStyle, `line ${this.lineWidth}`);
    return Reflect.apply(stroke, this, path);
  };
}

/** `texts`: of the page, of its drawings and on its canvases; `lines`: what is drawn besides. */
export function lowContrast(what: unknown = 'texts'): string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (canvas === null) return ['no canvas'];
  canvas.canvas.width = 1;
  canvas.canvas.height = 1;
  type Colour = [number, number, number, number];
  const read = (css: string): Colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top: Colour, below: Colour): Colour => {
    const mix = (index: 0 | 1 | 2) => top[index] * top[3] + below[index] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const light = ([red, green, blue]: Colour) => {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((each) => {
      const share = each / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  /** In a drawing what a text stands on is a shape of its group. */
  const shapeOf = (element: Element) =>
    element instanceof SVGElement && element.tagName === 'g'
      ? element.querySelector(':scope > rect:not(.strip), :scope > path.back')
      : null;
  const behind = (element: Element): Colour => {
    const above: Colour[] = [];
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (!(each instanceof SVGElement) || each.tagName === 'svg') above.push(read(style.backgroundColor));
      const shape = shapeOf(each);
      const fill = shape === null || shape === element ? 'none' : getComputedStyle(shape).fill;
      if (fill !== 'none') above.push(read(fill));
    }
    return above.reduceRight<Colour>((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const opacityOf = (element: Element): number => {
    let opacity = 1;
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      opacity *= Number(getComputedStyle(each).opacity);
    }
    return opacity;
  };
  const found = new Set<string>();
  const check = (name: string, css: string, opacity: number, on: Element, least: number): void => {
    const ground = behind(on);
    const colour = read(css);
    const ink = over([colour[0], colour[1], colour[2], colour[3] * opacity], ground);
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x) as [number, number];
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < least) found.add(`${name}: ${contrast.toFixed(2)} (${css} on ${ground.map(Math.round).join()})`);
  };
  const { drawn = new Map<string, Drawn>() } = window as Window & { drawn?: Map<string, Drawn> };
  for (const { kind, text, style, alpha, canvas: on } of drawn.values()) {
    if (!on.isConnected || (kind === 'text') === (what === 'lines')) continue;
    // What is drawn faintly on purpose, as the raw values behind smoothed ones and the grid, says nothing of its own.
    if (kind === 'line' && (alpha < 0.5 || read(style)[3] < 0.5)) continue;
    check(`drawn ${text}`, style, alpha * opacityOf(on), on, kind === 'text' ? 4.5 : 3);
  }
  if (what === 'lines') {
    for (const shape of document.querySelectorAll('svg :is(path, line, polyline, circle, rect)')) {
      const style = getComputedStyle(shape);
      const quiet =
        shape.closest('.icon, .grid-line, .grid, [data-quiet], defs, clipPath, :disabled, [hidden]') !== null;
      if (quiet || shape.getClientRects().length === 0 || style.stroke === 'none') continue;
      if (Number(style.strokeOpacity) < 0.5 || read(style.stroke)[3] < 0.5 || style.strokeWidth === '0px') continue;
      check(`${shape.tagName}.${shape.getAttribute('class') ?? ''}`, style.stroke, 1, shape, 3);
    }
    return [...found];
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (element === null || text === '' || element.closest('script, [hidden], .unseen, .plot-over, :disabled') !== null)
      continue;
    if (element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const isDrawn = element instanceof SVGElement && element.closest('svg') !== null;
    if (isDrawn && element.closest('title, desc') !== null) continue;
    check(text, isDrawn ? style.fill : style.color, opacityOf(element), element, 4.5);
  }
  return [...found];
}
