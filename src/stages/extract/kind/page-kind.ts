/**
 * The kind of a page that is not an article. Each kind has a table of evidence with points for and against; a kind is chosen only if the points reach a
 * sum that no single piece of evidence has. A page with much running text is an article whatever its words.
 */

import type { HeadData } from '../document/read-head.ts';
import type { PageFacts } from '../judge/page-facts.ts';
import { namesIn, type PageSigns } from './page-signs.ts';
import { countTopics, type Topic, type TopicHits } from './vocabulary.ts';

export type PageKind =
  | 'an error page'
  | 'a consent wall'
  | 'a teaser before a paywall'
  | 'an application shell'
  | 'an access check'
  | 'a login page'
  | 'a listing'
  | 'the front page';

export interface PageView {
  readonly url: string;
  readonly finalUrl: string;
  readonly head: HeadData;
  readonly facts: PageFacts;
  readonly signs: PageSigns;
  readonly kept: readonly boolean[];
  readonly text: string;
  readonly html: string;
  /** The page states that its text is not free. */
  readonly paid: boolean;
  readonly publishedAt: string | undefined;
  readonly author: string | undefined;
  readonly statedWords: number;
}

interface Evidence<Page = Weighed> {
  readonly points: number;
  readonly test: (page: Page) => boolean;
}

interface Marked extends PageView {
  readonly isMarked: boolean;
}

interface Weighed extends Marked {
  /** Class names and ids of the page, each once. */
  readonly names: string;
  readonly label: string;
  readonly topics: Record<Topic, TopicHits>;
  readonly labelTopics: Record<Topic, TopicHits>;
  /** Lines around the end of the text. */
  readonly end: readonly string[];
  readonly tail: Record<Topic, TopicHits>;
}

/** Running text beyond this is an article; kinds below are for pages with less. */
const LONG = 1_800;
const ENOUGH = 5;

/** The kind with the most points; undefined for an article, and in unclear cases. */
export function recognizePage(view: PageView): PageKind | undefined {
  const marked = { ...view, isMarked: isMarkedArticle(view) };
  if (isFrontPage(marked)) return 'the front page';
  // There every other kind has too many points against it, so its evidence need not be read.
  if (isLong(view)) return sumOf(LISTING, marked) >= ENOUGH ? 'a listing' : undefined;
  const page = weigh(marked);
  const sums = (Object.entries(KINDS) as [PageKind, readonly Evidence[]][]).map(([kind, evidence]) => ({
    // the table's own keys
    kind,
    sum: sumOf(evidence, page),
  }));
  const [best] = sums.sort((a, b) => b.sum - a.sum);
  return best !== undefined && best.sum >= ENOUGH ? best.kind : undefined;
}

function sumOf<Page>(evidence: readonly Evidence<Page>[], page: Page): number {
  return evidence.reduce((sum, { points, test }) => sum + (test(page) ? points : 0), 0);
}

function isMarkedArticle({ facts }: PageView): boolean {
  const { ogType, linkedTypes } = facts.hints;
  return (
    /article/.test(ogType) || linkedTypes.some((type) => /(?:Article|BlogPosting|Report|Recipe|Review)$/.test(type))
  );
}

function weigh(view: Marked): Weighed {
  const { facts, head, text } = view;
  const heading = facts.outline.blocks.find((block) => block.heading > 0 && block.heading <= 2)?.text ?? '';
  const end = aroundEnd(view);
  const label = `${head.title} | ${heading}`.slice(0, 300);
  return {
    ...view,
    names: namesIn(view.html),
    label,
    topics: countTopics(`${heading}\n${text}`),
    labelTopics: countTopics(label),
    end,
    tail: countTopics(end.join('\n')),
  };
}

/** The end of the text and what follows it: where an offer to subscribe stands. */
function aroundEnd({ facts, kept }: PageView): string[] {
  const last = kept.lastIndexOf(true);
  return facts.outline.blocks.slice(Math.max(0, last - 4), last + 14).map((block) => block.text);
}

/** A dead address that redirects to the front page. */
function isFrontPage({ url, finalUrl, isMarked, publishedAt }: Marked): boolean {
  if (isMarked || publishedAt !== undefined || !URL.canParse(url) || !URL.canParse(finalUrl)) return false;
  const [asked, given] = [new URL(url), new URL(finalUrl)];
  const isRoot = /^\/(?:index\.\w+|[a-z]{2}(?:-[a-z]{2})?\/?)?$/i.test(given.pathname) && given.search === '';
  return isRoot && asked.pathname.split('/').filter((part) => part !== '').length >= 2;
}

const isShort = ({ signs }: Weighed) => signs.kept < LONG;
const isLong = ({ signs }: PageView) => signs.kept >= LONG;
const isNoIndex = ({ head }: Weighed) => (head.metas.get('robots')?.[0] ?? '').toLowerCase().includes('noindex');
const isDated = ({ publishedAt }: Weighed) => publishedAt !== undefined;

/** Evidence against every kind with little text. */
const AGAINST: readonly Evidence[] = [
  { points: -20, test: isLong },
  { points: -3, test: ({ isMarked }) => isMarked },
  { points: -2, test: isDated },
  { points: -1, test: ({ author }) => author !== undefined },
];

const LISTING: readonly Evidence<Marked>[] = [
  { points: -3, test: ({ isMarked }) => isMarked },
  { points: 3, test: ({ signs }) => signs.teasers.share >= 0.5 },
  { points: 1, test: ({ signs }) => signs.teasers.share >= 0.7 },
  { points: 1, test: ({ signs }) => signs.teasers.count >= 8 },
  { points: 2, test: ({ signs }) => signs.prose < signs.teasers.weight * 0.3 },
  {
    points: 1,
    test: ({ facts }) =>
      facts.hints.linkedTypes.some((type) => /^(?:CollectionPage|ItemList|SearchResultsPage|Blog)$/.test(type)),
  },
  { points: 1, test: ({ facts }) => facts.outline.boxes.filter(({ tag }) => tag === 'article').length >= 4 },
  { points: 1, test: ({ facts }) => facts.hints.ogType === 'website' },
  { points: -4, test: ({ signs }) => signs.longestRun > 900 },
  { points: -2, test: ({ signs }) => signs.prose - signs.teasers.prose > signs.teasers.weight * 0.4 },
];

const KINDS: Readonly<Record<Exclude<PageKind, 'the front page'>, readonly Evidence[]>> = {
  'an error page': [
    ...AGAINST,
    { points: 3, test: ({ labelTopics }) => labelTopics.error.concepts >= 2 },
    { points: 1, test: ({ labelTopics }) => labelTopics.error.concepts === 1 },
    { points: 2, test: ({ label }) => /(?<!\d)(?:404|410|50[0-4])(?!\d)/.test(label) },
    { points: 2, test: ({ topics }) => topics.error.concepts >= 3 },
    { points: 1, test: ({ topics }) => topics.error.concepts >= 4 },
    { points: 1, test: ({ topics, signs }) => topics.error.hits * 160 > signs.kept },
    {
      points: 2,
      test: ({ names }) => /\b(?:error-?404|error-?page|not-?found|page-?not-?found|404(?:-page)?|e404)\b/.test(names),
    },
    { points: 2, test: isNoIndex },
    {
      points: 2,
      test: ({ finalUrl, head }) =>
        /(?:^|[/_-])(?:404|not-?found|error)(?:[/._-]|$)/i.test(`${pathOf(finalUrl)} ${pathOf(head.canonical ?? '')}`),
    },
    { points: 1, test: (page) => isShort(page) && page.signs.kept < 500 },
    { points: 1, test: ({ signs }) => signs.kept < 250 },
    { points: -4, test: ({ signs }) => signs.longestRun > 1_000 },
    { points: -3, test: ({ topics, signs }) => topics.error.hits * 400 < signs.kept },
  ],
  'a consent wall': [
    ...AGAINST,
    { points: 2, test: ({ topics }) => topics.consent.concepts >= 3 },
    { points: 2, test: ({ topics }) => topics.consent.concepts >= 4 },
    { points: 2, test: ({ topics, signs }) => topics.consent.hits * 120 > signs.kept },
    { points: 1, test: ({ labelTopics }) => labelTopics.consent.concepts >= 1 },
    { points: 1, test: ({ signs }) => signs.markup().tags.button >= 2 || signs.markup().tags.input >= 2 },
    { points: 1, test: ({ names }) => /\b(?:consent|cmp|gdpr|cookies?|privacy|tcf)\b/.test(names) },
    { points: 2, test: ({ finalUrl }) => /consent|privacy-?gate|cookie-?wall/i.test(finalUrl) },
    { points: 1, test: isNoIndex },
    { points: -4, test: ({ topics, signs }) => topics.consent.hits * 250 < signs.kept },
    // A wall asks for an answer.
    { points: -3, test: ({ signs }) => signs.markup().tags.button + signs.markup().tags.input === 0 },
  ],
  'a teaser before a paywall': [
    { points: -20, test: isLong },
    { points: -3, test: ({ signs }) => signs.kept < 60 },
    { points: 5, test: ({ paid }) => paid },
    { points: 3, test: ({ head }) => /locked|paid|premium/.test(head.metas.get('article:content_tier')?.[0] ?? '') },
    {
      points: 2,
      test: ({ names }) =>
        /\b(?:pay-?wall|reg-?wall|premium|subscriber-?only|locked|barrier|meter(?:ed\w{0,20})?|piano|offer|tp-container)\b/.test(
          names,
        ),
    },
    { points: 2, test: ({ tail }) => tail.paywall.concepts >= 2 },
    { points: 1, test: ({ tail }) => tail.paywall.concepts >= 3 },
    {
      points: 2,
      test: ({ end }) => end.slice(0, 6).some((line) => line.length > 40 && /(?:…|\.\.\.)\W{0,3}$/.test(line)),
    },
    { points: 2, test: ({ statedWords, signs }) => statedWords * 3 > signs.kept },
    { points: -1, test: ({ signs }) => signs.longestRun > 1_200 },
  ],
  'an application shell': [
    ...AGAINST,
    { points: -20, test: ({ signs }) => signs.prose > 400 || signs.kept > 600 },
    { points: -2, test: ({ signs }) => signs.kept > 300 },
    { points: 2, test: ({ signs }) => signs.all < 300 },
    { points: 2, test: ({ signs }) => signs.kept < 150 },
    { points: 2, test: ({ signs }) => signs.markup().emptyHosts >= 1 },
    { points: 1, test: ({ signs }) => signs.markup().tags.script >= 1 },
    { points: 1, test: ({ signs }) => signs.markup().tags.noscript >= 1 },
    { points: -5, test: ({ signs }) => signs.markup().tags.script === 0 },
    // A page with some text is short, not empty.
    { points: -3, test: ({ signs }) => signs.hasSentence && signs.markup().emptyHosts === 0 },
    { points: -3, test: ({ signs }) => signs.hasSentence && signs.hasHeading },
  ],
  'an access check': [
    ...AGAINST,
    { points: 2, test: ({ topics }) => topics.access.concepts >= 2 },
    { points: 2, test: ({ topics }) => topics.access.concepts >= 3 },
    { points: 2, test: ({ labelTopics }) => labelTopics.access.concepts >= 1 },
    { points: 1, test: ({ topics, signs }) => topics.access.hits * 150 > signs.kept },
    { points: 1, test: ({ signs }) => signs.kept < 500 },
    { points: 2, test: ({ names }) => /captcha|\b(?:challenge|turnstile|cf-)/.test(names) },
    { points: 1, test: isNoIndex },
  ],
  'a login page': [
    ...AGAINST,
    { points: 4, test: ({ names }) => /\btype=password\b/.test(names) },
    { points: 3, test: ({ finalUrl }) => /[/.?](?:log-?in|sign-?in|logon|oauth2?|sso)(?:[/?.]|$)/i.test(finalUrl) },
    { points: 1, test: ({ signs }) => signs.kept < 500 },
    { points: 1, test: ({ topics }) => topics.paywall.concepts >= 1 },
    { points: 1, test: isNoIndex },
    { points: -3, test: ({ signs }) => signs.prose > 500 },
  ],
  'a listing': LISTING,
};

function pathOf(url: string): string {
  return URL.canParse(url, 'https://example.org/') ? new URL(url, 'https://example.org/').pathname : '';
}
