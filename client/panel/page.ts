/**
 * The HTML page of the panel. Nothing is allowed in it but our own script (with the parts that it loads later) and style;
 * data come by messages only, and pictures and sounds are made of them in the page.
 */

/** What the panel's bundle shows: one run, or several side by side. */
export type PanelPage = 'run' | 'compare';

export interface PageParts {
  /** Addresses as the webview sees them. */
  readonly script: string;
  readonly style: string;
  /** Where styles may come from: `webview.cspSource`. */
  readonly source: string;
  /** Made anew for each page. */
  readonly nonce: string;
  readonly title: string;
  /** Left out: a run. */
  readonly shows?: PanelPage;
}

/** The page that holds the panel. */
export function panelPage(parts: PageParts): string {
  const policy = `default-src 'none'; style-src ${parts.source}; script-src 'nonce-${parts.nonce}'; img-src data: blob:; media-src data: blob:; connect-src 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${escapeHtml(parts.title)}</title>
<link rel="stylesheet" href="${escapeHtml(parts.style)}">
</head>
<body>
<div id="root" data-shows="${parts.shows ?? 'run'}"></div>
<script type="module" nonce="${escapeHtml(parts.nonce)}" src="${escapeHtml(parts.script)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
