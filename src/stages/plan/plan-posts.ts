import type { Clock, Emit } from '../../core/ports.ts';
import {
  type Article,
  type Brief,
  type Entry,
  PRIORITIES,
  type SourceCopy,
  type SourcedArticle,
} from '../../core/types.ts';
import { turn } from '../../util/async/turn.ts';
import { withPauses } from '../../util/async/with-pauses.ts';
import { stableHash, stableJson } from '../../util/stable-hash.ts';
import { beginOf, materialOf } from './material.ts';
import { createNearDuplicates, type Fingerprint, fingerprintOf } from './near-duplicates.ts';
import { type LanguageOptions, languageOf } from './post-language.ts';
import { baseKeyOf, type SourceKeyStore, sourceKeyOf, variantOf, type WantedVariants } from './source-keys.ts';

/** Remembers across runs which near-duplicate the post was written from, so that the same one is chosen again. */
export interface CopyIndex {
  primaryOf(contentHash: string): string | undefined;
  remember(contentHash: string, primaryHash: string): void;
}

export interface PlanOptions extends LanguageOptions {
  readonly length: number;
  readonly tone: string;
  readonly audience?: string;
  readonly template: string;
  /** Defaults for entries without their own. */
  readonly categories: readonly string[];
  readonly duplicates: 'merge' | 'skip' | 'keep';
  /** Fingerprint of everything else that affects an answer: prompt version, model, schema, style. */
  readonly shape: unknown;
  /** Addresses of the entries that each `post=NAME` has in this run. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Option sets requested in this run for the same sources. */
  readonly variants: WantedVariants;
  readonly copies: CopyIndex;
  readonly sourceKeys: SourceKeyStore;
  readonly emit: Emit;
  /** Number of briefs held, so that later copies can be cited next to them. @default 32 */
  readonly window?: number;
  readonly clock: Clock;
}

/** Held briefs are released when no article has arrived for this long, so that writing does not wait for a slow page. */
const QUIET_MS = 250;

interface Plan {
  /** Address of the first source. */
  url: string;
  /** Material of the brief; cleared on release to free memory, because plans are remembered until the end. */
  held: Held | undefined;
}

interface Held {
  readonly sources: [SourcedArticle, ...SourcedArticle[]];
  readonly copies: SourceCopy[];
}

/**
 * Plans one post for each article, or for each group of `post=NAME`. Copies of a text already planned become part of that plan
 * while it is held (`merge`), or are skipped with the first one's address. The sources of a named post were chosen by the user, so
 * they are not copies. Plans are held until the window is full or no article arrives for a moment.
 */
export async function* planBriefs(
  articles: AsyncIterable<SourcedArticle>,
  options: PlanOptions,
  signal: AbortSignal,
): AsyncGenerator<Brief, void, undefined> {
  const held: Plan[] = [];
  const unfinished = new Map<string, SourcedArticle[]>();
  const known = createKnownTexts();
  const left = new Map<string, string>();
  const window = options.duplicates === 'keep' ? 0 : (options.window ?? 32);

  for await (const next of withPauses(articles, QUIET_MS, options.clock)) {
    signal.throwIfAborted();
    if (next === 'pause') {
      yield* release(held, held.length, left, options);
      continue;
    }
    await turn(); // a fingerprint takes long
    const plan = planItem(next.item, { unfinished, known }, options);
    if (plan !== undefined) held.push(plan);
    if (held.length > window) yield* release(held, held.length - window, left, options);
  }
  for (const [first, ...rest] of unfinished.values()) if (first !== undefined) held.push(planOf([first, ...rest]));
  yield* release(held, held.length, left, options);
}

interface PlanState {
  readonly unfinished: Map<string, SourcedArticle[]>;
  readonly known: KnownTexts;
}

/** A new plan; undefined when the article is a copy, or its group is incomplete. */
function planItem(item: SourcedArticle, { unfinished, known }: PlanState, options: PlanOptions): Plan | undefined {
  const { article, entry } = item;
  if (entry.post !== undefined) {
    const sources = gather(item, entry.post, { unfinished, groups: options.groups });
    return sources === undefined ? undefined : planOf(sources);
  }
  if (options.duplicates === 'keep') return planOf([item]);
  const fingerprint = fingerprintOf(beginOf(article.text));
  const texts = known.of(optionsOf([entry], article, options));
  const copied = texts.find(article.contentHash, fingerprint);
  if (copied !== undefined) {
    settleCopy(item, copied, options);
    return undefined;
  }
  const plan = planOf([item]);
  texts.add(article.contentHash, fingerprint, plan);
  return plan;
}

interface TextIndex {
  find(contentHash: string, fingerprint: Fingerprint): Plan | undefined;
  add(contentHash: string, fingerprint: Fingerprint, plan: Plan): void;
}

interface KnownTexts {
  /** The texts planned with these options: a post in another language or length is not a copy. */
  of(options: unknown): TextIndex;
}

function createKnownTexts(): KnownTexts {
  const indexes = new Map<string, TextIndex>();
  return {
    of(options) {
      const name = stableJson(options);
      const index = indexes.get(name) ?? createTextIndex();
      indexes.set(name, index);
      return index;
    },
  };
}

function createTextIndex(): TextIndex {
  const near = createNearDuplicates<Plan>();
  const byHash = new Map<string, Plan>();
  return {
    find: (contentHash, fingerprint) => byHash.get(contentHash) ?? near.find(fingerprint),
    add(contentHash, fingerprint, plan) {
      byHash.set(contentHash, plan);
      near.add(fingerprint, plan);
    },
  };
}

function planOf(sources: Held['sources']): Plan {
  return { url: sources[0].entry.url, held: { sources, copies: [] } };
}

/** The members of a post once all have arrived. */
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
    // The copy listed first is the primary, regardless of the order of arrival.
    const [kept, copy] = isFirstWritten ? [item, primary] : [primary, item];
    sources[0] = kept;
    plan.url = kept.entry.url;
    if (copy.entry.url !== kept.entry.url) copies.push({ url: copy.entry.url, contentHash: copy.article.contentHash });
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

/** Releases the most urgent plan first. `left` maps the key of each released brief to its first source, so that a post is planned once. */
function* release(held: Plan[], count: number, left: Map<string, string>, options: PlanOptions): Generator<Brief> {
  held.sort((a, b) => urgency(a) - urgency(b));
  for (const plan of held.splice(0, count)) {
    const leaving = plan.held;
    plan.held = undefined;
    if (leaving === undefined) continue;
    const brief = toBrief(leaving, options);
    const first = left.get(brief.key);
    if (first === undefined || options.duplicates === 'keep') {
      left.set(brief.key, plan.url);
      yield brief;
    } else
      for (const entry of brief.entries) reportCopy(entry, first, 'and the same options as the post of', options.emit);
  }
}

function urgency({ held }: Plan): number {
  return Math.min(...(held?.sources ?? []).map(({ entry }) => PRIORITIES.indexOf(entry.priority)));
}

function toBrief({ sources, copies }: Held, options: PlanOptions): Brief {
  const articles = mapNonEmpty(sources, ({ article }) => materialOf(article));
  const entries = mapNonEmpty(sources, ({ entry }) => entry);
  const chosen = {
    keywords: [...new Set(entries.flatMap(({ keywords }) => keywords))],
    ...optionsOf(entries, articles[0], options),
  };
  const hashes = articles.map(({ contentHash }) => options.copies.primaryOf(contentHash) ?? contentHash);
  for (const [index, { contentHash }] of articles.entries())
    options.copies.remember(contentHash, hashes[index] ?? contentHash);
  for (const copy of copies) options.copies.remember(copy.contentHash, hashes[0] ?? copy.contentHash);
  const base = baseKeyOf(sourcesOf(entries, options));
  return {
    key: stableHash({ hashes, wishes: chosen, shape: options.shape }),
    sourceKey: sourceKeyOf(base, variantOf(entries), options.variants, options.sourceKeys),
    articles,
    copies,
    entries,
    priority: PRIORITIES.find((level) => entries.some((entry) => entry.priority === level)) ?? 'medium',
    ...chosen,
    ...translationOf(entries, options),
    ...categoriesOf(entries, options),
  };
}

/** A group with a missing page has the same identity as the complete group, so a later run updates its post instead of adding a second one. */
function sourcesOf(entries: readonly [Entry, ...Entry[]], { groups }: PlanOptions): readonly string[] {
  const [{ post }] = entries;
  return (post === undefined ? undefined : groups.get(post)) ?? entries.map(({ url }) => url);
}

/** Posts of the same sources find each other by a key that their languages do not change. */
function translationOf(entries: readonly [Entry, ...Entry[]], options: PlanOptions): Pick<Brief, 'translation'> {
  const [{ languages, post, lang }] = entries;
  if (languages === undefined || !options.translates) return {};
  const urls = [...sourcesOf(entries, options)];
  // Every language of a named post has the same sources, whatever its name.
  const name = post === undefined ? '' : post.replace(` (${lang})`, '');
  return { translation: { key: stableHash([baseKeyOf(urls), name]).slice(0, 16), languages } };
}

function categoriesOf(entries: readonly Entry[], options: PlanOptions): Pick<Brief, 'categories'> {
  const named = [...new Set(entries.flatMap(({ categories = [] }) => categories))];
  const categories = named.length > 0 ? named : options.categories;
  return categories.length === 0 ? {} : { categories };
}

/** Options of the post from its entries, with defaults from the settings. */
function optionsOf(entries: readonly Entry[], article: Article, options: PlanOptions) {
  const first = <T>(values: readonly (T | undefined)[]): T | undefined => values.find((value) => value !== undefined);
  return {
    lang: languageOf(entries, article, options),
    length: first(entries.map(({ length }) => length)) ?? options.length,
    tone: first(entries.map(({ tone }) => tone)) ?? options.tone,
    template: options.template,
    ...(options.audience === undefined ? {} : { audience: options.audience }),
  };
}

function mapNonEmpty<T, R>([first, ...rest]: readonly [T, ...T[]], fn: (item: T) => R): readonly [R, ...R[]] {
  return [fn(first), ...rest.map(fn)];
}
