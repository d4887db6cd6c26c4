/** The Model Context Protocol server: blogger's commands as tools for other programs. */

import { McpServer } from '@modelcontextprotocol/server';
import { BloggerError } from '../core/errors.ts';
import { VERSION } from '../util/version.ts';
import type { ProjectContext } from './project-context.ts';
import { addResources } from './resources.ts';
import type { Tool } from './tool.ts';
import { TOOLS } from './tools/tools.ts';

/** Creates a server for one connection. Clients can read pages, plan, write under a cap, and record reviews; they never see keys or settings. */
export function createServer(project: ProjectContext): McpServer {
  const server = new McpServer({ name: 'blogger', version: VERSION });
  for (const [name, tool] of Object.entries(TOOLS)) addTool(server, name, tool, project);
  addResources(server, project);
  return server;
}

function addTool(server: McpServer, name: string, tool: Tool, project: ProjectContext): void {
  const { title, description, input: inputSchema, annotations } = tool;
  server.registerTool(name, { title, description, inputSchema, annotations }, async (input, { mcpReq }) => {
    try {
      const result = await tool.run(input, project, mcpReq.signal);
      return { content: [{ type: 'text', text: JSON.stringify(result) }], structuredContent: result };
    } catch (error) {
      if (!BloggerError.is(error)) throw error;
      const hint = error.hint === undefined ? '' : `\n${error.hint}`;
      return { isError: true, content: [{ type: 'text', text: `${error.code}: ${error.message}${hint}` }] };
    }
  });
}
