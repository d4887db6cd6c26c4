/** robots.txt by RFC 9309: parsing and matching, pure. */

import { normalizePath, normalizePattern } from './path-octets.ts';
import { type RobotsLine, readLines } from './robots-lines.ts';

interface Rule {
  readonly allow: boolean;
  /** Normalised, `*` and a closing `$` still special. */
  readonly pattern: string;
}

/** An AI-use line of a group: `Content-Signal` (Cloudflare) or `Content-Usage` (AIPREF), for the paths of `pattern`. */
export interface UsageRule {
  readonly field: 'Content-Signal' | 'Content-Usage';
  readonly pattern: string;
  readonly value: string;
}

export interface RobotsRules {
  readonly rules: readonly Rule[];
  readonly usage: readonly UsageRule[];
  readonly crawlDelayMs: number | undefined;
}

interface Group {
  readonly agents: string[];
  readonly rules: Rule[];
  readonly usage: UsageRule[];
  crawlDelayMs: number | undefined;
}

export const NO_RULES: RobotsRules = { rules: [], usage: [], crawlDelayMs: undefined };

/** The rules for one product token: all its groups merged, else all groups of `*`, else none (§2.2.1). `host` is the one that they are for. */
export function parseRobots(text: string, userAgent: string, host?: string): RobotsRules {
  const groups = readGroups(text, host);
  const token = productToken(userAgent);
  const own = groups.filter(({ agents }) => agents.includes(token));
  return merge(own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*')));
}

/** The longest matching rule decides, Allow wins a tie, no match allows (§2.2.2). `target` is path and query. */
export function isAllowed({ rules }: RobotsRules, target: string): boolean {
  if (target === '/robots.txt') return true;
  const path = normalizePath(target);
  let longest = -1;
  let allowed = true;
  for (const { allow, pattern } of rules) {
    if (pattern.length < longest || (pattern.length === longest && !allow)) continue;
    if (!matches(pattern, path)) continue;
    longest = pattern.length;
    allowed = allow;
  }
  return allowed;
}

/** The AI-use lines that hold for `target`: of each field those with the longest matching path. */
export function usageFor({ usage }: RobotsRules, target: string): readonly UsageRule[] {
  const path = normalizePath(target);
  const matching = usage.filter(({ pattern }) => matches(pattern, path));
  const longest = new Map<UsageRule['field'], number>();
  for (const { field, pattern } of matching) longest.set(field, Math.max(longest.get(field) ?? 0, pattern.length));
  return matching.filter(({ field, pattern }) => pattern.length === longest.get(field));
}

/** Wildcard matching from the start of the path, in time linear in the product of both lengths: no regular expression, no backtracking to abuse. */
export function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const pieces = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  const [first = '', ...rest] = pieces;
  if (!path.startsWith(first)) return false;
  let from = first.length;
  if (rest.length === 0) return !anchored || from === path.length;
  const last = rest.pop() ?? '';
  for (const piece of rest) {
    const at = path.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  if (anchored) return path.length - last.length >= from && path.endsWith(last);
  return path.indexOf(last, from) !== -1;
}

/** What a User-Agent line is compared with: the leading letters, `_` and `-`, lower case. */
export function productToken(userAgent: string): string {
  return (/^[a-z_-]+/i.exec(userAgent.trim())?.[0] ?? '').toLowerCase();
}

function readGroups(text: string, host: string | undefined): readonly Group[] {
  const groups: Group[] = [];
  let group: Group | undefined;
  let open = false; // still naming user agents
  for (const { key, value } of readLines(text)) {
    if (key === 'user-agent') {
      if (group === undefined || !open) {
        group = { agents: [], rules: [], usage: [], crawlDelayMs: undefined };
        groups.push(group);
      }
      group.agents.push(...value.split(',').map((agent) => (agent.trim().startsWith('*') ? '*' : productToken(agent))));
      open = true;
      continue;
    }
    if (group === undefined) continue; // ignore rules before the first `User-agent` line
    open = !addLine(group, { key, value }, host) && open;
  }
  return groups;
}

/** True when the line was a rule, so that the next user agent starts a new group. */
function addLine(group: Group, { key, value }: RobotsLine, host: string | undefined): boolean {
  switch (key) {
    case 'allow':
    case 'disallow':
      for (const path of pathsOf(value, host))
        group.rules.push({ allow: key === 'allow', pattern: normalizePattern(path) });
      return true;
    case 'content-signal':
      group.usage.push(readUsage('Content-Signal', value));
      return true;
    case 'content-usage':
      group.usage.push(readUsage('Content-Usage', value));
      return true;
    case 'crawl-delay':
      group.crawlDelayMs = longer(group.crawlDelayMs, readDelay(value));
      return false; // not a rule of the standard: it must not split a group
    default:
      return false;
  }
}

/**
 * The paths of a rule. By the standard a path begins with `/`, or with `*` as all crawlers have it; a rule in another form is no rule, but says
 * what its owner wants: a path without its slash, an address of this host, or several paths.
 */
function pathsOf(value: string, host: string | undefined): readonly string[] {
  if (value === '') return [];
  const [, named, path = ''] = /^https?:\/\/([^/?#\s]+)([/?#]\S*)?$/i.exec(value) ?? [];
  if (named !== undefined) return host === undefined || isSameSite(named, host) ? [path === '' ? '/' : path] : [];
  const words = value.split(/\s+/);
  if (words.every((word) => /^[/*]/.test(word))) return words;
  return [/^[/*]/.test(value) ? value : `/${value}`];
}

function isSameSite(one: string, other: string): boolean {
  const bare = (host: string) => host.toLowerCase().replace(/^www\./, '');
  return bare(one) === bare(other);
}

/** Seconds, with a fraction and their name behind them where people write it so. */
function readDelay(value: string): number | undefined {
  const [, seconds] = /^(\d{0,9}(?:[.,]\d{1,9})?)\s?(?:s|secs?|seconds?)?$/i.exec(value) ?? [];
  return seconds === undefined || seconds === '' ? undefined : Number(seconds.replace(',', '.')) * 1000;
}

function longer(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

function readUsage(field: UsageRule['field'], value: string): UsageRule {
  const [, path, rest = value] = /^([/*]\S*)\s(.*)$/.exec(value) ?? [];
  return { field, pattern: normalizePattern(path ?? '/'), value: rest.trimStart() };
}

function merge(groups: readonly Group[]): RobotsRules {
  const delays = groups.flatMap(({ crawlDelayMs }) => crawlDelayMs ?? []);
  return {
    rules: groups.flatMap(({ rules }) => rules),
    usage: groups.flatMap(({ usage }) => usage),
    crawlDelayMs: delays.length === 0 ? undefined : Math.max(...delays),
  };
}
