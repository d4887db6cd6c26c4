/** Posts longer than one answer: the outline first, then section by section, each knowing what was said before it. */

import { z } from 'zod';
import type { JsonSchema, ModelReply, Prompt } from '../../core/ports.ts';
import type { Brief, PostContent } from '../../core/types.ts';
import { parseReply } from './parse-reply.ts';
import { headAnswer } from './post-schema.ts';
import { readAnswer } from './read-answer.ts';

/** From this many characters on one answer gets thin or is cut off. */
export const LONG_POST_CHARS = 12_000;
const SECTION_CHARS = 2500;
/** Of what was written so far, the next section sees the end. */
const REMEMBERED_CHARS = 3000;

export interface AskedReply {
  readonly reply: ModelReply;
  readonly reused: boolean;
}

/** Pays for a part once, by its name, and reads its answer; what it cannot read throws. */
export type AskPart = <T>(
  part: string,
  prompt: Prompt,
  read: (reply: ModelReply) => T,
) => Promise<AskedReply & { readonly answer: T }>;

const OUTLINE_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'description', 'slug', 'tags', 'sections'],
  properties: {
    title: { type: 'string', description: 'Title, at most 60 characters' },
    description: { type: 'string', description: 'One or two sentences, 70 to 155 characters' },
    slug: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
    sections: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['heading', 'points'],
        properties: {
          heading: { type: 'string' },
          points: { type: 'string', description: 'What the section says, from the sources' },
        },
      },
    },
  },
};
const SECTION_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['text'],
  properties: {
    text: {
      type: 'string',
      description: 'Markdown of this section alone, without its heading; subheadings from level 3',
    },
  },
};

const outlineAnswer = z.object({
  ...headAnswer,
  sections: z
    .array(
      z.object({
        heading: z.string().min(1),
        points: z
          .string()
          .nullish()
          .transform((text) => text ?? ''),
      }),
    )
    .min(1)
    .max(40),
});
const sectionAnswer = z.object({ text: z.string().min(1) });

/** Writes the outline and then its sections. */
export async function writeLongPost(
  brief: Brief,
  prompt: Prompt,
  ask: AskPart,
): Promise<{ readonly content: PostContent; readonly replies: readonly AskedReply[] }> {
  const count = Math.max(3, Math.round(brief.length / SECTION_CHARS));
  const outlinePrompt = {
    ...prompt,
    schemaName: 'outline',
    schema: OUTLINE_SCHEMA,
    maxOutputTokens: 2000 + count * 150,
    user: `${prompt.user}\n\nDo not write the post yet. Plan it: about ${count} sections that say different things, in a sensible order.`,
  };
  const outlined = await ask('outline', outlinePrompt, read(outlineAnswer));
  const outline = outlined.answer;
  const plan = outline.sections.map(({ heading, points }, index) => `${index + 1}. ${heading}: ${points}`).join('\n');
  const replies: AskedReply[] = [outlined];
  const parts: string[] = [];
  for (const [index, { heading }] of outline.sections.entries()) {
    const sectionPrompt = {
      ...prompt,
      schemaName: 'section',
      schema: SECTION_SCHEMA,
      maxOutputTokens: Math.ceil(prompt.maxOutputTokens / outline.sections.length) + 800,
      user: `${prompt.user}\n\nThe post's plan:\n${plan}\n\nThe end of what is written so far:\n${parts.join('\n\n').slice(-REMEMBERED_CHARS)}\n\nWrite section ${index + 1}, "${heading}", about ${SECTION_CHARS} characters. Repeat nothing that was said.`,
    };
    const section = await ask(`section-${index + 1}`, sectionPrompt, read(sectionAnswer));
    replies.push(section);
    parts.push(`## ${heading.trim()}\n\n${section.answer.text.replace(/^#{1,2}\s+.*\n+/, '').trim()}`);
  }
  const { sections: _sections, ...head } = outline;
  // The whole passes the same door as a post of one answer.
  const content = parseReply({
    ...outlined.reply,
    finishReason: 'stop',
    text: JSON.stringify({ ...head, body: parts.join('\n\n') }),
  });
  return { content, replies };
}

function read<T>(schema: z.ZodType<T>): (reply: ModelReply) => T {
  return (reply) => readAnswer(reply, { schema, what: 'a part of a long post' });
}
