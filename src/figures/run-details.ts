import type { RunEvent } from '../core/events.ts';
import type { HostStats } from '../core/figures/stats.ts';
import type { TierStats } from '../services/cache/tier.ts';

export interface PostFigures {
  readonly title: string;
  /** Relative to the output folder. */
  readonly file: string;
  readonly draft: boolean;
  readonly score?: number;
  readonly costUsd?: number;
  /** How often each rule was broken. */
  readonly findings: Readonly<Record<string, number>>;
}

/** What is kept of a run beside its summary. */
export interface RunDetails {
  readonly hosts: Readonly<Record<string, HostStats>>;
  /** Pages that came from their hosts, by time: the first count is of those up to the first of `LATENCY_BOUNDS_MS`, the last of all slower ones. */
  readonly latency: readonly number[];
  /** Pages by what their owners say of AI use (`page:end`), and those that were left alone for it; absent in older records. */
  readonly policies?: Readonly<Record<string, number>>;
  readonly posts: readonly PostFigures[];
  readonly cache: readonly TierStats[];
}

export const LATENCY_BOUNDS_MS = [50, 100, 200, 400, 800, 1600, 3200, 6400] as const;

/** Sites word their wishes in few ways; an odd one must not fill the record. */
const MAX_POLICIES = 50;

export interface DetailsCollector {
  readonly sink: (event: RunEvent) => void;
  details(): Pick<RunDetails, 'latency' | 'policies' | 'posts'>;
}

/** Gathers from events what a report shows post by post. Its size grows with the posts, not with the events. */
export function collectDetails(): DetailsCollector {
  const checks = new Map<string, Pick<PostFigures, 'score' | 'findings'>>();
  const posts = new Map<string, PostFigures>();
  const latency = [...LATENCY_BOUNDS_MS.map(() => 0), 0];
  const policies: Record<string, number> = {};
  const countPolicy = (text: string) => {
    const name = text in policies || Object.keys(policies).length < MAX_POLICIES ? text : 'others';
    policies[name] = (policies[name] ?? 0) + 1;
  };
  return {
    sink(event) {
      if (event.type === 'page:end' && !event.fromCache) {
        const bucket = bucketOf(event.ms);
        latency[bucket] = (latency[bucket] ?? 0) + 1;
      }
      if (event.type === 'page:end') countPolicy(event.policy);
      if (event.type === 'entry:skip' && event.failure.code === 'POLICY_DENIED')
        countPolicy(`refused${reasonInBrackets(event.failure.message)}`);
      if (event.type === 'check:end') {
        const findings: Record<string, number> = {};
        for (const { rule } of event.findings) findings[rule] = (findings[rule] ?? 0) + 1;
        checks.set(event.key, { findings, ...(event.score === undefined ? {} : { score: event.score }) });
      }
      if (event.type === 'post:saved') {
        const { key, title, file, draft, costUsd } = event;
        posts.set(key, {
          title,
          file,
          draft,
          ...(costUsd === undefined ? {} : { costUsd }),
          ...(checks.get(key) ?? { findings: {} }),
        });
        checks.delete(key);
      }
    },
    details: () => ({ latency, policies, posts: [...posts.values()] }),
  };
}

function bucketOf(ms: number): number {
  const index = LATENCY_BOUNDS_MS.findIndex((bound) => ms <= bound);
  return index === -1 ? LATENCY_BOUNDS_MS.length : index;
}

/** ` (reason)` at the end of a message, or nothing. */
function reasonInBrackets(message: string): string {
  const start = message.indexOf(' (');
  return start !== -1 && message.endsWith(')') ? message.slice(start) : '';
}
