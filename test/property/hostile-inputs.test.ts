import { expect, test } from 'vitest';
import { readArticleSections } from '../../src/services/models/extractive/read-sections.ts';
import { readContentUsage, readXRobotsTag } from '../../src/stages/crawl/policy/ai-policy.ts';
import { parseTdmrep } from '../../src/stages/crawl/policy/tdmrep.ts';
import { withEmbeddedText } from '../../src/stages/crawl/render/embedded-state.ts';
import { isAllowed, matches, parseRobots } from '../../src/stages/crawl/robots/robots-rules.ts';
import { scanDocument } from '../../src/stages/crawl/text/scan-document.ts';
import { readCaptions } from '../../src/stages/extract/documents/captions.ts';
import { parseBookmarkRows } from '../../src/stages/list/kinds/bookmarks.ts';
import { parseCsvRows } from '../../src/stages/list/kinds/csv.ts';
import { parseFeedItems } from '../../src/stages/list/kinds/feed.ts';
import { findFeed } from '../../src/stages/list/kinds/feed-link.ts';
import { parseIniRows } from '../../src/stages/list/kinds/ini.ts';
import { parseJsonRows } from '../../src/stages/list/kinds/json.ts';
import { parseOpmlRows } from '../../src/stages/list/kinds/opml.ts';
import { parseSitemapRows } from '../../src/stages/list/kinds/sitemap.ts';
import { parseTextRows } from '../../src/stages/list/kinds/text.ts';
import { parsePlistRows } from '../../src/stages/list/kinds/xml.ts';
import { parseYamlRows } from '../../src/stages/list/kinds/yaml.ts';
import { sniffKind } from '../../src/stages/list/kinds.ts';
import { fingerprintOf } from '../../src/stages/plan/near-duplicates.ts';
import { renderMarkdown } from '../../src/stages/publish/render/markdown/render-markdown.ts';
import { PRESET_TABLE } from '../../src/stages/publish/render/presets/presets.ts';
import { parseReply } from '../../src/stages/write/answer/parse-reply.ts';
import { readOwn } from '../../src/targets/files/read-own.ts';
import { metaCharset } from '../../src/util/charset/meta-charset.ts';
import { jsonText, terminalText } from '../../src/util/text/terminal-text.ts';
import { isLong } from '../helpers/long-form.ts';
import { makeReply } from '../helpers/make-brief.ts';

/** Texts that grow with their size: what is not ended, what is nested, what repeats, what is empty. */
const SHAPES: Readonly<Record<string, (size: number) => string>> = Object.fromEntries(
  Object.entries({
    'one word': 'a',
    'one Korean word': '가',
    words: 'word ',
    spaces: ' ',
    lines: '\n',
    'lines of one sign': 'a\n',
    colons: 'a: ',
    'lines with colons': 'a: b\n',
    commas: 'a,',
    quotes: '"',
    'quotes and commas': '"a",',
    'half links': '[](',
    'half pictures': '![](',
    brackets: '[',
    braces: '{"a":',
    stars: '*a ',
    'double stars': '**a',
    ticks: '`a',
    fences: '```\n',
    quotations: '> ',
    lists: '- ',
    'half tags': '<a ',
    tags: '<a>',
    entities: '&amp;',
    comments: '<!--',
    'half comments': '<!-- -',
    'escape signs': '\u001b[',
    'open links of a terminal': '\u001b]8;;',
    commands: '##[a',
    backslashes: '\\',
    stop: '.',
    addresses: 'https://a.example/ ',
    'user agents': 'User-agent: *\nDisallow: /*a*b$\n',
    'content usage': 'Content-Usage: /a ai=n\n',
    items: '<item><title>a</title><link>https://a.example/</link></item>',
    'half items': '<item><title>a',
    'times of captions': '00:00:01.000 --> 00:00:02.000\na\n\n',
    dashes: '---\n',
  }).map(([name, piece]) => [name, (size: number) => piece.repeat(Math.ceil(size / piece.length))]),
);

const reply = (text: string) => ({ ...makeReply(), text });
const answer = (body: string) => JSON.stringify({ title: 'A', description: 'B', slug: '', tags: ['c'], body });
const POST = {
  sources: [],
  hasCitations: false,
  isDisclosed: false,
  isFramed: false,
  related: [],
  lang: 'en',
  address: 'a.md',
};
const PLACE = { address: 'https://a.example/feed' };

/** What works on the main thread with something from outside; the longest text that it gets is bounded by its caller. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'robots.txt': (text) => isAllowed(parseRobots(text, 'blogger'), '/a/b/c'),
  'a line of robots.txt': (text) => parseRobots(`User-agent: *\nDisallow: /${text.replaceAll('\n', '')}`, 'blogger'),
  'a pattern of robots.txt': (text) =>
    matches(`/*${text.slice(0, 2000).replaceAll('\n', '')}*$`, `/${'a'.repeat(2000)}`),
  'a policy header': (text) => [readContentUsage(text, 'header'), readXRobotsTag(text, 'blogger')],
  'tdmrep.json': (text) => parseTdmrep(`[${text}`),
  'the first look at a page': (text) => scanDocument(Buffer.from(`<html><p>${text}`)),
  'embedded state': (text) =>
    withEmbeddedText(
      `<script id="__NEXT_DATA__" type="application/json">{"a":${JSON.stringify(text)}}</script><div id=a>`,
    ),
  'a list of lines': parseTextRows,
  'a list of commas': parseCsvRows,
  'a JSON list': (text) => parseJsonRows(`[${text}`),
  'JSON with comments': (text) => parseJsonRows(`[ // ${text}`),
  'a YAML list': (text) => parseYamlRows(`- url: ${text}`),
  'a property list': (text) => parsePlistRows(`<plist><dict>${text}</dict></plist>`),
  'a list of names and values': (text) => parseIniRows(`[a]\n${text}`),
  'links of a page': (text) => parseBookmarkRows(`<a href="https://a.example/" add_date=1>${text}`),
  'the feed of a page': (text) => findFeed(`<html><head>${text}`, 'https://a.example/'),
  'the charset of a page': (text) => metaCharset(text),
  'the kind of a list': (text) => sniffKind('list', text),
  'a feed': (text) => parseFeedItems(`<rss version="2.0"><channel>${text}</channel></rss>`, PLACE as never),
  'a sitemap': (text) => parseSitemapRows(`<urlset>${text}</urlset>`),
  'an outline': (text) => parseOpmlRows(`<opml><body>${text}</body></opml>`),
  captions: (text) => readCaptions(`WEBVTT\n\n${text}`),
  'a bare answer': (text) => parseReply(reply(text)),
  'an answer': (text) => parseReply(reply(answer(text))),
  'an answer that is cut': (text) => parseReply(reply(answer(text).slice(0, -3))),
  'the body of a post': (text) => renderMarkdown({ ...POST, internalLinks: 'related', body: text }, PRESET_TABLE.hugo),
  'a saved post': (text) => readOwn(`---\ntitle: a\n${text.slice(0, 19_000)}\n---\n${text}`, 'a.md'),
  'the sections of a source': readArticleSections,
  'the fingerprint of a source': fingerprintOf,
  'a line of the terminal': terminalText,
  'a line of JSON': jsonText,
};

const SMALL = 2500;
const GROWTH = 8;
/** Quadratic work grows by 64; what is below the least time is noise. */
const MOST_GROWTH = GROWTH * 3;
const LEAST_MICROSECONDS = 6000;

async function attempt(read: (text: string) => unknown, text: string): Promise<void> {
  try {
    await read(text);
  } catch {
    // refused as what it is no part of: that counts as read
  }
}

/** CPU time, so that other processes do not count. */
async function cpu(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** These take most of a minute of one core: the long form reads them. */
const SLOW = ['the body of a post', 'a saved post', 'a YAML list'];

test.each(Object.entries(READERS).filter(([name]) => isLong || !SLOW.includes(name)))(
  'eight times the text takes about eight times the work: %s',
  { timeout: 120_000 },
  async (_name, read) => {
    const steep: string[] = [];
    for (const [shape, make] of Object.entries(SHAPES)) {
      const [small, large] = [make(SMALL), make(SMALL * GROWTH)];
      const before = Math.max(await cpu(() => attempt(read, small)), LEAST_MICROSECONDS);
      const most = before * MOST_GROWTH;
      // The better of two: a collection of garbage may fall into one.
      if ((await cpu(() => attempt(read, large))) > most && (await cpu(() => attempt(read, large))) > most)
        steep.push(shape);
    }

    expect(steep).toEqual([]);
  },
);
