import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { TargetCheck } from '../../core/publishing.ts';
import { requestText } from '../json-client.ts';
import { siteOf, type WordPressAccess, type WordPressApi } from './api.ts';
import { refusedByWordPress } from './refused.ts';

const RIGHTS = ['edit_posts', 'publish_posts', 'upload_files'];

/** What the user may not do, what the site runs, and what its clock says. */
export async function checkSite(
  api: WordPressApi,
  { url, user, clock }: WordPressAccess & { readonly clock: Clock },
  signal: AbortSignal,
): Promise<TargetCheck> {
  const answer = await api('GET', '/users/me?context=edit', signal);
  const time = answer.date === undefined ? {} : { clock: { theirs: answer.date, ours: clock.now() } };
  if (answer.status !== 200 || answer.json === undefined)
    return refusal(refusedByWordPress('show the user', answer), time);
  const { capabilities = {} } = answer.json as { readonly capabilities?: Readonly<Record<string, boolean>> };
  if (capabilities['edit_posts'] !== true) return refusal(mayNotWrite(user), time);
  const missing = RIGHTS.filter((one) => capabilities[one] !== true);
  const feed = await requestText(`${siteOf(url)}/?feed=rss2`, signal).catch(() => '');
  const version = /<generator>https:\/\/wordpress\.org\/\?v=([\d.]+)/.exec(feed)?.[1];
  return {
    ...time,
    ...(version === undefined ? {} : { version: `WordPress ${version}` }),
    problems: missing.length === 0 ? [] : [`The user ${user} may not ${missing.join(', ')}.`],
  };
}

function refusal(error: BloggerError, time: Pick<TargetCheck, 'clock'>): TargetCheck {
  return { ...time, problems: [error.message], refused: error };
}

function mayNotWrite(user: string): BloggerError {
  return new BloggerError(`The user ${user} may not edit_posts.`, {
    code: 'TARGET_AUTH',
    hint: 'Give it the role of a contributor or more (Users → Role).',
  });
}
