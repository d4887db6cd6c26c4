/** What is written: language, length, style, sources of a post. */

import { z } from 'zod';
import { languageProblem } from '../../util/text/language-tag.ts';
import { count } from './shapes.ts';

export const writing = {
  lang: z
    .string()
    .regex(/^(auto|[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/, {
      message: 'auto or a tag such as en, ko or pt-BR',
      abort: true,
    })
    .refine((tag) => tag === 'auto' || languageProblem(tag) === undefined, {
      error: ({ input }) => languageProblem(String(input)) ?? '',
    })
    .default('auto')
    .meta({
      description: "Language of the posts (BCP 47); `auto`: the source's",
      flag: '-l, --lang <tag>',
      env: 'BLOGGER_LANG',
    }),
  languages: z
    .array(
      z.string().refine((tag) => languageProblem(tag) === undefined, {
        error: ({ input }) => languageProblem(String(input)) ?? '',
      }),
    )
    .default([])
    .meta({
      description: 'Languages of entries without their own: one post per language, from one read of the source',
      flag: '--languages <list>',
      env: 'BLOGGER_LANGUAGES',
      separator: ',',
    }),
  length: count(200, 100_000)
    .default(3000)
    .meta({ description: 'Target length of a post in characters', flag: '--length <n>', env: 'BLOGGER_LENGTH' }),
  tone: z
    .string()
    .min(1)
    .max(200)
    .default('clear and factual')
    .meta({ description: 'Tone of the posts', flag: '--tone <text>', env: 'BLOGGER_TONE' }),
  audience: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Target readers of the posts', flag: '--audience <text>', env: 'BLOGGER_AUDIENCE' }),
  keywords: z.array(z.string().min(1)).default([]).meta({
    description: 'Keywords for entries without their own',
    flag: '-k, --keywords <list>',
    env: 'BLOGGER_KEYWORDS',
    separator: ',',
  }),
  categories: z.array(z.string().min(1)).default([]).meta({
    description: 'Blog categories for entries without their own',
    flag: '--categories <list>',
    env: 'BLOGGER_CATEGORIES',
    separator: ',',
  }),
  template: z.string().min(1).default('article').meta({
    description: 'article, news, how-to, listicle, review, or the path of a template file',
    flag: '-t, --template <name>',
    env: 'BLOGGER_TEMPLATE',
  }),
  promptVersion: z.enum(['2', '3']).default('3').meta({
    description: 'Version of the model instructions; changing it makes existing posts due again',
    flag: '--prompt-version <n>',
    env: 'BLOGGER_PROMPT_VERSION',
  }),
  speechLevel: z.enum(['hapnida', 'haeyo', 'handa']).optional().meta({
    description: 'Speech level of Korean posts (합니다체, 해요체, 한다체); default: the model decides',
    flag: '--speech-level <level>',
    env: 'BLOGGER_SPEECH_LEVEL',
  }),
  styleFile: z.string().min(1).optional().meta({
    description: 'Style guide: a text file with rules for every post',
    flag: '--style-file <file>',
    env: 'BLOGGER_STYLE_FILE',
  }),
  minSourceChars: count(0, 100_000).default(400).meta({
    description: 'Skip sources shorter than this many characters (THIN_SOURCE)',
    flag: '--min-source <n>',
    env: 'BLOGGER_MIN_SOURCE',
  }),
  duplicates: z.enum(['merge', 'skip', 'keep']).default('merge').meta({
    description: 'Near-duplicates: merge into one post, keep only the first, or keep all',
    flag: '--duplicates <how>',
    env: 'BLOGGER_DUPLICATES',
  }),
};
