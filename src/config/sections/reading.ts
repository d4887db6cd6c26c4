/** What is read and how: lists, pages, robots and site owners. */

import { z } from 'zod';
import { count, HOUR_MS, milliseconds } from './shapes.ts';

const crawl = z.strictObject({
  maxConcurrent: count(1, 512).default(10).meta({
    description: 'Maximum concurrent pages, all hosts',
    flag: '--crawl-concurrency <n>',
    env: 'BLOGGER_CRAWL_CONCURRENCY',
  }),
  perHost: count(1, 64)
    .default(2)
    .meta({ description: 'Maximum concurrent pages per host', flag: '--per-host <n>', env: 'BLOGGER_PER_HOST' }),
  delayMs: milliseconds(HOUR_MS).default(0).meta({
    description: 'Minimum delay between two requests to one host in milliseconds',
    flag: '--crawl-delay <ms>',
    env: 'BLOGGER_CRAWL_DELAY',
  }),
  maxDelayMs: milliseconds(HOUR_MS).default(30_000).meta({
    description: 'Maximum robots.txt Crawl-delay or Retry-After in milliseconds; longer ones are reduced to this',
    flag: '--max-crawl-delay <ms>',
    env: 'BLOGGER_MAX_CRAWL_DELAY',
  }),
  queueSize: count(1, 100_000).default(100).meta({
    description: 'Pages buffered in memory for the writers',
    flag: '--crawl-queue-size <n>',
    env: 'BLOGGER_CRAWL_QUEUE_SIZE',
  }),
  timeoutMs: count(100, HOUR_MS).default(30_000).meta({
    description: 'Timeout of one page in milliseconds, from connecting to the last byte',
    flag: '--timeout <ms>',
    env: 'BLOGGER_TIMEOUT',
  }),
  attempts: count(1, 20)
    .default(3)
    .meta({ description: 'Attempts per page', flag: '--crawl-attempts <n>', env: 'BLOGGER_CRAWL_ATTEMPTS' }),
  maxBytes: count(1024, 1_073_741_824).default(10_485_760).meta({
    description: 'Maximum page size in bytes, decompressed',
    flag: '--max-bytes <n>',
    env: 'BLOGGER_MAX_BYTES',
  }),
  maxRedirects: count(0, 20).default(5).meta({
    description: 'Maximum redirects per page',
    flag: '--max-redirects <n>',
    env: 'BLOGGER_MAX_REDIRECTS',
  }),
});

const feeds = z.strictObject({
  newest: count(0, 9999).default(5).meta({
    description: 'Items taken from a feed on its first read',
    flag: '--newest <n>',
    env: 'BLOGGER_FEED_NEWEST',
  }),
  perFeed: count(1, 9999).optional().meta({
    description: 'Maximum items taken from one feed per run; the rest are left for later runs',
    flag: '--per-feed <n>',
    env: 'BLOGGER_PER_FEED',
  }),
  maxItems: count(1, 1_000_000).optional().meta({
    description: 'Maximum items taken from all feeds per run; the rest are left for later runs',
    flag: '--max-posts <n>',
    env: 'BLOGGER_MAX_POSTS',
  }),
});

export const reading = {
  urls: z
    .string()
    .min(1)
    .default('urls.txt')
    .meta({ description: 'List to read if none is named', env: 'BLOGGER_URLS' }),
  crawl: crawl.prefault({}),
  feeds: feeds.prefault({}),
  allowPrivate: z.boolean().default(false).meta({
    description: 'Allow crawling of private and loopback addresses and of any port',
    flag: '--allow-private',
    env: 'BLOGGER_ALLOW_PRIVATE',
  }),
  render: z.enum(['never', 'auto', 'always']).default('auto').meta({
    description: 'When to run the scripts of pages: never, only for pages that are empty without them, or always',
    flag: '--render <when>',
    env: 'BLOGGER_RENDER',
  }),
  browser: z.string().min(1).optional().meta({
    description:
      'Chromium that runs the scripts of pages: a path, a channel such as chrome, or the address of a running browser (CDP)',
    flag: '--browser <where>',
    env: 'BLOGGER_BROWSER_URL',
  }),
  robots: z.boolean().default(true).meta({
    description: 'Obey robots.txt',
    flag: '--no-robots',
    flagDescription: 'Ignore robots.txt',
    env: 'BLOGGER_ROBOTS',
  }),
  aiPolicy: z.enum(['respect', 'warn', 'ignore']).default('respect').meta({
    description: 'How to treat AI opt-outs of sites (robots, TDM, meta tags)',
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
      description: 'Contact address for site owners; part of the User-Agent',
      flag: '--contact-url <url>',
      env: 'BLOGGER_CONTACT_URL',
    }),
};
