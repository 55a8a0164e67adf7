/**
 * A browser under the POSIX locale calls its language `en-US@posix`, which `Intl` refuses with an error; uPlot asks `Intl`
 * with it while it is loaded, and the panel would stay empty. Imported before uPlot, this gives such a page a name that counts.
 */
function isRefused(language: string): boolean {
  try {
    Intl.getCanonicalLocales(language);
    return false;
  } catch {
    return true;
  }
}

export function mendLanguage(of: { readonly language: string }): void {
  if (isRefused(of.language)) Object.defineProperty(of, 'language', { value: 'en-US', configurable: true });
}

mendLanguage(navigator);
