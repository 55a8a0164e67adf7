/** What the server says that it can do. */
import type { InitializeParams, InitializeResult } from 'vscode-languageserver';
import { tokenModifiers, tokenTypes } from '../language/index.ts';
import { actionKinds } from './handlers/actions.ts';
import { contentSchemes } from './handlers/content.ts';

export function capabilities(params: InitializeParams): InitializeResult['capabilities'] {
  return {
    positionEncoding: 'utf-16',
    // Incremental: with whole texts the editor's client holds changes back.
    textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
    diagnosticProvider: { identifier: 'modelwright', interFileDependencies: true, workspaceDiagnostics: true },
    hoverProvider: true,
    completionProvider: {
      triggerCharacters: ['>', '(', ',', ':', '.', '{', ' ', '"', '/'],
      resolveProvider: true,
    },
    signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [',', ':', ')'] },
    definitionProvider: true,
    typeDefinitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    callHierarchyProvider: true,
    documentSymbolProvider: true,
    codeActionProvider: { codeActionKinds: [...actionKinds] },
    codeLensProvider: { resolveProvider: true },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    workspaceSymbolProvider: true,
    documentLinkProvider: { resolveProvider: true },
    inlayHintProvider: { resolveProvider: true },
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: {
        willRename: {
          filters: [
            { scheme: 'file', pattern: { glob: '**/*.model', matches: 'file' } },
            { scheme: 'file', pattern: { glob: '**', matches: 'folder' } },
          ],
        },
      },
      ...(params.capabilities.workspace?.textDocumentContent === undefined
        ? {}
        : { textDocumentContent: { schemes: [...contentSchemes] } }),
    },
  };
}
