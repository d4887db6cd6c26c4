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
  'a target without its address': setting('--publish wordpress', /wordpressUrl \(--wordpress-url\) has to be set/),
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
  'a folder to score': { args: 'score .', says: /EISDIR: it is a folder[\s\S]*blogger score \*\.md/ },
  'settings to score': { args: 'score x.yaml', files: { 'x.yaml': 'a: 1' }, says: /x\.yaml is neither by its name/ },
  'a list to score': { args: 'score urls.txt', says: /urls\.txt is neither by its name/ },
  'a pattern without a file to score': {
    args: 'score posts/*.md',
    says: /posts\/\*\.md cannot be read \(no file matches\)/,
  },
  'a worker without a store': { args: 'worker', says: /no address is set[\s\S]*→ Set REDIS_URL.*as where/ },
  'all workers without a store': { args: 'top --once', says: /no address is set[\s\S]*→ Set REDIS_URL.*as where/ },
  'a worker on a store that is not there': {
    args: 'worker',
    env: { REDIS_URL: 'redis://ann:sk-123456789012345@127.0.0.1:9/2' },
    exitCode: 5,
    says: /STORE_UNREACHABLE: The job queue needs Redis, but 127\.0\.0\.1:9\/2 does not respond/,
  },
  'a review of nothing': { args: 'review approve --by Ann', says: /Expected the files of posts, got none/ },
  'a span without its unit': { args: 'generate --since 7', says: /--since expected a span .*got "7"/ },
  'a month for a date': { args: 'generate --since march', says: /--since expected a span .*got "march"/ },
  'languages by their names': {
    args: 'generate --languages english,korean',
    says: /^CONFIG_INVALID: languages must be a language tag .*\n {2}Why:/,
  },
  'the git target without its address': {
    args: 'publish page.html --publish git',
    says: /gitUrl \(--git-url\) has to be set/,
  },
  'several settings with typing errors': settingsFile(
    'lenght: 1\ncrawl:\n  delay: 3\n',
    /Did you mean crawl\.delay → crawl\.delayMs, lenght → length\?/,
  ),
  'a review of a page': { args: 'review approve page.html --by Ann', says: /None of these files is a post/ },
  'a job of no run': { args: 'jobs show nope', says: /No run in this folder yet/ },
  'a part of the cache': { args: 'cache clean', says: /Expected stats, prune or clear, got "clean"/ },
  'a target for files that is not named': { args: 'publish page.html', says: /No target is named/ },
  'a shell that is not known': { args: 'completion tcsh', says: /Allowed choices are zsh, bash, fish, powershell/ },
  'a level that is none': { args: 'generate --only hgh', says: /Allowed choices are high, medium, low/ },
  'a length as a power of ten': setting('--length 1e3', /length must be a number, got "1e3"/),
  'a length in thousands': setting('--length 3k', /length must be a number, got "3k"/),
  'a time with its unit': setting('--timeout 30s', /crawl\.timeoutMs must be a number of milliseconds, got "30s"/),
  'a size with its unit': setting('--max-bytes 10MB', /crawl\.maxBytes must be a number of bytes, got "10MB"/),
  'a share in percent': setting('--max-copied 25%', /check\.maxCopied must be a number, got "25%"/),
  'a share above one': setting('--max-copied 25', /check\.maxCopied must be at most 1/),
  'more workers than fit': setting('--workers 100000', /jobs\.workers must be at most/),
  'half a worker': setting('--workers 1.5', /jobs\.workers must be a whole number/),
  'a number of failures without its sign': setting('--fail-on 10', /failOn must be any, all or a share such as 10%/),
  'the abbreviation of a zone': setting('--timezone KST', /timezone must be a time zone such as Europe\/Berlin/),
  'a path of Windows': setting('C:\\Users\\ann\\urls.txt', /LIST_MISSING: Cannot read the list C:/),
  'a pattern that fits no file': setting('lists/*.txt', /LIST_MISSING: .*there is no such file/),
  'a folder as list': setting('.', /LIST_MISSING: .*it is a folder/),
  'an empty list': { files: { 'urls.txt': '' }, says: /LIST_EMPTY: Expected at least one URL in urls\.txt/ },
  'a list of comments': { files: { 'urls.txt': '# later\n' }, says: /LIST_EMPTY/ },
  'an archive as list': {
    files: { 'urls.txt': 'PK\u0003\u0004\u0000\u0000' },
    says: /LIST_INVALID: .*\n.*got an archive; unpack it/,
  },
  'typographic quotes in the list': listed('https://example.com/a keywords=“a, b”', /LIST_INVALID: .*\n.*urls\.txt:1/),
  'a settings file that is not there': setting('--config my.yaml', /my\.yaml'\n.*\n.*Name an existing file/),
  'settings with a name twice': settingsFile('lang: en\nlang: ko\n', /duplicated mapping key/),
  'settings in UTF-16': settingsFile('\u0000l\u0000a\u0000n\u0000g', /settings file cannot be read/),
  'settings of JSON with a comment': {
    files: { '.blogrc.json': '{ // x\n"lang": "ko" }' },
    says: /settings file cannot be read: JSON Error/,
  },
  'a setting in another case': settingsFile(
    'maxcost: 1\n',
    /maxcost is not a setting .*\n.*\n.*Did you mean maxCost\?/,
  ),
  'a setting of a group in another case': settingsFile('crawl:\n  perhost: 1\n', /Did you mean crawl\.perHost\?/),
  'a group without its settings': settingsFile('crawl: 5\n', /crawl must be a group of settings, got 5/),
  'a key among the settings names its place': settingsFile(
    'apiKey: x\n',
    /keys and passwords, such as OPENAI_API_KEY, come from the environment/,
  ),
  'a password of Redis among the settings': settingsFile('redisUrl: redis://a:b@c\n', /read from the environment only/),
  'a key with typographic quotes': {
    args: 'generate --provider openai',
    files: { '.env': 'OPENAI_API_KEY=“sk-abc”\n' },
    exitCode: 4,
    says: /its character 1 \(U\+201C\)/,
  },
  'a state folder that is a file': {
    files: { '.blogger': '' },
    says: /OUTPUT_UNWRITABLE: .*a file is in the way\)\n.*\n.*Move the file/,
  },
  'an output folder in a file': setting('--out page.html/posts', /OUTPUT_UNWRITABLE: .*a file is in the way/),
  'a list as output folder': setting('--out urls.txt', /OUTPUT_UNWRITABLE: .*urls\.txt cannot be written \(ENOTDIR/),
  'a dry run in the background': setting('--dry-run --detach', /cannot be used with option '--detach'/),
  'a score in percent': { args: 'score page.html --min 80%', says: /expected a whole number from 0 to 100/ },
  'a comparison of one run': { args: 'stats --compare a', says: /No run in this folder yet|two runs, got 1/ },
  'a verdict with a typing error': { args: 'review aprove page.html', says: /Expected list, diff, approve or reject/ },
  'a port of letters for MCP': { args: 'mcp --http web', says: /Use a port from 0 to 65535/ },
  'a feed to forget without its address': { args: 'sources forget', says: /No run in this folder yet/ },
  'a command with a typing error': { args: 'genrate', says: /unknown command 'genrate'\n\(Did you mean generate\?\)/ },
  'an address without its scheme': setting('example.com/page', /no such file\n.*\n.*https:\/\/example\.com\/page/),
  'a page without its scheme': setting(
    'example.com/page.html',
    /LIST_MISSING: .*\n.*\n.*https:\/\/example\.com\/page\.html/,
  ),
  'a scheme on the command line with a typing error': setting(
    'htp://example.com/page',
    /LIST_MISSING: .*\n.*\n.*https:\/\/example\.com\/page/,
  ),
  'a flag with a typing error': setting('--lenght 500', /unknown option '--lenght'\n\(Did you mean --length\?\)/),
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
  ['collect', 'Nothing to collect: this project has no open vendor batch.'],
  ['generate --retry-failed', 'Nothing to retry: no entry failed in the last run.'],
  ['generate --site nofolder', "The site's folder nofolder does not exist"],
])('%s without anything to do it on says so', async (args, says) => {
  await using project = await newProject({ 'urls.txt': 'page.html\n', 'page.html': makeArticle(1) });
  const { exitCode, stderr } = await blogger(args.split(' '), { cwd: project.folder });

  expect([exitCode, stderr]).toEqual([0, expect.stringContaining(says)]);
});

test('JSON settings with a byte order mark are read', async () => {
  await using project = await newProject({ '.blogrc.json': '\uFEFF{"lang":"ko"}' });
  const { exitCode, stdout } = await blogger(['config'], { cwd: project.folder });

  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^lang +ko {2}\(\.blogrc\.json\)$/m)]);
});

test.each([
  ['BLOGGER_MAXCOST', 'BLOGGER_MAX_COST'],
  ['BLOGGER_MAXX_COST', 'BLOGGER_MAX_COST'],
  ['BLOGGER_LANGAUGE', 'BLOGGER_LANGUAGES'],
  ['BLOGGER_LNAG', 'BLOGGER_LANG'],
  ['BLOGGER_PROVDER', 'BLOGGER_PROVIDER'],
  ['BLOGGER_OUTT', 'BLOGGER_OUT'],
  ['BLOGGER_LOCAL', 'BLOGGER_LOCALE'],
  ['blogger_lang', 'BLOGGER_LANG'],
  ['BLOGGER_WORDPRESSURL', 'BLOGGER_WORDPRESS_URL'],
])('the variable %s is named as unknown, its value never', async (name, nearest) => {
  for (const place of ['environment', '.env']) {
    await using project = await newProject(place === '.env' ? { '.env': `${name}=sk-secret-value\n` } : {});
    const env = place === '.env' ? {} : { [name]: 'sk-secret-value' };
    const { exitCode, stdout, stderr } = await blogger(['config'], { cwd: project.folder, env });

    expect([exitCode, stdout.length > 0]).toEqual([0, true]);
    expect(stderr).toContain(`Warning: ${name} is no variable of blogger and is ignored`);
    expect(stderr).toContain(`Did you mean ${nearest}?`);
    expect(stderr + stdout).not.toContain('sk-secret');
    expect((await blogger(['generate', '-q'], { cwd: project.folder, env })).stderr).not.toContain('Warning');
  }
});

test('variables that blogger reads, and those of other programs, are not named', async () => {
  await using project = await newProject();
  const env = {
    BLOGGER_LOCALE: 'en',
    BLOGGER_LANG: 'ko',
    BLOGGER_SOMETHING_ELSE: '1',
    BLOGGER_TEST_FOLDER: '/x',
    BLOGGER_HOME: '/y',
    BLOGGER_JOB_KEY: 'a key of sixteen characters',
    OPENAI_API_KEY: 'sk-test-0123',
  };

  expect((await blogger(['config'], { cwd: project.folder, env })).stderr).toBe('');
});
