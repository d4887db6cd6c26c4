/** Targets besides the output folder: their addresses and publication times. */

import { z } from 'zod';
import { count, WEB_ADDRESS } from './shapes.ts';

const address = (description: string, flag: string, env: string) =>
  z
    .string()
    .regex(...WEB_ADDRESS)
    .optional()
    .meta({ description, flag, env });

const word = (description: string, flag: string, env: string) =>
  z.string().min(1).optional().meta({ description, flag, env });

export const targets = {
  publish: z
    .array(z.enum(['wordpress', 'ghost', 'webhook', 'git']))
    .default([])
    .meta({
      description: 'Where posts are published besides the output folder',
      flag: '--publish <targets>',
      env: 'BLOGGER_PUBLISH',
    }),
  publishAs: z.enum(['draft', 'publish', 'schedule']).optional().meta({
    description:
      'Status of a new post: draft, published at once, or scheduled; default: draft, or schedule if publishAt, perDay or between is set',
    flag: '--publish-as <how>',
    env: 'BLOGGER_PUBLISH_AS',
  }),
  publishAt: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?$/, 'a time such as 2026-12-01T09:00')
    .optional()
    .meta({
      description: 'Publication time of the first post, in the time zone of the site: 2026-12-01 or 2026-12-01T09:00',
      flag: '--publish-at <time>',
      env: 'BLOGGER_PUBLISH_AT',
    }),
  perDay: count(1, 1000).optional().meta({
    description: 'Maximum posts published per day, including those of earlier runs',
    flag: '--per-day <n>',
    env: 'BLOGGER_PER_DAY',
  }),
  between: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'two times such as 08:00-20:00')
    .optional()
    .meta({
      description: 'Hours of the day in which posts are published, in the time zone of the site',
      flag: '--between <hours>',
      env: 'BLOGGER_BETWEEN',
    }),
  wordpressUrl: address(
    'Address of the WordPress site; its user and application password come from WORDPRESS_USER and WORDPRESS_APP_PASSWORD',
    '--wordpress-url <url>',
    'BLOGGER_WORDPRESS_URL',
  ),
  wordpressMarkup: z.enum(['blocks', 'classic']).default('blocks').meta({
    description: 'Markup of posts in WordPress: blocks for its block editor, or plain HTML for the classic one',
    flag: '--wordpress-markup <markup>',
    env: 'BLOGGER_WORDPRESS_MARKUP',
  }),
  ghostUrl: address(
    'Address of the Ghost site; its key comes from GHOST_ADMIN_API_KEY',
    '--ghost-url <url>',
    'BLOGGER_GHOST_URL',
  ),
  webhookUrl: address(
    'Address that receives each post as a signed Standard Webhooks message; the key comes from WEBHOOK_SECRET',
    '--webhook-url <url>',
    'BLOGGER_WEBHOOK_URL',
  ),
  gitUrl: word(
    'Address or path of the repository that gets a branch of posts; GIT_TOKEN pushes over https and opens the request',
    '--git-url <url>',
    'BLOGGER_GIT_URL',
  ),
  gitBranch: word(
    'Base branch of the posts; default: the default branch of the repository',
    '--git-branch <branch>',
    'BLOGGER_GIT_BRANCH',
  ),
  gitFolder: word(
    'Folder of the posts in the repository; default: the path of the output folder',
    '--git-folder <folder>',
    'BLOGGER_GIT_FOLDER',
  ),
  gitForge: z.enum(['auto', 'github', 'gitlab', 'forgejo', 'none']).default('auto').meta({
    description: 'Forge where the pull or merge request is opened; auto: derived from the address of the repository',
    flag: '--git-forge <forge>',
    env: 'BLOGGER_GIT_FORGE',
  }),
  gitApi: address(
    'Address of the forge API; default: derived from the address of the repository',
    '--git-api <url>',
    'BLOGGER_GIT_API',
  ),
  gitProject: word(
    'Project at the forge, as owner/name; default: derived from the address of the repository',
    '--git-project <name>',
    'BLOGGER_GIT_PROJECT',
  ),
};
