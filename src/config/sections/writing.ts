/** What is written: language, length, style, sources of a post. */

import { z } from 'zod';
import { count } from './shapes.ts';

export const writing = {
  lang: z
    .string()
    .regex(/^(auto|[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/, 'auto or a tag such as en, ko or pt-BR')
    .default('auto')
    .meta({
      description: "Language of the posts (BCP 47); `auto`: the source's",
      flag: '-l, --lang <tag>',
      env: 'BLOGGER_LANG',
    }),
  length: count(200, 100_000)
    .default(3000)
    .meta({ description: 'Wished length of a post in characters', flag: '--length <n>', env: 'BLOGGER_LENGTH' }),
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
    .meta({ description: 'Who the posts are for', flag: '--audience <text>', env: 'BLOGGER_AUDIENCE' }),
  keywords: z.array(z.string().min(1)).default([]).meta({
    description: 'Keywords of entries that carry none',
    flag: '-k, --keywords <list>',
    env: 'BLOGGER_KEYWORDS',
    separator: ',',
  }),
  categories: z.array(z.string().min(1)).default([]).meta({
    description: 'Categories of the blog that posts go into whose entries name none',
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
    description:
      'Version of the instructions to the model; posts keep the key of the version that they were written with',
    flag: '--prompt-version <n>',
    env: 'BLOGGER_PROMPT_VERSION',
  }),
  speechLevel: z.enum(['hapnida', 'haeyo', 'handa']).optional().meta({
    description: 'Speech level of Korean posts (합니다체, 해요체, 한다체); default: left to the model',
    flag: '--speech-level <level>',
    env: 'BLOGGER_SPEECH_LEVEL',
  }),
  styleFile: z.string().min(1).optional().meta({
    description: 'House style: a text file whose rules every post follows',
    flag: '--style-file <file>',
    env: 'BLOGGER_STYLE_FILE',
  }),
  minSourceChars: count(0, 100_000).default(400).meta({
    description: 'A source with less text than this gives no post (THIN_SOURCE)',
    flag: '--min-source <n>',
    env: 'BLOGGER_MIN_SOURCE',
  }),
  duplicates: z.enum(['merge', 'skip', 'keep']).default('merge').meta({
    description: 'Near-copies of a text: one post naming all, only the first, or a post each',
    flag: '--duplicates <how>',
    env: 'BLOGGER_DUPLICATES',
  }),
};
