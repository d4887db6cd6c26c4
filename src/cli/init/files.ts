/** Texts of the files that `blogger init` writes. */

import type { DetectedSite } from './detect-site.ts';
import type { InitAnswers } from './questions.ts';

/** `site` provides the folders if its generator is the chosen one. */
export function settingsFile(answers: InitAnswers, site: DetectedSite | undefined): string {
  const folders = site?.frontMatter === answers.frontMatter ? site : { out: 'posts', site: undefined };
  const contact = answers.contactUrl;
  return `# Settings of blogger. Every key, its flag and its variable: blogger config
# Keys and passwords come from the environment or a .env file only:
#   OPENAI_API_KEY, GEMINI_API_KEY, ANTHROPIC_API_KEY, REDIS_URL

# Who writes: auto takes the provider whose key is set, else the built-in digest.
provider: ${answers.provider}
# Language of the posts; auto: the source's
lang: ${answers.lang}
# Desired length in characters
length: 3000
tone: clear and factual
# Folder of the posts
out: ${folders.out}
# md, html or json
format: md
# The site generator that the posts are written for
frontMatter: ${answers.frontMatter}
# Folder of the site's own posts: new posts link to them and do not repeat them.
${folders.site === undefined ? '# site: content' : `site: ${folders.site}`}

# A list never costs more than this many US dollars.
maxCost: ${answers.maxCost}

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
 * Runs the tarball next to it, so that a registry package of the same name never runs with the key. State goes to the cache, posts
 * into a pull request; both are saved even if the run fails, because they are paid for. With `--fail-on all` one dead page does not fail the job.
 */
export function workflowFile({ tarball, out }: { readonly tarball: string; readonly out: string }): string {
  return `name: blogger
on:
  schedule: [{ cron: '0 6 * * *' }]
  workflow_dispatch: {}
permissions:
  contents: write
  pull-requests: write
concurrency: blogger
jobs:
  posts:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11d5960a326750d5838078e36cf38b85af677262 # v4.4.0
      - uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with: { node-version: 22 }
      - uses: actions/cache/restore@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0
        with:
          path: .blogger
          key: blogger-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: blogger-
      - run: npm install --global --no-audit --no-fund ./${tarball}
      - run: blogger generate urls.txt --fail-on all
        env:
          OPENAI_API_KEY: \${{ secrets.OPENAI_API_KEY }}
      - if: always()
        uses: actions/cache/save@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0
        with:
          path: .blogger
          key: blogger-\${{ github.run_id }}-\${{ github.run_attempt }}
      - if: always()
        env:
          GH_TOKEN: \${{ github.token }}
          BRANCH: blogger/\${{ github.run_id }}-\${{ github.run_attempt }}
        run: |
          git config user.name blogger
          git config user.email blogger@users.noreply.github.com
          mkdir -p ${out} && git add ${out}
          git diff --cached --quiet && exit 0
          git switch -c "$BRANCH"
          git commit -m 'New posts'
          git push origin "$BRANCH"
          gh pr create --title 'New posts' --body 'Written by blogger; drafts wait for a review.' --head "$BRANCH"
`;
}
