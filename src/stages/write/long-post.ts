/** Posts longer than one answer: the outline first, then section by section, each knowing what was said before it. */

import { z } from 'zod';
import { BloggerError } from '../../core/errors.ts';
import type { JsonSchema, ModelReply, Prompt } from '../../core/ports.ts';
import type { Brief, DraftGap, PostContent } from '../../core/types.ts';
import { parseReply } from './answer/parse-reply.ts';
import { readAnswer } from './answer/read-answer.ts';
import { headAnswer } from './prompt/post-schema.ts';

/** Above this target length a single answer becomes thin or is truncated. */
export const LONG_POST_CHARS = 12_000;
const SECTION_CHARS = 2500;
/** Characters at the end of the text so far that the next section gets. */
const REMEMBERED_CHARS = 3000;
/** Maximum that an outline adds to the prompt of each section. */
const PLAN_TOKENS_PER_SECTION = 300;

export interface AskedReply {
  readonly reply: ModelReply;
  readonly reused: boolean;
}

export type PartName = 'outline' | `section-${number}`;

/** Requests a part once, by its name, and parses the answer; throws when it cannot be parsed. */
export type AskPart = <T>(
  part: PartName,
  prompt: Prompt,
  read: (reply: ModelReply) => T,
) => Promise<{ readonly replies: readonly AskedReply[]; readonly answer: T }>;

export interface LongPost {
  readonly content: PostContent;
  readonly replies: readonly AskedReply[];
  /** Why sections are missing, if any are. */
  readonly gap?: DraftGap;
}

export interface LongPostOptions {
  /** All sections are requested in parallel from the plan alone: in a vendor batch each wave takes hours. */
  readonly atOnce: boolean;
  /** True for errors that end the post although other parts of it are there. */
  readonly isFinal: (error: unknown) => boolean;
  /** Description of an error for the reader of a draft. */
  readonly gapOf: (error: unknown) => DraftGap;
}

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
type Outline = z.infer<typeof outlineAnswer>;

const requestedSections = ({ length }: Brief) => Math.max(3, Math.round(length / SECTION_CHARS));
/** An outline may plan a few more sections than it was told to; their cost is held with the post. */
const mostSections = (brief: Brief) => Math.ceil(requestedSections(brief) * 1.5);

/** Writes the outline and then its sections. A failed section leaves a gap, so that paid sections are kept. */
export async function writeLongPost(
  brief: Brief,
  prompt: Prompt,
  ask: AskPart,
  options: LongPostOptions,
): Promise<LongPost> {
  const outlined = await ask('outline', outlinePrompt(brief, prompt), read(outlineAnswer));
  const sections = outlined.answer.sections.slice(0, mostSections(brief));
  const outline = { ...outlined.answer, sections };
  const asked: (Awaited<ReturnType<typeof askSection>> | undefined)[] = [];
  let gap: DraftGap | undefined;

  async function askSection(index: number) {
    const before = options.atOnce ? [] : asked.flatMap((section) => section?.answer.text ?? []);
    const section = sectionPrompt(prompt, outline, index, before);
    return ask(`section-${index + 1}`, section, read(sectionAnswer));
  }
  async function write(index: number): Promise<void> {
    try {
      asked[index] = await askSection(index);
    } catch (error) {
      if (options.isFinal(error)) throw error;
      gap ??= options.gapOf(error);
    }
  }

  const indexes = sections.keys();
  if (options.atOnce) await allOf([...indexes].map(write));
  else for (const index of indexes) if (gap === undefined) await write(index);

  const parts = sections.flatMap(({ heading }, index) => {
    const text = asked[index]?.answer.text;
    return text === undefined ? [] : [`## ${heading.trim()}\n\n${text.replace(/^#{1,2}[ \t].*\n/, '').trim()}`];
  });
  if (parts.length === 0 && gap !== undefined)
    throw new BloggerError(gap.message, { code: gap.code, hint: 'Run the same command again; the outline is kept.' });
  return {
    content: assemble(outline, parts, outlined.replies),
    replies: [...outlined.replies, ...asked.flatMap((section) => section?.replies ?? [])],
    ...(gap === undefined ? {} : { gap }),
  };
}

/** Waits for all before throwing the first error: later answers would be paid for and never read. */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** The calls that a long post may need, each with the tokens that earlier answers can add to its prompt. */
export function longPostParts(
  brief: Brief,
  prompt: Prompt,
): readonly { readonly part: PartName; readonly prompt: Prompt; readonly moreInputTokens: number }[] {
  const count = mostSections(brief);
  const outline: Outline = {
    title: '',
    description: '',
    slug: '',
    tags: [],
    sections: Array.from({ length: requestedSections(brief) }, () => ({ heading: '', points: '' })),
  };
  const moreInputTokens = count * PLAN_TOKENS_PER_SECTION + REMEMBERED_CHARS;
  return [
    { part: 'outline', prompt: outlinePrompt(brief, prompt), moreInputTokens: 0 },
    ...Array.from({ length: count }, (_, index) => ({
      part: `section-${index + 1}` as const,
      prompt: sectionPrompt(prompt, outline, index, []),
      moreInputTokens,
    })),
  ];
}

function outlinePrompt(brief: Brief, prompt: Prompt): Prompt {
  const count = requestedSections(brief);
  return {
    ...prompt,
    schemaName: 'outline',
    schema: OUTLINE_SCHEMA,
    maxOutputTokens: 2000 + count * 150,
    user: `${prompt.user}\n\nDo not write the post yet. Plan it: about ${count} sections that say different things, in a sensible order.`,
  };
}

function sectionPrompt(prompt: Prompt, { sections }: Outline, index: number, before: readonly string[]): Prompt {
  const plan = sections.map(({ heading, points }, place) => `${place + 1}. ${heading}: ${points}`).join('\n');
  const written =
    before.length === 0
      ? ''
      : `\n\nThe end of what is written so far:\n${before.join('\n\n').slice(-REMEMBERED_CHARS)}`;
  return {
    ...prompt,
    schemaName: 'section',
    schema: SECTION_SCHEMA,
    maxOutputTokens: Math.ceil(prompt.maxOutputTokens / sections.length) + 800,
    user: `${prompt.user}\n\nThe post's plan:\n${plan}${written}\n\nWrite section ${index + 1}, "${sections[index]?.heading ?? ''}", about ${SECTION_CHARS} characters. Repeat nothing that another section says.`,
  };
}

/** The assembled post passes the same checks as a single answer. */
function assemble(outline: Outline, parts: readonly string[], replies: readonly AskedReply[]): PostContent {
  const { sections: _sections, ...head } = outline;
  const [first] = replies as readonly [AskedReply, ...AskedReply[]]; // the outline is always there
  const text = JSON.stringify({ ...head, body: parts.join('\n\n') });
  return parseReply({ ...first.reply, finishReason: 'stop', text });
}

function read<T>(schema: z.ZodType<T>): (reply: ModelReply) => T {
  return (reply) => readAnswer(reply, { schema, what: 'a part of a long post' });
}
