/** How the parts of a program look in the editor's outline. */
import type { SymbolKind } from 'vscode-languageserver';
import type { OutlineKind } from '../language/index.ts';

/** Numbers of the protocol: they choose the icon. */
export const symbolKinds: Readonly<Record<OutlineKind, SymbolKind>> = {
  model: 5, // Class
  block: 2, // Module
  data: 23, // Struct
  run: 24, // Event
  export: 4, // Package
  parameter: 26, // TypeParameter
  input: 11, // Interface
  output: 8, // Field
  layer: 19, // Object
  binding: 13, // Variable
  field: 8, // Field
  key: 7, // Property
};
