/** `modelwright/assist`: a tool for assistants that needs nothing but programs, answered by the server (open buffers win over files). */
export const ASSIST_REQUEST = 'modelwright/assist';

export interface AssistParams {
  /** `modelwright_check` …; an unknown one is refused in words. */
  readonly tool: string;
  readonly input: unknown;
  /** Folder that an assistant's relative paths begin at. */
  readonly folder: string;
}

/** A value to be sent as JSON, or a sentence with what was wrong and what to do. */
export type AssistResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };
