/**
 * Keeps the keyboard where it works: when what has the focus goes away or is switched off by what was done with it, the focus
 * goes to what stands beside or around it, and not back to the beginning of the page.
 */

/** Where an element stood: it may be gone when that is needed. */
interface Stand {
  readonly element: Element;
  readonly next: Element | null;
  readonly previous: Element | null;
}

const CONTROLS = 'button, a[href], input, select, textarea, summary, [tabindex]';

/** Looks after the page until the answer is called. */
export function keepFocus(page: Document = document): () => void {
  let stands: readonly Stand[] = [];
  const remember = (event: FocusEvent) => {
    stands = event.target instanceof Element ? standsOf(event.target) : [];
  };
  const check = () => {
    const at = page.activeElement;
    const [own] = stands;
    // The browser takes the focus from what is switched off only once it draws.
    if (own === undefined || (at !== null && at !== page.body && !at.matches(':disabled'))) return;
    // Where it is still there, one has clicked beside it: then nothing is to have the focus.
    if (own.element.isConnected && canHold(own.element)) return;
    const next = nearest(stands);
    stands = [];
    next?.focus();
  };
  const changes = new MutationObserver(check);
  changes.observe(page.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
  page.addEventListener('focusin', remember);
  return () => {
    changes.disconnect();
    page.removeEventListener('focusin', remember);
  };
}

/** To the way into other views, where there is one: Escape leaves what it was pressed in. */
export function leave(): void {
  chosenTab()?.focus();
}

function chosenTab(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]');
}

/** The element and all around it, from the inside out. */
function standsOf(element: Element): Stand[] {
  const stands: Stand[] = [];
  for (let each: Element | null = element; each !== null && each !== document.body; each = each.parentElement) {
    stands.push({ element: each, next: each.nextElementSibling, previous: each.previousElementSibling });
  }
  return stands;
}

/** Beside what is gone as a whole, else inside of what was around it; of another view nothing is taken. */
function nearest(stands: readonly Stand[]): HTMLElement | undefined {
  const gone = stands.reduce((last, { element }, at) => (element.isConnected ? last : at), 0);
  for (const { element, next, previous } of stands.slice(gone)) {
    if (element.getAttribute('role') === 'tabpanel') break;
    for (const place of [next, previous, element.isConnected ? element : null]) {
      const found = place?.isConnected === true ? firstIn(place) : undefined;
      if (found !== undefined) return found;
    }
  }
  return chosenTab() ?? firstIn(document.body);
}

function firstIn(place: Element): HTMLElement | undefined {
  return [place, ...place.querySelectorAll(CONTROLS)].find(
    (each): each is HTMLElement => each instanceof HTMLElement && each.matches(CONTROLS) && canHold(each),
  );
}

/** It can be reached by Tab, or is moved through by arrows. */
function canHold(element: Element): boolean {
  return !element.matches(':disabled') && element.checkVisibility() && element.closest('[inert]') === null;
}
