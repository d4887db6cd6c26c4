import { z } from 'zod';
import type { JsonSchema } from '../../core/ports.ts';

export const POST_SCHEMA_NAME = 'post';

/** The answer's shape as both vendors' strict modes take it: every member required, nothing else allowed. */
export const POST_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'description', 'slug', 'tags', 'body'],
  properties: {
    title: { type: 'string', description: 'Title, at most 60 characters' },
    description: { type: 'string', description: 'One or two sentences, 70 to 155 characters' },
    slug: { type: 'string', description: 'Lower case words joined by hyphens' },
    tags: { type: 'array', items: { type: 'string' }, description: 'Three to six tags' },
    body: { type: 'string', description: 'Markdown, headings from level 2' },
  },
};

const line = (max: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1).max(max));

/** What is accepted of an answer; servers without a strict mode may leave members out that can be made up for. */
export const postAnswer = z.object({
  title: line(300),
  description: z
    .string()
    .default('')
    .transform((text) => text.replace(/\s+/g, ' ').trim().slice(0, 500)),
  slug: z
    .string()
    .default('')
    .transform((text) => text.trim().slice(0, 200)),
  tags: z
    .array(z.string())
    .default([])
    .transform((tags) =>
      [
        ...new Set(tags.map((tag) => tag.replace(/\s+/g, ' ').trim()).filter((tag) => tag !== '' && tag.length <= 60)),
      ].slice(0, 10),
    ),
  body: z
    .string()
    .refine((text) => text.trim().length >= 40, 'the body has less than 40 characters')
    .refine((text) => text.length <= 400_000, 'the body has more than 400,000 characters'),
});
