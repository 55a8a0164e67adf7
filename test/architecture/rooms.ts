/**
 * The table of `docs/architecture.md`: which room may import what. The tests in this folder read sources and bundles
 * against it.
 */

export interface Room {
  readonly name: string;
  /** Rooms it may import, by their façade `index.ts`. */
  readonly rooms: readonly string[];
  /** Rooms of which it may import types only. */
  readonly types?: readonly string[];
  /** Packages it may import. */
  readonly packages: readonly string[];
  /** Whether it may use Node's modules. */
  readonly node: boolean;
  /** Pure: no clock, no chance, no console, no timers, no DOM. */
  readonly pure?: boolean;
  /** Packages that stand in one file only. */
  readonly onlyIn?: Readonly<Record<string, string>>;
}

export const rooms: readonly Room[] = [
  {
    name: 'language',
    rooms: [],
    packages: ['papaparse'],
    node: false,
    pure: true,
    onlyIn: { papaparse: 'language/data/csv.ts' },
  },
  { name: 'compiler', rooms: ['language'], packages: [], node: false, pure: true },
  { name: 'protocol', rooms: [], types: ['language', 'compiler'], packages: [], node: false },
  { name: 'assist', rooms: ['language'], packages: [], node: false, pure: true },
  { name: 'files', rooms: ['protocol', 'language'], packages: [], node: true },
  {
    name: 'runs',
    rooms: ['protocol', 'files'],
    packages: ['hyparquet-writer'],
    node: true,
    onlyIn: { 'hyparquet-writer': 'runs/metrics-file.ts' },
  },
  {
    name: 'server',
    rooms: ['language', 'files', 'protocol', 'compiler', 'assist'],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
    node: true,
  },
  {
    name: 'client',
    rooms: ['protocol', 'runs'],
    packages: ['vscode', 'vscode-languageclient', '@dagrejs/dagre'],
    node: true,
  },
  {
    name: 'trainer',
    rooms: ['protocol', 'compiler', 'language', 'files', 'runs'],
    packages: [
      ...['onnxruntime-node', 'koffi', '@tensorflow/tfjs-node-gpu', 'papaparse'],
      ...[
        'sharp',
        '@cornerstonejs/codec-libjpeg-turbo-8bit',
        '@duckdb/node-api',
        'yauzl',
        'h5wasm',
        '@wasm-audio-decoders/flac',
        'mpg123-decoder',
      ],
    ],
    node: true,
  },
  {
    name: 'webview-ui',
    rooms: ['protocol'],
    packages: ['preact', '@preact/signals'],
    node: false,
  },
  {
    name: 'cli',
    rooms: ['protocol', 'language', 'compiler', 'files', 'runs', 'assist'],
    packages: ['@modelcontextprotocol/sdk'],
    node: true,
    onlyIn: { '@modelcontextprotocol/sdk': 'cli/mcp/serve.ts' },
  },
];

/** Packages with engines: only the trainer may carry them. */
export const engines = ['onnxruntime-node', 'onnxruntime-common', 'koffi', '@tensorflow'];
