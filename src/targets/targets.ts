/** The targets beyond the output folder, a row each. */

import { BloggerError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { Target } from '../core/publishing.ts';

export const TARGET_NAMES = ['wordpress', 'ghost'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

export interface TargetSettings {
  readonly wordpressUrl?: string | undefined;
  readonly ghostUrl?: string | undefined;
}

interface OpenOptions {
  readonly settings: TargetSettings;
  readonly secrets: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

const OPENERS = {
  async wordpress({ settings, secrets }) {
    const { createWordPress } = await import('./wordpress/wordpress.ts');
    return createWordPress({
      url: needed(settings.wordpressUrl, 'wordpress', 'the setting wordpressUrl'),
      user: needed(secrets['WORDPRESS_USER'], 'wordpress', 'the variable WORDPRESS_USER'),
      password: needed(secrets['WORDPRESS_APP_PASSWORD'], 'wordpress', 'the variable WORDPRESS_APP_PASSWORD'),
    });
  },
  async ghost({ settings, secrets, clock }) {
    const { createGhost } = await import('./ghost/ghost.ts');
    return createGhost({
      url: needed(settings.ghostUrl, 'ghost', 'the setting ghostUrl'),
      adminKey: needed(secrets['GHOST_ADMIN_API_KEY'], 'ghost', 'the variable GHOST_ADMIN_API_KEY'),
      clock,
    });
  },
} as const satisfies Readonly<Record<TargetName, (options: OpenOptions) => Promise<Target>>>;

/** Throws `CONFIG_INVALID` where an address is not set, `TARGET_AUTH` where credentials are not. */
export function openTarget(name: TargetName, options: OpenOptions): Promise<Target> {
  return OPENERS[name](options);
}

function needed(value: string | undefined, target: TargetName, what: string): string {
  if (value !== undefined && value !== '') return value;
  throw new BloggerError(`To publish to ${target}, ${what} has to be set`, {
    code: what.startsWith('the setting') ? 'CONFIG_INVALID' : 'TARGET_AUTH',
    hint: 'Addresses are settings; credentials come from the environment or .env alone.',
  });
}
