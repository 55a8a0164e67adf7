/** What a tool for assistants is: a name, what it does in words made for a language model, and what it takes. */

/** The part of JSON Schema that the tools use. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
}

export interface PropertySchema {
  readonly type: 'string' | 'number' | 'object';
  readonly description: string;
  readonly enum?: readonly string[];
  readonly additionalProperties?: { readonly type: 'string' };
}

export interface ToolInfo {
  readonly name: string;
  readonly title: string;
  /** For the model: when to use it, what comes back. */
  readonly description: string;
  readonly input: InputSchema;
  /** Starts processes and writes files: the person is asked first. */
  readonly starts: boolean;
}

/** What a tool answers: a value to be sent as JSON, or a sentence with what was wrong and what to do. */
export type ToolAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };
