/**
 * `modelwright mcp`: the tools as a server of the Model Context Protocol on standard input and output, for assistants in any
 * program. Nothing listens on a port; it ends with its input.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import {
  answerTool,
  noSuchTool,
  readInput,
  TOOLS,
  type ToolAnswer,
  type ToolInput,
  type ToolName,
} from '../../assist/index.ts';
import { isRecord, parseJson } from '../../protocol/index.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';
import { createDesk, readBeside } from './desk.ts';
import { whyNotAllowed } from './limits.ts';
import { listTool, readTool } from './run-tools.ts';
import { type AskPerson, evaluateTool, trainTool } from './start-tools.ts';

const INSTRUCTIONS =
  'Modelwright designs and trains neural networks from .model programs. Write or change a program, check it with modelwright_check and apply the returned edits until there are no errors; never guess shapes, ask modelwright_summary. Look entries up with modelwright_entry before using them. Train with modelwright_train only when the person wants it.';

/** Serves until the input ends. */
export async function serveAssistants(world: World): Promise<ExitCode> {
  const server = new Server(
    { name: 'modelwright', version: versionOf(world) },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  const answer = answerer(world, askBy(server));
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS.map(described) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const given = await answer(params.name, params.arguments, signal);
    return given.ok
      ? { content: [{ type: 'text', text: JSON.stringify(given.value) }] }
      : { content: [{ type: 'text', text: given.message }], isError: true };
  });
  const closed = new Promise<void>((done) => {
    server.onclose = done;
    process.stdin.once('end', done);
  });
  await server.connect(new StdioServerTransport());
  await closed;
  await server.close();
  return exitCodes.done;
}

function versionOf(world: World): string {
  const manifest = parseJson(readBeside(world, 'package.json') ?? '');
  return isRecord(manifest) ? String(manifest.version) : 'unknown';
}

function described(tool: (typeof TOOLS)[number]) {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: tool.input,
    annotations: { title: tool.title, readOnlyHint: !tool.starts, destructiveHint: false, openWorldHint: false },
  };
}

function answerer(
  world: World,
  ask: AskPerson,
): (name: string, input: unknown, signal: AbortSignal) => Promise<ToolAnswer> {
  return async (name, input, signal) => {
    const tool = TOOLS.find((each) => each.name === name);
    if (tool === undefined) return noSuchTool(name);
    const read = readInput(tool, input);
    if (!read.ok) return read;
    const refused = whyNotAllowed(world, read.value);
    return refused === undefined ? byName(tool.name, read.value, signal) : { ok: false, message: refused };
  };

  function byName(name: ToolName, input: ToolInput, signal: AbortSignal): ToolAnswer | Promise<ToolAnswer> {
    switch (name) {
      case 'modelwright_runs':
        return listTool(world, input);
      case 'modelwright_run':
        return readTool(world, input);
      case 'modelwright_train':
        return trainTool(world, input, ask, signal);
      case 'modelwright_evaluate':
        return evaluateTool(world, input, signal);
      default:
        // Anew each time: what lies on the disk may have changed.
        return answerTool(name, input, createDesk(world));
    }
  }
}

/** Asks through the assistant's program, where it can show a question. */
function askBy(server: Server): AskPerson {
  return (message) => {
    if (server.getClientCapabilities()?.elicitation === undefined) return undefined;
    const requestedSchema = {
      type: 'object' as const,
      properties: { agree: { type: 'boolean' as const, title: 'Start it', default: true } },
      required: ['agree'],
    };
    return server
      .elicitInput({ message, requestedSchema })
      .then(({ action, content }) => action === 'accept' && content?.agree !== false);
  };
}
