import type { ModelReply } from '../../src/core/ports.ts';
import type { Article, Brief, Draft, Entry } from '../../src/core/types.ts';

export function makeEntry(members: Partial<Entry> = {}): Entry {
  const url = members.url ?? 'https://example.org/a';
  return {
    index: 0,
    url,
    original: url,
    priority: 'medium',
    keywords: [],
    position: { file: 'urls.txt', line: 1 },
    ...members,
  };
}

export function makeArticleOf(text: string, members: Partial<Article> = {}): Article {
  return {
    url: 'https://example.org/a',
    finalUrl: 'https://example.org/a',
    title: 'A title',
    lang: 'en',
    text,
    markdown: text,
    links: [],
    images: [],
    contentHash: `hash of ${text.slice(0, 20)}`,
    fetchedAt: '2026-01-01T00:00:00.000Z',
    policy: { allowed: true, policy: 'respect' },
    ...members,
  };
}

export function makeBrief(members: Partial<Brief> = {}): Brief {
  return {
    key: 'key-1',
    sourceKey: 'source-1',
    articles: [makeArticleOf('The harbour opened in 1902. It has 12 berths. "We are glad," said Ann Lee.')],
    copies: [],
    entries: [makeEntry()],
    priority: 'medium',
    keywords: [],
    lang: 'en',
    length: 1000,
    tone: 'plain',
    template: 'article',
    ...members,
  };
}

/** A draft with this body, as the checks of the body get it: none of them reads who wrote it. */
export function makeDraftOf(body: string, article: Article): Draft {
  return {
    brief: makeBrief({ articles: [article], lang: article.lang }),
    content: { title: '', description: '', slug: '', tags: [], body },
    digest: false,
    provenance: {} as never,
  };
}

export const POST = {
  title: 'The harbour of Lee',
  description: 'What the harbour is, when it opened, how many berths it has and what people say of it today.',
  slug: 'harbour',
  tags: ['harbour'],
  body: '## Past\n\nThe harbour opened in 1902 and has 12 berths today.',
} as const;

export function makeReply(members: Partial<ModelReply> = {}): ModelReply {
  return {
    text: JSON.stringify(POST),
    finishReason: 'stop',
    usage: { input: 100, cachedInput: 0, output: 50 },
    tier: 'standard',
    model: 'test-model',
    raw: '{}',
    ...members,
  };
}
