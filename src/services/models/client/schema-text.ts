import type { Prompt } from '../../../core/ports.ts';

/** The schema in words, for servers that do not take one as a parameter. It says "JSON", which some want to read before they answer in it. */
export function schemaText({ schema }: Pick<Prompt, 'schema'>): string {
  return `Answer with one JSON object and nothing else: no words around it, no code fence. It follows this JSON Schema:\n${JSON.stringify(schema)}`;
}
