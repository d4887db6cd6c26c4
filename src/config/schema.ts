/** The only list of settings, one file per section. File keys, flags, environment variables, defaults, help, README table and JSON Schema come from here. */

import { z } from 'zod';
import { checking } from './sections/checking.ts';
import { models } from './sections/models.ts';
import { operation } from './sections/operation.ts';
import { publishing } from './sections/publishing.ts';
import { reading } from './sections/reading.ts';
import { targets } from './sections/targets.ts';
import { writing } from './sections/writing.ts';

declare module 'zod' {
  interface GlobalMeta {
    /** Commander syntax, such as `--batch-size <n>`. */
    flag?: string;
    /** What a flag such as `--no-robots` does, where the description says what the setting is when it is on. */
    flagDescription?: string;
    env?: string;
    /** Comes from the environment only and is never printed. */
    secret?: boolean;
    /** Separator of a list in one flag or variable. */
    separator?: string;
  }
}

const SECTIONS = { reading, models, writing, checking, publishing, targets, operation } as const;

export type SettingSection = keyof typeof SECTIONS;

export const settingsSchema = z.strictObject({
  $schema: z.string().optional().meta({ description: 'JSON Schema of this file, for editors' }),
  ...reading,
  ...models,
  ...writing,
  ...checking,
  ...publishing,
  ...targets,
  ...operation,
});

/** The section of a setting such as `crawl.perHost`; undefined for `$schema`. */
export function sectionOf(key: string): SettingSection | undefined {
  const [name = ''] = key.split('.');
  return (Object.keys(SECTIONS) as SettingSection[]).find((section) => Object.hasOwn(SECTIONS[section], name));
}

export type Settings = z.output<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;

/** Keys by the name of their environment variable, such as `OPENAI_API_KEY`. They come from the environment only. */
export type Secrets = Readonly<Record<string, string | undefined>>;
