/** What a file of the output folder says of itself: whose post it is, and what a person decided. Everything needed for that stands in it. */

import { decodeHTML } from 'entities';
import { describeFront, type PostFront } from '../../core/post-front.ts';
import { DRAFT_MARK, NO_INDEX } from '../../stages/publish/render/pages/held-marks.ts';
import { hasSeal, isSealed } from '../../stages/publish/render/seal.ts';
import { readFrontMatter } from '../../util/front/front-matter.ts';

export interface OwnPost extends PostFront {
  /** Of the sources that it was written from; absent in what a person wrote. */
  readonly sourceKey?: string;
  readonly briefKey?: string;
  readonly form?: string;
  readonly modified?: string;
  /** `none`, or who decided what and when. */
  readonly review: string;
  readonly disclosure?: string;
  /** Of the posts of the same sources in all languages. */
  readonly translationKey?: string;
  /** As blogger wrote it, or with a person's decision and no other change. */
  readonly isUntouched: boolean;
}

/** Reads a post by the ending of its file's name. */
export function readOwn(text: string, file: string): OwnPost {
  if (/\.x?html?(?:\.draft)?$/i.test(file)) return readHtml(text);
  const { data, body } = readFrontMatter(text);
  const front = describeFront(data);
  const provenance = provenanceOf(data);
  const word = (name: string) => {
    const value = provenance[name] ?? data[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return ownPost(text, {
    front: front.title === undefined ? { ...front, ...headingOf(body) } : front,
    sourceKey: word('source'),
    briefKey: word('brief'),
    form: word('form'),
    modified: firstWord(data, 'lastmod', 'updatedDate', 'last_modified_at', 'updated', 'modified'),
    review: word('review'),
    disclosure: word('disclosure'),
    translationKey:
      word('translationKey') ?? firstWord({ ...asMap(data['extra']), ...data }, 'translationKey', 'translationkey'),
  });
}

/** The title where the preset writes it above the text only. */
function headingOf(body: string): { readonly title?: string } {
  const heading = /^[ \t]{0,3}# (.+)$/m.exec(body)?.[1];
  return heading === undefined
    ? {}
    : { title: decodeHTML(heading.replaceAll('<!---->', '').replace(/\\(?=[!-/:-@[-`{-~])/g, '')) };
}

interface Facts {
  readonly front: PostFront;
  readonly sourceKey: string | undefined;
  readonly briefKey: string | undefined;
  readonly form: string | undefined;
  readonly modified: string | undefined;
  readonly review: string | undefined;
  readonly disclosure: string | undefined;
  readonly translationKey: string | undefined;
}

function ownPost(text: string, { front, sourceKey, review = 'none', ...facts }: Facts): OwnPost {
  const isOwn = sourceKey !== undefined && hasSeal(text);
  const known = Object.fromEntries(
    Object.entries({ ...facts, ...(isOwn ? { sourceKey } : {}) }).filter(([, value]) => value !== undefined),
  );
  return { ...front, ...known, review, isUntouched: isOwn && isSealed(text, sourceKey) };
}

/** Where the preset keeps it: by itself, or with what the generator does not know. */
export function provenanceOf(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const extra = asMap(data['extra']);
  return asMap(data['provenance'] ?? extra['provenance']);
}

function readHtml(html: string): OwnPost {
  const head = html.slice(0, Math.max(html.indexOf('</head>'), 0));
  const meta = (name: string) =>
    unescapeHtml(new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)">`).exec(head)?.[1]);
  const title = unescapeHtml(/<title>([^<]*)<\/title>/.exec(head)?.[1]);
  const description = meta('description');
  const date = meta('article:published_time');
  const lang = /<html lang="([^"]*)"/.exec(html)?.[1];
  return ownPost(html, {
    front: {
      tags: [],
      categories: [],
      hidden: html.includes(NO_INDEX.trimEnd()) || new RegExp(`</time>${DRAFT_MARK}</p>`).test(html),
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
      ...(date === undefined ? {} : { date }),
      ...(lang === undefined ? {} : { lang }),
    },
    sourceKey: meta('blogger-source'),
    briefKey: meta('blogger-brief'),
    form: meta('blogger-form'),
    modified: meta('article:modified_time'),
    review: meta('blogger-review'),
    disclosure: meta('blogger-disclosure'),
    translationKey: meta('blogger-translation'),
  });
}

function unescapeHtml(text: string | undefined): string | undefined {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text?.replace(/&(amp|lt|gt|quot|#39);/g, (entity, name: string) => signs[name] ?? entity);
}

function firstWord(data: Readonly<Record<string, unknown>>, ...names: string[]): string | undefined {
  return names.map((name) => data[name]).find((value): value is string => typeof value === 'string');
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
