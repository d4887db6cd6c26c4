import { expect, test } from 'vitest';
import { isAllowed, parseRobots } from '../../../src/stages/crawl/robots/robots-rules.ts';

const rules = (text: string) => parseRobots(text, 'blogger', 'a.example');

test.each([
  ['two marks in front', '\ufeff\ufeffUser-agent: *\nDisallow: /a'],
  ['a zero width space in front', '\u200bUser-agent: *\nDisallow: /a'],
  ['no spaces', 'User-agent:*\nDisallow:/a'],
  ['spaces before the colon', 'USER-AGENT : *\nDISALLOW : /a'],
  ['no-break spaces', 'User-agent:\u00a0*\nDisallow:\u00a0/a'],
  ['tabs', '\tUser-agent:\t*\n\tDisallow:\t/a'],
  ['old Mac line ends', 'User-agent: *\rDisallow: /a\r'],
  ['a missing colon', 'user-agent *\ndisallow /a'],
  ['misspelt names', 'useragent: *\nDissallow: /a'],
  ['a comment behind the path', 'User-agent: * # all\nDisallow: /a # private'],
  ['several agents in one line', 'User-agent: GPTBot, Blogger, CCBot\nDisallow: /a'],
  ['a star behind the name', 'User-agent: Blogger*\nDisallow: /a'],
  ['a version behind the name', 'User-agent: blogger/0.1\nDisallow: /a'],
  ['groups of other agents between', 'User-agent: *\nDisallow: /a\n\nUser-agent: x\nDisallow:\n'],
  ['a sitemap within the group', 'User-agent: *\nSitemap: https://a.example/sitemap.xml\nDisallow: /a'],
  ['a blank line within the group', 'User-agent: *\n\n\nDisallow: /a'],
  ['a host line of Yandex', 'User-agent: *\nHost: a.example\nClean-param: ref /x\nDisallow: /a'],
  ['a star at the end', 'User-agent: *\nDisallow: /a*'],
  ['a wildcard at the start', 'User-agent: *\nDisallow: */a'],
  ['escapes in lower case', 'User-agent: *\nDisallow: /%61'],
  ['a path without its slash', 'User-agent: *\nDisallow: a'],
  ['a path without its slash below the root', 'User-agent: *\nAllow: b\nDisallow: a*'],
  ['the address of the page', 'User-agent: *\nDisallow: https://a.example/a'],
  ['the address of the page with www', 'User-agent: *\nDisallow: http://www.A.example/a'],
  ['several paths in a line', 'User-agent: *\nDisallow: /x /a /y'],
  ['all in one line', 'User-agent: * Disallow: /x Disallow: /a Crawl-delay: 5'],
  ['line ends as an editor shows them', 'User-agent: *\\nDisallow: /a\\nAllow: /b'],
  ['line separators of Unicode', 'User-agent: *\u2028Disallow: /a'],
  ['vertical tabs', 'User-agent: *\u000bDisallow: /a'],
  ['wide colons', 'User-agent： *\nDisallow：/a'],
  ['a dash of a word processor', 'User–agent: *\nDisallow: /a'],
  ['invisible marks', 'User-agent: *\u200b\nDisallow: /a\u200b\u200e'],
  ['a list of Markdown', '- User-agent: *\n- Disallow: /a'],
  ['quotes around lines', '"User-agent: *"\n"Disallow: /a"'],
  ['curly quotes around lines', '“User-agent: *”\n“Disallow: /a”'],
  ['preformatted HTML', '<html><body><pre>User-agent: *\nDisallow: /a</pre></body></html>'],
  ['line breaks of HTML', '<p>\n  User-agent: *<br />\n  Disallow: /a<br />\n</p>'],
  ['paragraphs of HTML', '<p>User-agent: *</p>\n<p>Disallow: /a</p>'],
  ['an underscore', 'User_agent: *\nDisallow: /a'],
  ['plurals', 'User-agents: *\nDisallows: /a'],
  ['a dash within a name', 'User-agent: *\nDis-allow: /a'],
  ['letters in another order', 'User-agnet: *\nDisalolw: /a'],
])('rules with %s hold', (_, text) => {
  expect([isAllowed(rules(text), '/a'), isAllowed(rules(text), '/b')]).toEqual([false, true]);
});

test.each([
  ['a page of HTML', '<!DOCTYPE html><html><body><h1>404</h1><p>User-agent: *<br>Disallow: /</p></body></html>'],
  ['a message', 'Not found: /robots.txt'],
  ['a JSON error', '{"error":"not found","disallow":"/"}'],
  ['an empty rule', 'User-agent: *\nDisallow:'],
  ['rules before any agent', 'Disallow: /\nUser-agent: other\nDisallow: /'],
  ['prose about rules', 'We disallow all bots.\nuser agents are welcome'],
  ['the address of another site', 'User-agent: *\nDisallow: https://b.example/'],
  ['another field', 'User-agent: *\nDiscover: /\nDelay: /\nArrow: /'],
  ['a path with a space', 'User-agent: *\nDisallow: /a folder'],
])('%s forbids nothing', (_, text) => {
  expect(isAllowed(rules(text), '/a')).toBe(true);
});

test.each([
  ['10', 10_000],
  ['0.5', 500],
  ['.5', 500],
  ['1,5', 1500],
  ['10s', 10_000],
  ['2 seconds', 2000],
  ['5 sec', 5000],
  ['3 # of rest', 3000],
  ['-1', undefined],
  ['1e3', undefined],
  ['a while', undefined],
])('a delay of %j is %j ms', (value, ms) => {
  expect(rules(`User-agent: *\nCrawl-delay: ${value}`).crawlDelayMs).toBe(ms);
});
