import type { Clock } from '../../core/ports.ts';
import type { TargetCheck } from '../../core/publishing.ts';
import { type JsonAnswer, type JsonRequest, refused } from '../json-client.ts';

export type GhostApi = (
  method: JsonRequest['method'],
  path: string,
  signal: AbortSignal,
  content?: Pick<JsonRequest, 'body' | 'bytes'>,
) => Promise<JsonAnswer>;

/** Ghost refuses a token whose time is five minutes away from its own. */
export async function checkSite(api: GhostApi, clock: Clock, signal: AbortSignal): Promise<TargetCheck> {
  const about = await api('GET', '/site/', signal);
  const { site } = (about.json ?? {}) as { readonly site?: { readonly version?: string } };
  const facts = {
    ...(site?.version === undefined ? {} : { version: `Ghost ${site.version}` }),
    ...(about.date === undefined ? {} : { clock: { theirs: about.date, ours: clock.now() } }),
  };
  const answer = await api('GET', '/posts/?limit=1&fields=id', signal);
  if (answer.status === 200) return { ...facts, problems: [] };
  const error = refused('Ghost', 'list posts', answer);
  return { ...facts, problems: [error.message], refused: error };
}
