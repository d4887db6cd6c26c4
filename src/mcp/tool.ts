import type { ToolAnnotations } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import type { ProjectContext } from './project-context.ts';

/** One tool: what a client sees of it, and the work. A result is a JSON object. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly annotations: ToolAnnotations;
  run(input: z.output<Input>, project: ProjectContext, signal: AbortSignal): Promise<Record<string, unknown>>;
}

/** Checks a tool against its own input type and forgets that type, so that tools fit into one table. */
export function defineTool<Input extends z.ZodObject>(tool: Tool<Input>): Tool {
  return { ...tool, run: (input, project, signal) => tool.run(tool.input.parse(input), project, signal) };
}
