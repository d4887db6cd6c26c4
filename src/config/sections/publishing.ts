/** Where posts go and in which form. */

import { z } from 'zod';
import { WEB_ADDRESS } from './shapes.ts';

export const publishing = {
  out: z
    .string()
    .min(1)
    .default('posts')
    .meta({ description: 'Folder of the posts', flag: '-o, --out <folder>', env: 'BLOGGER_OUT' }),
  format: z
    .enum(['md', 'html', 'json'])
    .default('md')
    .meta({ description: 'Form of the posts', flag: '-f, --format <form>', env: 'BLOGGER_FORMAT' }),
  frontMatter: z.enum(['generic', 'hugo', 'jekyll', 'astro', 'eleventy', 'none']).default('generic').meta({
    description: 'Front matter and file layout of the posts',
    flag: '--front-matter <preset>',
    env: 'BLOGGER_FRONT_MATTER',
  }),
  slug: z
    .enum(['unicode', 'ascii'])
    .default('unicode')
    .meta({ description: 'File names keep their script or are romanised', flag: '--slug <form>', env: 'BLOGGER_SLUG' }),
  site: z.string().min(1).optional().meta({
    description: 'Folder of existing posts: links go to them and repeats of them are noticed',
    flag: '--site <folder>',
    env: 'BLOGGER_SITE',
  }),
  siteUrl: z
    .string()
    .regex(...WEB_ADDRESS)
    .optional()
    .meta({
      description: 'Public address of the blog, for canonical links and the feed',
      flag: '--site-url <url>',
      env: 'BLOGGER_SITE_URL',
    }),
  internalLinks: z.enum(['related', 'inline', 'off']).default('related').meta({
    description: 'Links to related posts that exist: a list below each post, or words within it',
    flag: '--internal-links <how>',
    env: 'BLOGGER_INTERNAL_LINKS',
  }),
  reviewPages: z.boolean().default(true).meta({
    description: 'With format html: a page beside each post, in review/, that shows it next to its sources',
    flag: '--no-review-pages',
    env: 'BLOGGER_REVIEW_PAGES',
  }),
};
