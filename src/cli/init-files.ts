/** Questions and files of `blogger init`. */

import { settingsSchema } from '../config/schema.ts';

export interface InitAnswers {
  readonly lang: string;
  readonly frontMatter: string;
  readonly maxCost: string;
  /** Empty: none. */
  readonly contactUrl: string;
}

export interface InitQuestion {
  readonly key: keyof InitAnswers;
  readonly text: string;
  readonly preset: string;
  /** Why an answer is invalid; undefined when it is valid. */
  readonly refuse: (answer: string) => string | undefined;
}

const { lang, frontMatter, maxCost, contactUrl } = settingsSchema.shape;

export const QUESTIONS: readonly InitQuestion[] = [
  {
    key: 'lang',
    text: "Language of the posts, such as en or ko; auto takes the source's",
    preset: 'auto',
    refuse: refuseBy(lang, 'a language tag or auto'),
  },
  {
    key: 'frontMatter',
    text: 'Front matter: generic, hugo, jekyll, astro, eleventy or none',
    preset: 'generic',
    refuse: refuseBy(frontMatter, 'one of generic, hugo, jekyll, astro, eleventy, none'),
  },
  {
    key: 'maxCost',
    text: 'US dollars that a run may spend at most',
    preset: '1',
    refuse: (answer) => refuseBy(maxCost, 'a number, 0 or more')(Number(answer)),
  },
  {
    key: 'contactUrl',
    text: 'Where site owners reach you (address of a page, or mailto:)',
    preset: '',
    refuse: (answer) =>
      answer === '' ? undefined : refuseBy(contactUrl, 'an address that begins with https:// or mailto:')(answer),
  },
];

export const PRESETS: InitAnswers = { lang: 'auto', frontMatter: 'generic', maxCost: '1', contactUrl: '' };

function refuseBy(schema: { safeParse(value: unknown): { readonly success: boolean } }, expected: string) {
  return (answer: unknown) =>
    schema.safeParse(answer).success ? undefined : `expected ${expected}, got "${String(answer)}"`;
}

export function settingsFile({
  lang: language,
  frontMatter: preset,
  maxCost: dollars,
  contactUrl: contact,
}: InitAnswers): string {
  return `# Settings of blogger. Every key, its flag and its variable: blogger config
# Keys and passwords come from the environment or a .env file only:
#   OPENAI_API_KEY, GEMINI_API_KEY, REDIS_URL

# Who writes: auto takes openai or gemini by the key that is set, else the built-in digest.
provider: auto
# Language of the posts; auto: the source's
lang: ${language}
# Wished length in characters
length: 3000
tone: clear and factual
# Folder of the posts
out: posts
# md, html or json
format: md
# generic, hugo, jekyll, astro, eleventy or none
frontMatter: ${preset}

# A run never spends more than this many US dollars.
maxCost: ${dollars}

crawl:
  # Pages in flight at once, of all hosts and of one
  maxConcurrent: 10
  perHost: 2
  # Least gap between two requests to one host, in milliseconds
  delayMs: 500

# Where site owners reach you; it goes into the User-Agent.
${contact === '' ? '# contactUrl: https://example.com/about' : `contactUrl: ${JSON.stringify(contact)}`}
`;
}

export const SAMPLE_LIST = `# One page a line; options may follow it. Run: blogger generate
# https://example.com/article high
# https://example.com/other keywords="heat pumps, subsidy" lang=en length=2500
# https://example.com/part-one post=comparison
# https://example.com/part-two post=comparison
`;

/**
 * State goes to the cache, posts to the repository; both are saved however the run ends, because they are paid for. With `--fail-on all` one
 * dead page does not fail the job.
 */
export const WORKFLOW = `name: blogger
on:
  schedule: [{ cron: '0 6 * * *' }]
  workflow_dispatch: {}
permissions:
  contents: write
concurrency: blogger
jobs:
  posts:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 20 }
      - uses: actions/cache/restore@v4
        with:
          path: .blogger
          key: blogger-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: blogger-
      - run: npx ai-seo-blogger generate urls.txt --fail-on all
        env:
          OPENAI_API_KEY: \${{ secrets.OPENAI_API_KEY }}
      - if: always()
        uses: actions/cache/save@v4
        with:
          path: .blogger
          key: blogger-\${{ github.run_id }}-\${{ github.run_attempt }}
      - if: always()
        run: |
          git config user.name blogger
          git config user.email blogger@users.noreply.github.com
          mkdir -p posts && git add posts
          git diff --cached --quiet || (git commit -m 'New posts' && git push)
`;
