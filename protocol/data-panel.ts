/** Messages between the page that shows data and the extension host; guarded at both ends. */
import { type DataReport, type DataWindow, isDataReport, isDataWindow } from './data-report.ts';
import { type Check, isCount, isRecord, isText, optional, recordOf, shaped } from './guard.ts';

export const DATA_PANEL_VERSION = 1;

type V = { readonly version: typeof DATA_PANEL_VERSION };

/** Host → page. */
export type ToDataPanel =
  | (V & { readonly kind: 'texts'; readonly locale: string; readonly texts: Readonly<Record<string, string>> })
  /** Rows are being read; what is shown stays until they are there. */
  | (V & { readonly kind: 'reading' })
  | (V & { readonly kind: 'view'; readonly view: DataReport })
  /** Why there is nothing (new) to show. */
  | (V & { readonly kind: 'failed'; readonly message: string });

/** Page → host. */
export type FromDataPanel =
  | (V & { readonly kind: 'ready' })
  | (V & { readonly kind: 'show'; readonly window: DataWindow })
  /** Shows the line of a field, or of one of its stages. */
  | (V & { readonly kind: 'reveal'; readonly field: number; readonly stage: number | undefined });

const TO_PAGE: Readonly<Record<ToDataPanel['kind'], Check>> = {
  texts: shaped({ locale: isText, texts: recordOf(isText) }),
  reading: isRecord,
  view: shaped({ view: isDataReport }),
  failed: shaped({ message: isText }),
};

const FROM_PAGE: Readonly<Record<FromDataPanel['kind'], Check>> = {
  ready: isRecord,
  show: shaped({ window: isDataWindow }),
  reveal: shaped({ field: isCount, stage: optional(isCount) }),
};

/** The message, or undefined for anything else. */
export function readToDataPanel(value: unknown): ToDataPanel | undefined {
  return passesTo(value) ? value : undefined;
}

/** The message, or undefined for anything else. */
export function readFromDataPanel(value: unknown): FromDataPanel | undefined {
  return passesFrom(value) ? value : undefined;
}

function passesTo(value: unknown): value is ToDataPanel {
  return passes(value, TO_PAGE);
}

function passesFrom(value: unknown): value is FromDataPanel {
  return passes(value, FROM_PAGE);
}

function passes(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  if (!isRecord(value) || value.version !== DATA_PANEL_VERSION || typeof value.kind !== 'string') return false;
  return Object.hasOwn(checks, value.kind) && checks[value.kind]?.(value) === true;
}
