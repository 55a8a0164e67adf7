/** The extension's entry. */
export function activate(): void {}
export function deactivate(): void {}
