/**
 * Which addresses are the same page, and which entries are the same post. Identity finds repeats and names files; requests use the
 * address as written. Pure.
 */

import type { Entry } from './types.ts';

/** Parameters that identify a campaign or a click, never a page. */
const TRACKING =
  /^(utm_\w+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|ttclid|igshid|mc_[ce]id|_hs(enc|mi)|vero_id|oly_(anon|enc)_id|ref_src|spm|_ga|_gl|s_cid|cmpid)$/i;

/** Options that distinguish posts of the same page. Keywords and categories do not: those of repeated lines are merged. */
const POST_OPTIONS = ['lang', 'length', 'tone'] as const satisfies readonly (keyof Entry)[];

/** The fragment if a client-side router uses it (`#/path`, `#!path`); empty for one that names a place in the page. */
export function routingFragment(hash: string): string {
  return /^#!?\/./.test(hash) || /^#!./.test(hash) ? hash : '';
}

/**
 * The identity of a page's address: WHATWG form, no tracking parameters, parameters in a fixed order, no empty ones, no fragment except one
 * that routes. Idempotent. The path keeps its case and trailing slash: servers may distinguish them.
 */
export function pageIdentity(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.hash = routingFragment(url.hash);
  if (url.protocol === 'file:') return url.href;
  const query = sortedQuery(meaningful(parametersOf(url)));
  url.search = query === '' ? '' : `?${query}`;
  return url.href;
}

/** The options of an entry that distinguish its post from other posts of the same page; empty if the line has none. */
export function postVariant(entry: Pick<Entry, (typeof POST_OPTIONS)[number]>): string {
  return POST_OPTIONS.flatMap((name) => (entry[name] === undefined ? [] : [`${name}=${entry[name]}`])).join(' ');
}

/** Entries with the same identity are merged. A named post has one set of options, even if its lines differ. */
export function entryIdentity(entry: Pick<Entry, 'url' | 'post' | (typeof POST_OPTIONS)[number]>): string {
  return `${postIdentity(entry)}\n${pageIdentity(entry.url)}`;
}

/** Distinguishes posts made from the same page. */
export function postIdentity(entry: Pick<Entry, 'post' | (typeof POST_OPTIONS)[number]>): string {
  return entry.post === undefined ? `variant ${postVariant(entry)}` : `post ${entry.post}`;
}

/** Explains why two addresses are the same page; both as written in the list. */
export function describeSameness(one: string, other: string): string {
  if (one === other || !URL.canParse(one) || !URL.canParse(other)) return 'the same address';
  const [a, b] = [new URL(one), new URL(other)];
  if (a.href === b.href) return 'the same address in another spelling';
  const dropped = [...new Set([...tracking(a), ...tracking(b)])];
  const differences = [
    ...(a.search === b.search || dropped.length === 0 ? [] : [`tracking parameters (${dropped.join(', ')})`]),
    ...(meaningful(parametersOf(a)).join('&') === meaningful(parametersOf(b)).join('&')
      ? []
      : ['the order of parameters']),
    ...(a.hash === b.hash ? [] : ['a fragment, which names a place in the page']),
  ];
  return `the same page: the addresses differ only in ${differences.length === 0 ? 'empty parameters' : differences.join(' and ')}`;
}

/** Parameters keep their exact spelling: some servers distinguish `%20` from `+`, and bytes that are not UTF-8 would not survive decoding. */
function parametersOf(url: URL): readonly string[] {
  return url.search.slice(1).split('&');
}

function meaningful(parameters: readonly string[]): readonly string[] {
  return parameters.filter((parameter) => parameter !== '' && !TRACKING.test(nameOf(parameter)));
}

function tracking(url: URL): readonly string[] {
  return parametersOf(url)
    .map(nameOf)
    .filter((name) => TRACKING.test(name));
}

/** By name only: repeated parameters keep their order, which can mean something. */
function sortedQuery(parameters: readonly string[]): string {
  return [...parameters].sort((a, b) => compare(nameOf(a), nameOf(b))).join('&');
}

function nameOf(parameter: string): string {
  return parameter.split('=', 1)[0] ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
