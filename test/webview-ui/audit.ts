/** What a page is looked over for: names, sizes, texts that are left untranslated. Each function runs in the page. */

/** Controls and pictures without a name that a screen reader could say; each as its markup. */
export function nameless(): string[] {
  const nameOf = (element: Element): string => {
    const by = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
    const parts = [
      element.getAttribute('aria-label'),
      ...by.map((id) => document.getElementById(id)?.textContent),
      ...labels.map((label) => label.textContent),
      element.getAttribute('title'),
      element.getAttribute('alt'),
      /^(select|input|textarea)$/i.test(element.tagName) ? '' : element.textContent,
    ];
    return parts.find((part) => part !== null && part !== undefined && part.trim() !== '') ?? '';
  };
  const named =
    'button, a[href], input:not([type=hidden]), select, textarea, [role=application], [role=img], [role=treeitem], [role=grid], [role=gridcell], [role=progressbar], [role=tab], [role=tree], [role=dialog], [role=menu], [role=slider], [tabindex]';
  const found = [...document.querySelectorAll(named)].filter(
    (element) => element.closest('[hidden], [aria-hidden=true]') === null && element.getClientRects().length > 0,
  );
  const bare = [...document.querySelectorAll('canvas, svg')].filter(
    (element) =>
      element.closest(
        '[aria-hidden=true], [role=img], [role=application], [role=grid], [role=tree], [aria-label], button',
      ) === null,
  );
  return [...found.filter((element) => nameOf(element) === ''), ...bare].map((element) =>
    element.outerHTML.slice(0, 160),
  );
}

/** Texts that stick out of their button, cell or card, or are cut without a way to read them. */
export function cutTexts(): string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const parent = node.parentElement;
    if (parent === null || text === '' || parent.closest('script, [hidden], .unseen, svg, option, .plot-over') !== null)
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    // What is folded away is not seen.
    if (box.width === 0 || !parent.checkVisibility()) continue;
    for (let each: Element | null = parent; each !== null && !scrolls(each); each = each.parentElement) {
      const style = getComputedStyle(each);
      const clips = style.overflowX === 'hidden' || style.overflowX === 'clip';
      if (!clips && !/^(BUTTON|TD|TH|SECTION|MAIN|LI)$/.test(each.tagName)) continue;
      const around = each.getBoundingClientRect();
      if (box.left >= around.left - 1.5 && box.right <= around.right + 1.5) continue;
      const told = clips && each.closest('[title]') !== null;
      if (!told) found.push(`${text.slice(0, 60)} beyond ${each.tagName.toLowerCase()}.${each.className}`);
      break;
    }
  }
  return found;
}

/** Texts that stand over another one, in the parts of the page that flow (what is drawn may). */
export function overlapping(): string[] {
  const boxes: { readonly text: string; readonly node: Node; readonly parent: Element; readonly box: DOMRect }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const parent = node.parentElement;
    if (parent === null || text === '' || !parent.checkVisibility()) continue;
    if (parent.closest('script, style, [hidden], .unseen, svg, option, select, canvas, .plot-over, .tooltip') !== null)
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1) boxes.push({ text, node, parent, box });
  }
  const clip = (element: Element, box: DOMRect) => {
    let { left, right, top, bottom } = box;
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      if (!/auto|scroll|hidden|clip/.test(getComputedStyle(each).overflow)) continue;
      const around = each.getBoundingClientRect();
      left = Math.max(left, around.left);
      right = Math.min(right, around.right);
      top = Math.max(top, around.top);
      bottom = Math.min(bottom, around.bottom);
    }
    return { left, right, top, bottom };
  };
  const seen = boxes
    .map(({ text, node, parent, box }) => ({ text, node, parent, ...clip(parent, box) }))
    .filter(({ left, right, top, bottom }) => right - left > 2 && bottom - top > 2)
    .sort((a, b) => a.top - b.top);
  const found = new Set<string>();
  seen.forEach((one, at) => {
    for (let next = at + 1; next < seen.length; next++) {
      const other = seen[next];
      if (other === undefined || other.top > one.bottom - 3) break;
      // Lines of one text may be closer than their letters are high.
      if (one.node === other.node) continue;
      // A heading that stays while a table scrolls is over the rows on purpose.
      if (one.parent.closest('thead') !== null || other.parent.closest('thead') !== null) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 2 && high > 4) found.add(`${one.text.slice(0, 50)} / ${other.text.slice(0, 50)}`);
    }
  });
  return [...found];
}

/** Controls that stand, wholly or in part, where one cannot scroll to; each as its markup. */
export function beyond(): string[] {
  const controls = document.querySelectorAll('button, a[href], input, select, textarea, summary, [tabindex="0"]');
  return [...controls].flatMap((element) => {
    if (!element.checkVisibility() || element.closest('.unseen, svg') !== null) return [];
    const box = element.getBoundingClientRect();
    let { left, right } = box;
    for (let each = element.parentElement; each !== null; each = each.parentElement) {
      const { overflowX } = getComputedStyle(each);
      const around = each.getBoundingClientRect();
      // Scrolled into sight it is at most as wide as what it is scrolled in.
      if (/auto|scroll/.test(overflowX)) {
        left = Math.max(left, around.left);
        right = Math.min(Math.max(right, left), around.right);
        if (element === document.activeElement || box.width > around.width + 1) break;
        left = around.left;
        right = around.right;
      }
    }
    const out = left < -1 || right > document.documentElement.clientWidth + 1;
    return out ? [element.outerHTML.slice(0, 120)] : [];
  });
}

/** Texts and labels of the page, each once. */
export function wordsOf(): string[] {
  const found = new Set<string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement?.closest('script, style, code, pre') === null) found.add(node.textContent?.trim() ?? '');
  }
  for (const element of document.querySelectorAll(
    '[aria-label], [title], [placeholder], [aria-roledescription], [aria-valuetext]',
  )) {
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-roledescription', 'aria-valuetext'])
      found.add(element.getAttribute(name) ?? '');
  }
  found.delete('');
  return [...found];
}

export interface Stop {
  /** Where the focus is, as markup. */
  readonly what: string;
  /** It can be seen that it is there. */
  readonly seen: boolean;
}

/** Where the focus is; undefined: nowhere. */
export function focusedStop(): Stop | undefined {
  const element = document.activeElement;
  if (element === null || element === document.body) return undefined;
  const marked = (each: Element) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
  };
  const svg = element instanceof SVGElement;
  const seen = marked(element) || [...element.querySelectorAll('*')].some(marked) || svg;
  const all = [...document.querySelectorAll('*')].indexOf(element);
  return { what: `${all} ${element.outerHTML.slice(0, 110)}`, seen };
}

/** What Tab should come to. */
export function tabbable(): string[] {
  const all = [...document.querySelectorAll('*')];
  const groups = new Set<string>();
  return all.flatMap((element, at) => {
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return [];
    if (element.tabIndex < 0 || element.matches(':disabled') || element.getClientRects().length === 0) return [];
    if (getComputedStyle(element).visibility === 'hidden' || element.closest('[inert]') !== null) return [];
    if (element instanceof HTMLInputElement && element.type === 'radio') {
      if (groups.has(element.name)) return [];
      groups.add(element.name);
    }
    return [`${at} ${element.outerHTML.slice(0, 110)}`];
  });
}
