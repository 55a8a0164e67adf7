/** Finds texts of a page that stand out too little from what is behind them (WCAG: 4.5 : 1). Runs in the page. */

/** Each finding: the text, its colours, its contrast. */
export function lowContrast(): string[] {
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
  const behind = (element: Element): Colour => {
    const above: Colour[] = [];
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      above.push(read(getComputedStyle(each).backgroundColor));
    }
    return above.reduceRight<Colour>((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (element === null || text === '' || element.closest('script, [hidden], .unseen, .plot-over, :disabled') !== null)
      continue;
    if (element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const ground = behind(element);
    let opacity = 1;
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      opacity *= Number(getComputedStyle(each).opacity);
    }
    const colour = read(style.color);
    const ink = over([colour[0], colour[1], colour[2], colour[3] * opacity], ground);
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x) as [number, number];
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5)
      found.push(`${text}: ${contrast.toFixed(2)} (${style.color} on ${ground.map(Math.round).join()})`);
  }
  return found;
}
