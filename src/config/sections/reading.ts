/** What is read and how: lists, pages, robots and site owners. */

import { z } from 'zod';
import { count, HOUR_MS, milliseconds } from './shapes.ts';

const crawl = z.strictObject({
  maxConcurrent: count(1, 512).default(10).meta({
    description: 'Pages in flight at once, all hosts',
    flag: '--crawl-concurrency <n>',
    env: 'BLOGGER_CRAWL_CONCURRENCY',
  }),
  perHost: count(1, 64)
    .default(2)
    .meta({ description: 'Pages in flight at once, one host', flag: '--per-host <n>', env: 'BLOGGER_PER_HOST' }),
  delayMs: milliseconds(HOUR_MS).default(0).meta({
    description: 'Least gap between two requests to one host',
    flag: '--crawl-delay <ms>',
    env: 'BLOGGER_CRAWL_DELAY',
  }),
  maxDelayMs: milliseconds(HOUR_MS).default(30_000).meta({
    description: 'Longest robots.txt Crawl-delay or Retry-After that is obeyed in full; longer ones are cut to this',
    flag: '--max-crawl-delay <ms>',
    env: 'BLOGGER_MAX_CRAWL_DELAY',
  }),
  queueSize: count(1, 100_000).default(100).meta({
    description: 'Pages held in memory ahead of the writers',
    flag: '--crawl-queue-size <n>',
    env: 'BLOGGER_CRAWL_QUEUE_SIZE',
  }),
  timeoutMs: count(100, HOUR_MS).default(30_000).meta({
    description: 'Time for one page, connection to last byte',
    flag: '--timeout <ms>',
    env: 'BLOGGER_TIMEOUT',
  }),
  attempts: count(1, 20)
    .default(3)
    .meta({ description: 'Tries for one page', flag: '--crawl-attempts <n>', env: 'BLOGGER_CRAWL_ATTEMPTS' }),
  maxBytes: count(1024, 1_073_741_824)
    .default(10_485_760)
    .meta({ description: 'Largest page, unzipped', flag: '--max-bytes <n>', env: 'BLOGGER_MAX_BYTES' }),
  maxRedirects: count(0, 20).default(5).meta({
    description: 'Redirects followed for one page',
    flag: '--max-redirects <n>',
    env: 'BLOGGER_MAX_REDIRECTS',
  }),
});

const feeds = z.strictObject({
  newest: count(0, 9999).default(5).meta({
    description: 'Items taken from a feed that is read for the first time',
    flag: '--newest <n>',
    env: 'BLOGGER_FEED_NEWEST',
  }),
  perFeed: count(1, 9999).optional().meta({
    description: 'Most items taken from one feed in a run; the others wait for the next one',
    flag: '--per-feed <n>',
    env: 'BLOGGER_PER_FEED',
  }),
  maxItems: count(1, 1_000_000).optional().meta({
    description: 'Most items taken from all feeds in a run; the others wait for the next one',
    flag: '--max-posts <n>',
    env: 'BLOGGER_MAX_POSTS',
  }),
});

export const reading = {
  urls: z
    .string()
    .min(1)
    .default('urls.txt')
    .meta({ description: 'The list that is read when none is named', env: 'BLOGGER_URLS' }),
  crawl: crawl.prefault({}),
  feeds: feeds.prefault({}),
  allowPrivate: z.boolean().default(false).meta({
    description: 'Private and loopback addresses, and any port, may be crawled',
    flag: '--allow-private',
    env: 'BLOGGER_ALLOW_PRIVATE',
  }),
  render: z.enum(['never', 'auto', 'always']).default('auto').meta({
    description: 'Pages drawn by scripts: never run them, where a page is empty without them, or for every page',
    flag: '--render <when>',
    env: 'BLOGGER_RENDER',
  }),
  browser: z.string().min(1).optional().meta({
    description: 'Chromium for such pages: a path, a channel such as chrome, or the address of a running one (CDP)',
    flag: '--browser <where>',
    env: 'BLOGGER_BROWSER_URL',
  }),
  robots: z
    .boolean()
    .default(true)
    .meta({ description: 'robots.txt is obeyed', flag: '--no-robots', env: 'BLOGGER_ROBOTS' }),
  aiPolicy: z.enum(['respect', 'warn', 'ignore']).default('respect').meta({
    description: 'What site owners say about AI use of their text',
    flag: '--ai-policy <how>',
    env: 'BLOGGER_AI_POLICY',
  }),
  userAgent: z.string().min(1).max(200).default('blogger').meta({
    description: 'Product token in the User-Agent and in robots.txt',
    flag: '--user-agent <token>',
    env: 'BLOGGER_USER_AGENT',
  }),
  contactUrl: z
    .string()
    .regex(/^(https?:\/\/|mailto:)/, 'an address that begins with https://, http:// or mailto:')
    .optional()
    .meta({
      description: 'Where site owners reach you; goes into the User-Agent',
      flag: '--contact-url <url>',
      env: 'BLOGGER_CONTACT_URL',
    }),
};
