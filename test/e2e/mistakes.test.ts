/** Plausible mistakes of users: what is said, the exit code, and that nothing was written or paid. More of them stand in bad-input.test.ts. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeArticle } from '../helpers/make-articles.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';

interface Mistake {
  readonly args?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly exitCode?: number;
  readonly says: RegExp;
}

const setting = (args: string, says: RegExp): Mistake => ({ args: `generate ${args}`, says });
const listed = (line: string, says: RegExp): Mistake => ({ files: { 'urls.txt': `${line}\n` }, says });
const settingsFile = (text: string, says: RegExp): Mistake => ({ files: { '.blogrc.yaml': text }, says });

const MISTAKES: Readonly<Record<string, Mistake>> = {
  'the code of a country as language': setting('--lang kr', /lang must be .*South Korea, whose language is ko/),
  'the name of a language': setting('--lang korean', /a tag such as en, ko or pt-BR, got "korean"/),
  'a language with an underscore': setting('--lang en_US', /a tag such as en, ko or pt-BR, got "en_US"/),
  'a cap in words': setting('--max-cost five', /maxCost must be a number, got "five" \(from --max-cost\)/),
  'a cap with a decimal comma': setting('--max-cost 0,50', /maxCost must be a number, got "0,50"/),
  'a cap with a currency': setting('--max-cost $2', /maxCost must be a number, got "\$2"/),
  'a cap below nothing': setting('--max-cost -1', /maxCost must be at least 0/),
  'a deadline in the past': setting('--tier auto --deadline 2020-01-01', /deadline "2020-01-01" is in the past/),
  'a deadline that is no time': setting('--tier auto --deadline soonish', /soonish/),
  'a length of nothing': setting('--length 0', /length must be at least 200/),
  'a length with its unit': setting('--length 500words', /length must be a number/),
  'an unknown tier': setting('--tier cheap', /tier must be one of standard, flex, batch, auto/),
  'an unknown format': setting('--format pdf', /format must be one of md, html, json/),
  'a target in place of a generator': setting('--front-matter wordpress', /frontMatter must be one of .*hugo/),
  'an unknown target': setting('--publish medium', /publish must be one of wordpress, ghost, webhook, git/),
  'a target without its address': setting('--publish wordpress', /wordpressUrl has to be set/),
  'a template that is not there': setting('--template nope.md', /nope\.md cannot be read/),
  'a server without a scheme': setting(
    '--base-url localhost:11434/v1 --model x',
    /baseUrl must be an address that begins/,
  ),
  'a port beyond the last': setting('--metrics-port 99999', /metrics\.port must be at most 65535/),
  'an unknown share of failures': setting('--fail-on most', /failOn must be/),
  'an unknown zone': setting('--timezone Mars/Phobos', /timezone must be|Mars\/Phobos/),
  'a queue without its address': setting('--queue redis', /no address is set/),
  'a model without a key': {
    args: 'generate --model gpt-99',
    exitCode: 4,
    says: /gpt-99 is named, but no provider's key is set/,
  },
  'the key of another vendor': {
    args: 'generate --provider openai',
    env: { GEMINI_API_KEY: 'AIzaSy-not-a-key' },
    exitCode: 4,
    says: /PROVIDER_KEY_MISSING: .*OPENAI_API_KEY is not set/,
  },
  'a key with a line break': {
    args: 'generate --provider openai',
    env: { OPENAI_API_KEY: 'sk-abc\ndef' },
    exitCode: 4,
    says: /its character 7 \(U\+000A\)/,
  },
  'an address of Redis without a scheme': {
    env: { REDIS_URL: 'localhost:6379' },
    says: /redisUrl must begin with redis:/,
  },
  'an address of Redis by http': {
    env: { REDIS_URL: 'http://localhost:6379' },
    says: /redisUrl must begin with redis:/,
  },
  'an address without a scheme': listed(
    'example.com/article',
    /expected a URL such as https:\/\/example\.com\/article/,
  ),
  'a scheme with a typing error': listed('htp://example.com/a', /expected an http or https address/),
  'an address with spaces': listed('https://example.com/a b c', /behind the URL, got "b"/),
  'a priority with a typing error': listed('https://example.com/a hgih', /expected high, medium, low .* got "hgih"/),
  'a length in words': listed('https://example.com/a length=long', /expected a length from 200/),
  'the code of a country in the list': listed('https://example.com/a lang=jp', /Japan, whose language is ja/),
  'a file of the list that is not there': {
    ...listed('nothere.html', /nothere\.html: there is no such file/),
    exitCode: 6,
  },
  'two settings files': {
    files: { '.blogrc.yaml': 'lang: en\n', '.blogrc.json': '{"lang":"ko"}' },
    says: /several settings files: \.blogrc\.json, \.blogrc\.yaml/,
  },
  'settings with a tab': settingsFile('lang: en\n\tout: x\n', /tab characters must not be used/),
  'settings that are a list': settingsFile('- lang\n', /expected a mapping of settings, got a list/),
  'a key among the settings': settingsFile('openaiApiKey: sk-123456789012345\n', /openaiApiKey is not a setting/),
  'a post to score that is not there': { args: 'score nope.md', says: /nope\.md cannot be read/ },
  'a folder to score': { args: 'score .', says: /Expected a Markdown or HTML file/ },
  'a review of nothing': { args: 'review approve --by Ann', says: /Expected the files of posts, got none/ },
  'a review of a page': { args: 'review approve page.html --by Ann', says: /None of these files is a post/ },
  'a job of no run': { args: 'jobs show nope', says: /Nothing was run in this folder yet/ },
  'a part of the cache': { args: 'cache clean', says: /Expected stats, prune or clear, got "clean"/ },
  'a target for files that is not named': { args: 'publish page.html', says: /No target is named/ },
  'a shell that is not known': { args: 'completion tcsh', says: /Allowed choices are zsh, bash, fish, powershell/ },
  'a level that is none': { args: 'generate --only hgh', says: /Allowed choices are high, medium, low/ },
};

test.each(Object.entries(MISTAKES))(
  '%s',
  async (_name, { args = 'generate', files = {}, env = {}, exitCode = 2, says }) => {
    await using project = await newProject({ 'urls.txt': 'page.html\n', 'page.html': makeArticle(1), ...files });

    const result = await blogger(args.split(' '), { cwd: project.folder, env });

    expect([result.exitCode, result.stderr]).toEqual([exitCode, expect.stringMatching(says)]);
    expect(result.stderr).not.toMatch(/This is a bug|\n {4}at |sk-123456789012345/);
    await expect(readdir(join(project.folder, 'posts'))).rejects.toThrow('ENOENT');
  },
);

test.each([
  ['collect', 'Nothing to collect: no vendor batch of this project waits.'],
  ['generate --retry-failed', 'Nothing to retry: no entry failed in the last run.'],
  ['generate --site nofolder', "The site's folder nofolder is not there"],
])('%s without anything to do it on says so', async (args, says) => {
  await using project = await newProject({ 'urls.txt': 'page.html\n', 'page.html': makeArticle(1) });
  const { exitCode, stderr } = await blogger(args.split(' '), { cwd: project.folder });

  expect([exitCode, stderr]).toEqual([0, expect.stringContaining(says)]);
});
