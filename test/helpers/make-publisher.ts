import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OwnFile, PostRecord } from '../../src/core/post-records.ts';
import type { CheckedDraft } from '../../src/core/types.ts';
import type { FileTargetOptions } from '../../src/targets/files/file-options.ts';
import { createFileTarget } from '../../src/targets/files/file-target.ts';
import { collectEvents, FakeClock } from './fakes.ts';
import { makeArticleOf, makeBrief } from './make-brief.ts';

export interface DraftMembers {
  readonly key?: string;
  readonly sourceKey?: string;
  readonly title?: string;
  readonly slug?: string;
  readonly body?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly categories?: readonly string[];
  /** Where the source is. */
  readonly url?: string;
  readonly held?: boolean;
  readonly digest?: boolean;
  readonly lang?: string;
}

export function makeCheckedDraft({
  key = 'k1',
  sourceKey = 's1',
  categories,
  url = 'https://a.example/x',
  held = false,
  digest = false,
  lang = 'en',
  ...content
}: DraftMembers = {}): CheckedDraft {
  const brief = makeBrief({
    key,
    sourceKey,
    lang,
    ...(categories === undefined ? {} : { categories }),
    articles: [makeArticleOf('Text.', { url, finalUrl: url, title: 'Source', contentHash: 'h1' })],
  });
  const provenance = {
    provider: 'openai',
    model: 'm',
    promptVersion: '1',
    tier: 'standard' as const,
    usage: { input: 1, cachedInput: 0, output: 1 },
    costUsd: undefined,
    reused: false,
    repairs: 0,
  };
  const filled = {
    title: 'A: title',
    description: 'About it.',
    slug: '',
    tags: ['one'],
    body: '## Part\n\nText.',
    ...content,
  };
  return { draft: { brief, content: filled, provenance, digest }, findings: [], holdAsDraft: held };
}

/** A publisher over a new folder, with its records in memory. */
export async function makePublisher(members: Partial<FileTargetOptions> = {}) {
  const records = new Map<string, PostRecord>();
  const files = new Map<string, OwnFile>();
  const heard = collectEvents();
  const out = members.out ?? join(await mkdtemp(join(tmpdir(), 'blogger-out-')), 'posts');
  const options: FileTargetOptions = {
    out,
    cwd: dirname(out),
    format: 'md',
    preset: 'generic',
    slug: 'unicode',
    internalLinks: 'related',
    disclosure: 'auto',
    images: 'none',
    pictureFolder: join(dirname(out), '.state', 'pictures'),
    timeZone: 'UTC',
    updateApproved: false,
    force: false,
    lang: 'en',
    generator: 'blogger 0',
    runId: 'r1',
    clock: new FakeClock(),
    records: {
      byKey: (key) => [...records.values()].find(({ post }) => post.key === key),
      bySourceKey: (sourceKey) => records.get(sourceKey),
      isSlugTaken: (slug, sourceKey) =>
        [...records].some(
          ([other, { post, translation }]) =>
            other !== sourceKey &&
            (translation === undefined ? post.slug : `${translation.lang}/${post.slug}`) === slug,
        ),
      save: (record) => void records.set(record.sourceKey, record),
      list: () => [...records.values()],
    },
    files: { find: (path) => files.get(path), claim: (path, file) => void files.set(path, file) },
    emit: heard.emit,
    ...members,
  };
  return {
    out,
    records,
    heard,
    options,
    publisher: createFileTarget(options),
    again: (more: Partial<FileTargetOptions>) => createFileTarget({ ...options, ...more }),
  };
}
