import { z } from 'zod';
import type { JsonSchema } from '../../../core/ports.ts';
import { trimTail } from '../../../util/text/trim-edges.ts';
import { withoutEntities } from './plain-text.ts';

export const POST_SCHEMA_NAME = 'post';

/** The answer's shape as the vendors' strict modes accept it: every member required, nothing else allowed. */
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

const oneLine = (text: string) => withoutEntities(text).replace(/\s+/g, ' ').trim();

/** A text that a server without a strict mode may leave out or give as null. */
const optionalText = (max: number) =>
  z
    .string()
    .nullish()
    .transform((text) => oneLine(text ?? '').slice(0, max));

/** A list of texts, also as one text with separators or as objects with a name. */
const texts = z
  .unknown()
  .optional()
  .transform((value) => {
    const list =
      typeof value === 'string' ? withoutEntities(value).split(/[,;|\n、，；]/) : Array.isArray(value) ? value : [];
    const names = list.map((item: unknown) => (typeof item === 'string' ? item : firstText(item)));
    const clean = names
      .map((name) => oneLine(name).replace(/^[#\-*\s]+/, ''))
      .filter((name) => name !== '' && name.length <= 60);
    return [...new Set(clean)].slice(0, 10);
  });

function firstText(item: unknown): string {
  if (typeof item !== 'object' || item === null) return '';
  return Object.values(item).find((value): value is string => typeof value === 'string') ?? '';
}

const bodyText = z
  .union([z.string(), z.array(z.string()).transform((paragraphs) => paragraphs.join('\n\n'))])
  .refine((text) => text.trim().length >= 40, 'the body has less than 40 characters')
  .refine((text) => text.length <= 400_000, 'the body has more than 400,000 characters');

/** Accepted metadata of a post; servers without a strict mode may omit members that can be derived. */
export const headAnswer = {
  title: z.string().transform(oneLine).pipe(z.string().min(1).max(300)),
  description: optionalText(500),
  slug: optionalText(200),
  tags: texts,
};

/** Accepted form of an answer. */
export const postAnswer = z.preprocess(knownMembers, z.object({ ...headAnswer, body: bodyText }));

const MEMBERS = Object.keys(POST_SCHEMA['properties'] as object);

/**
 * Members under the names of the schema: names in another case are these names, a body under another name is the longest text that is left,
 * and a title that is missing is the heading that the body begins with.
 */
function knownMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const known: Record<string, unknown> = {};
  const others: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    const plain = name.toLowerCase().replace(/[^a-z]/g, '');
    if (MEMBERS.includes(plain)) known[plain] ??= member;
    else if (typeof member === 'string') others.push(member);
  }
  const [longest] = others.sort((a, b) => b.length - a.length);
  if (known['body'] === undefined && longest !== undefined && longest.length >= SHORTEST_BODY) known['body'] = longest;
  if (isEmpty(known['title']) && typeof known['body'] === 'string') known['title'] = headingOf(known['body']);
  return known;
}

/** A text under an unknown name counts as the body only when it is unambiguous. */
const SHORTEST_BODY = 200;

function isEmpty(text: unknown): boolean {
  return text === undefined || text === null;
}

/** The heading of level 1 that a text begins with. */
function headingOf(text: string): string | undefined {
  const [line = ''] = text.trimStart().split('\n', 1);
  const title = /^#\s/.test(line) ? trimTail(line.slice(1), /[\s#]/).trimStart() : '';
  return title === '' ? undefined : title;
}

/** A post written as Markdown where JSON was asked for: its heading of level 1 is the title. */
export function markdownPost(text: string): unknown {
  const plain = text.trim().replace(/^```(?:markdown|md)?[ \t\r]*\n([\s\S]*)\n```$/i, '$1');
  const title = headingOf(plain);
  return title === undefined ? undefined : { title, body: plain };
}
