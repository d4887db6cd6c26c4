/** Questions of `blogger init`, with defaults detected from the folder. */

import { settingsSchema } from '../../config/schema.ts';
import { PROVIDER_NAMES } from '../../core/providers.ts';
import { PRESET_TABLE } from '../../stages/publish/render/presets/presets.ts';
import type { DetectedSite } from './detect-site.ts';

export interface InitAnswers {
  readonly frontMatter: string;
  readonly lang: string;
  readonly provider: string;
  readonly maxCost: string;
  /** Empty: none. */
  readonly contactUrl: string;
}

export interface InitQuestion {
  readonly key: keyof InitAnswers;
  readonly text: string;
  /** Why an answer is invalid; undefined when it is valid. */
  readonly refuse: (answer: string) => string | undefined;
}

const { lang, frontMatter, provider, maxCost, contactUrl } = settingsSchema.shape;
const presets = Object.keys(PRESET_TABLE).join(', ');
const providers = PROVIDER_NAMES.join(', ');

export const QUESTIONS: readonly InitQuestion[] = [
  {
    key: 'frontMatter',
    text: `Site generator (${presets})`,
    refuse: refuseBy(frontMatter, `one of ${presets}`),
  },
  {
    key: 'lang',
    text: "Language of the posts, such as en or ko; auto takes the source's",
    refuse: refuseBy(lang, 'a language tag or auto'),
  },
  {
    key: 'provider',
    text: 'Model provider: auto (the one whose key is set, otherwise the built-in writer), or a name',
    refuse: refuseBy(provider, `auto or one of ${providers}`),
  },
  {
    key: 'maxCost',
    text: 'Spending cap of a list in US dollars',
    refuse: (answer) => refuseBy(maxCost, 'a number, 0 or more')(Number(answer)),
  },
  {
    key: 'contactUrl',
    text: 'Contact address for site owners (a page, or mailto:)',
    refuse: (answer) =>
      answer === '' ? undefined : refuseBy(contactUrl, 'an address that begins with https:// or mailto:')(answer),
  },
];

/** Defaults that `--yes` uses. */
export function suggestedAnswers(site: DetectedSite | undefined): InitAnswers {
  return {
    frontMatter: site?.frontMatter ?? 'generic',
    lang: 'auto',
    provider: 'auto',
    maxCost: '1',
    contactUrl: '',
  };
}

function refuseBy(schema: { safeParse(value: unknown): { readonly success: boolean } }, expected: string) {
  return (answer: unknown) =>
    schema.safeParse(answer).success ? undefined : `expected ${expected}, got "${String(answer)}"`;
}
