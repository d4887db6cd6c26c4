/** The targets beyond the output folder, a row each. */

import { BloggerError } from '../core/errors.ts';
import type { Clock, Random } from '../core/ports.ts';
import type { Outlet, Target } from '../core/publishing.ts';

export const TARGET_NAMES = ['wordpress', 'ghost', 'webhook', 'git'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

export interface TargetSettings {
  readonly wordpressUrl?: string | undefined;
  readonly wordpressMarkup: 'blocks' | 'classic';
  readonly ghostUrl?: string | undefined;
  readonly webhookUrl?: string | undefined;
  readonly gitUrl?: string | undefined;
  readonly gitBranch?: string | undefined;
  readonly gitFolder?: string | undefined;
  readonly gitForge: 'auto' | 'github' | 'gitlab' | 'forgejo' | 'none';
  readonly gitApi?: string | undefined;
  readonly gitProject?: string | undefined;
}

export interface OpenTargetOptions {
  readonly settings: TargetSettings;
  readonly secrets: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the state folder. */
  readonly state: string;
  /** The output folder as seen from the project. */
  readonly out: string;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly random: Random;
}

const OPENERS = {
  async wordpress({ settings, secrets, clock }) {
    const { createWordPress } = await import('./wordpress/wordpress.ts');
    return createWordPress({
      url: needed(settings.wordpressUrl, 'wordpress', 'the setting wordpressUrl (--wordpress-url)'),
      user: needed(secrets['WORDPRESS_USER'], 'wordpress', 'the variable WORDPRESS_USER'),
      password: needed(secrets['WORDPRESS_APP_PASSWORD'], 'wordpress', 'the variable WORDPRESS_APP_PASSWORD'),
      markup: settings.wordpressMarkup,
      clock,
    });
  },
  async ghost({ settings, secrets, clock }) {
    const { createGhost } = await import('./ghost/ghost.ts');
    return createGhost({
      url: needed(settings.ghostUrl, 'ghost', 'the setting ghostUrl (--ghost-url)'),
      adminKey: needed(secrets['GHOST_ADMIN_API_KEY'], 'ghost', 'the variable GHOST_ADMIN_API_KEY'),
      clock,
    });
  },
  async webhook({ settings, secrets, clock, random }) {
    const { createWebhook } = await import('./webhook/webhook.ts');
    return createWebhook({
      url: needed(settings.webhookUrl, 'webhook', 'the setting webhookUrl (--webhook-url)'),
      secret: needed(secrets['WEBHOOK_SECRET'], 'webhook', 'the variable WEBHOOK_SECRET'),
      clock,
      random,
    });
  },
  async git(options) {
    const { openGitOutlet } = await import('./git/open-git.ts');
    const url = needed(options.settings.gitUrl, 'git', 'the setting gitUrl (--git-url)');
    return openGitOutlet(url, options);
  },
} as const satisfies Readonly<Record<TargetName, (options: OpenTargetOptions) => Promise<Target | Outlet>>>;

/** Throws `CONFIG_INVALID` where an address is not set, `TARGET_AUTH` where credentials are not. */
export function openTarget(name: TargetName, options: OpenTargetOptions): Promise<Target | Outlet> {
  return OPENERS[name](options);
}

function needed(value: string | undefined, target: TargetName, what: string): string {
  if (value !== undefined && value !== '') return value;
  throw new BloggerError(`To publish to ${target}, ${what} has to be set`, {
    code: what.startsWith('the setting') ? 'CONFIG_INVALID' : 'TARGET_AUTH',
    hint: 'Addresses are settings; credentials come from the environment or .env alone.',
  });
}
