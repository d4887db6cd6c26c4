import type { Emit } from '../../core/ports.ts';
import {
  type Article,
  type Brief,
  type Entry,
  PRIORITIES,
  type SourceCopy,
  type SourcedArticle,
} from '../../core/types.ts';
import { stableHash } from '../../util/stable-hash.ts';
import { createNearDuplicates, fingerprintOf } from './near-duplicates.ts';

/** Remembers over runs which of several near copies the post was written from, so that the same one is chosen again. */
export interface CopyIndex {
  primaryOf(contentHash: string): string | undefined;
  remember(contentHash: string, primaryHash: string): void;
}

export interface PlanOptions {
  readonly lang: string;
  readonly length: number;
  readonly tone: string;
  readonly audience?: string;
  readonly template: string;
  /** Of entries that name none. */
  readonly categories: readonly string[];
  readonly duplicates: 'merge' | 'skip' | 'keep';
  /** Everything else that shapes an answer: prompt version, model, schema, style. */
  readonly shape: unknown;
  /** Addresses of the entries that each `post=NAME` has in this run. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly copies: CopyIndex;
  readonly emit: Emit;
  /** Briefs held back so that later copies can be named beside them. @default 32 */
  readonly window?: number;
}

interface Plan {
  /** Address of the first source. */
  url: string;
  /** What the brief will be made of; given up when it leaves, for whatever came before is remembered to the end. */
  held: Held | undefined;
}

interface Held {
  readonly sources: [SourcedArticle, ...SourcedArticle[]];
  readonly copies: SourceCopy[];
}

/**
 * Plans one post for each article, or for each group of `post=NAME`. Copies of a text already planned become part of that plan
 * while it is held in the window (`merge`), or are skipped with the first one's address; whoever names the sources of a post has chosen them, so
 * they are nobody's copies.
 */
export async function* planBriefs(
  articles: AsyncIterable<SourcedArticle>,
  options: PlanOptions,
  signal: AbortSignal,
): AsyncGenerator<Brief, void, undefined> {
  const held: Plan[] = [];
  const unfinished = new Map<string, SourcedArticle[]>();
  const planned = createNearDuplicates<Plan>();
  const byHash = new Map<string, Plan>();

  for await (const item of articles) {
    signal.throwIfAborted();
    const { article, entry } = item;
    if (entry.post === undefined) {
      const fingerprint = fingerprintOf(article.text);
      const copied =
        options.duplicates === 'keep' ? undefined : (byHash.get(article.contentHash) ?? planned.find(fingerprint));
      if (copied !== undefined) {
        settleCopy(item, copied, options);
        continue;
      }
      const plan = planOf([item]);
      byHash.set(article.contentHash, plan);
      planned.add(fingerprint, plan);
      held.push(plan);
    } else {
      const sources = gather(item, entry.post, { unfinished, groups: options.groups });
      if (sources === undefined) continue;
      held.push(planOf(sources));
    }
    if (held.length > (options.window ?? 32)) yield* release(held, 1, options);
  }
  for (const [first, ...rest] of unfinished.values()) if (first !== undefined) held.push(planOf([first, ...rest]));
  yield* release(held, held.length, options);
}

function planOf(sources: Held['sources']): Plan {
  return { url: sources[0].entry.url, held: { sources, copies: [] } };
}

/** The members of a post once they are all there. */
function gather(
  item: SourcedArticle,
  name: string,
  {
    unfinished,
    groups,
  }: { readonly unfinished: Map<string, SourcedArticle[]>; readonly groups: PlanOptions['groups'] },
): Held['sources'] | undefined {
  const members = [...(unfinished.get(name) ?? []), item].sort((a, b) => a.entry.index - b.entry.index);
  if (members.length < (groups.get(name)?.length ?? 1)) {
    unfinished.set(name, members);
    return undefined;
  }
  unfinished.delete(name);
  const [first = item, ...rest] = members;
  return [first, ...rest];
}

function settleCopy(item: SourcedArticle, plan: Plan, { duplicates, emit }: PlanOptions): void {
  if (plan.held !== undefined && duplicates === 'merge') {
    const { sources, copies } = plan.held;
    const [primary] = sources;
    const isFirstWritten = item.entry.index < primary.entry.index && sources.length === 1;
    // The copy that stands first in the list is the primary, whichever was faster to come.
    const [kept, copy] = isFirstWritten ? [item, primary] : [primary, item];
    sources[0] = kept;
    plan.url = kept.entry.url;
    copies.push({ url: copy.entry.url, contentHash: copy.article.contentHash });
    reportCopy(copy.entry, kept.entry.url, 'merged into the post of', emit);
    return;
  }
  reportCopy(item.entry, plan.url, 'skipped: the post is written from', emit);
}

function reportCopy(entry: Entry, primaryUrl: string, what: string, emit: Emit): void {
  const message = `The same or nearly the same text; ${what} ${primaryUrl}`;
  emit({
    type: 'entry:skip',
    stage: 'plan',
    failure: { url: entry.url, code: 'DUPLICATE', message, position: entry.position },
  });
}

/** The most urgent of what is held leaves first. */
function* release(held: Plan[], count: number, options: PlanOptions): Generator<Brief> {
  held.sort((a, b) => urgency(a) - urgency(b));
  for (const plan of held.splice(0, count)) {
    const leaving = plan.held;
    plan.held = undefined;
    if (leaving !== undefined) yield toBrief(leaving, options);
  }
}

function urgency({ held }: Plan): number {
  return Math.min(...(held?.sources ?? []).map(({ entry }) => PRIORITIES.indexOf(entry.priority)));
}

function toBrief({ sources, copies }: Held, options: PlanOptions): Brief {
  const articles = mapNonEmpty(sources, ({ article }) => article);
  const entries = mapNonEmpty(sources, ({ entry }) => entry);
  const wishes = wishesOf(entries, articles[0], options);
  const hashes = articles.map(({ contentHash }) => options.copies.primaryOf(contentHash) ?? contentHash);
  for (const [index, { contentHash }] of articles.entries())
    options.copies.remember(contentHash, hashes[index] ?? contentHash);
  for (const copy of copies) options.copies.remember(copy.contentHash, hashes[0] ?? copy.contentHash);
  return {
    key: stableHash({ hashes, wishes, shape: options.shape }),
    sourceKey: stableHash([...sourcesOf(entries, options)].sort()),
    articles,
    copies,
    entries,
    priority: PRIORITIES.find((level) => entries.some((entry) => entry.priority === level)) ?? 'medium',
    ...wishes,
    ...categoriesOf(entries, options),
  };
}

/** A group that lacks a page today is the same post as the whole group of tomorrow: it is brought up to date, not written beside itself. */
function sourcesOf(entries: readonly [Entry, ...Entry[]], { groups }: PlanOptions): readonly string[] {
  const [{ post }] = entries;
  return (post === undefined ? undefined : groups.get(post)) ?? entries.map(({ url }) => url);
}

function categoriesOf(entries: readonly Entry[], options: PlanOptions): Pick<Brief, 'categories'> {
  const named = [...new Set(entries.flatMap(({ categories = [] }) => categories))];
  const categories = named.length > 0 ? named : options.categories;
  return categories.length === 0 ? {} : { categories };
}

function wishesOf(entries: readonly [Entry, ...Entry[]], article: Article, options: PlanOptions) {
  const first = <T>(values: readonly (T | undefined)[]): T | undefined => values.find((value) => value !== undefined);
  const sourceLang = article.lang === 'und' ? 'en' : article.lang;
  return {
    keywords: [...new Set(entries.flatMap(({ keywords }) => keywords))],
    lang: first(entries.map(({ lang }) => lang)) ?? (options.lang === 'auto' ? sourceLang : options.lang),
    length: first(entries.map(({ length }) => length)) ?? options.length,
    tone: first(entries.map(({ tone }) => tone)) ?? options.tone,
    template: options.template,
    ...(options.audience === undefined ? {} : { audience: options.audience }),
  };
}

function mapNonEmpty<T, R>([first, ...rest]: readonly [T, ...T[]], fn: (item: T) => R): readonly [R, ...R[]] {
  return [fn(first), ...rest.map(fn)];
}
