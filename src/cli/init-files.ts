/** What `blogger init` writes. */

export const SAMPLE_FILES = {
  '.blogrc.yaml': `# Settings of blogger. Every key, its flag and its variable: blogger config
# Keys and passwords come from the environment or a .env file only:
#   OPENAI_API_KEY, GEMINI_API_KEY, REDIS_URL

# Who writes: auto takes openai or gemini by the key that is set, else the built-in digest.
provider: auto
lang: auto        # language of the posts; auto: the source's
length: 3000      # wished characters
tone: clear and factual
out: posts
format: md        # md, html or json
frontMatter: generic # or hugo, jekyll, astro, eleventy, none

# A run never spends more than this many US dollars.
maxCost: 1

crawl:
  maxConcurrent: 10
  perHost: 2
  delayMs: 500

# Where site owners reach you; it goes into the User-Agent.
# contactUrl: https://example.com/about
`,
  'urls.txt': `# One page a line; wishes may follow it. Run: blogger generate
# https://example.com/article high
# https://example.com/other keywords="heat pumps, subsidy" lang=en length=2500
# https://example.com/part-one post=comparison
# https://example.com/part-two post=comparison
`,
  '.github/workflows/blogger.yml': `name: blogger
on:
  schedule: [{ cron: '0 6 * * *' }]
  workflow_dispatch: {}
permissions:
  contents: write
jobs:
  posts:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 20 }
      - uses: actions/cache@v4
        with:
          path: .blogger
          key: blogger-\${{ github.run_id }}
          restore-keys: blogger-
      - run: npx ai-seo-blogger generate urls.txt --max-cost 1 --fail-on all
        env:
          OPENAI_API_KEY: \${{ secrets.OPENAI_API_KEY }}
      - run: |
          git config user.name blogger
          git config user.email blogger@users.noreply.github.com
          git add posts
          git diff --cached --quiet || (git commit -m 'New posts' && git push)
`,
} as const satisfies Record<string, string>;
