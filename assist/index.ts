/** The façade of what assistants use: the tools, and the answers of those about programs. */
export { answerTool } from './answer.ts';
export { type Desk, type Program, unreadable } from './desk.ts';
export { numberOf, type ReadInput, readInput, type ToolInput, textOf, textsOf, whyNoProgram } from './input.ts';
export { positionAt, rangeBetween, type TextPosition, type TextRange } from './place.ts';
export { type ProblemFacts, problemFacts } from './problem.ts';
export type { InputSchema, PropertySchema, ToolAnswer, ToolInfo } from './tool.ts';
export { noSuchTool, type ProgramTool, programTool, TOOLS, type ToolName } from './tools.ts';
