import { BloggerError } from '../../../core/errors.ts';
import { type AiPolicySetting, type AiSignal, judgeSignals, policyError } from '../policy/ai-policy.ts';
import { robotsSignals } from '../policy/page-signals.ts';
import type { Tdmrep } from '../policy/tdmrep.ts';
import type { Robots } from '../robots/robots.ts';
import { isAllowed, usageFor } from '../robots/robots-rules.ts';
import type { CrawlFetcher, CrawlRequest } from './crawl-request.ts';

export interface AdmittingFetcherOptions {
  readonly robots: Robots;
  readonly tdmrep: Tdmrep;
  readonly obeyRobots: boolean;
  readonly aiPolicy: AiPolicySetting;
}

/** Asks the site's own files first: what robots.txt forbids or the site reserves from AI use is never requested. */
export function admittingFetcher(inner: CrawlFetcher, { robots, tdmrep, obeyRobots, aiPolicy }: AdmittingFetcherOptions): CrawlFetcher {
  async function admit({ url, context }: CrawlRequest, signal: AbortSignal): Promise<readonly AiSignal[]> {
    if (!obeyRobots && aiPolicy === 'ignore') return [];
    const { pathname, search } = new URL(url);
    const answer = await robots.read(url, context, signal);
    if (answer.kind === 'unreachable') {
      if (obeyRobots) throw unreachableError(url, answer.error);
      return [];
    }
    if (obeyRobots && !isAllowed(answer.rules, pathname + search)) throw deniedError(url);
    const signals = robotsSignals(usageFor(answer.rules, pathname + search));
    if (aiPolicy === 'ignore') return signals;
    const all = [...signals, ...(await tdmrep.read(url, context, signal))];
    const verdict = judgeSignals(all, aiPolicy);
    if (!verdict.allowed) throw policyError(url, verdict);
    return all;
  }

  return {
    async fetch(request, signal) {
      const signals = await admit(request, signal);
      return { ...(await inner.fetch(request, signal)), signals };
    },
  };
}

function deniedError(url: string): BloggerError {
  return new BloggerError(`robots.txt of ${new URL(url).host} forbids ${url}`, {
    code: 'ROBOTS_DENIED',
    hint: 'Take the entry out of the list, or ask the site owner.',
  });
}

/** An address that may not be asked, a name that does not exist or a host already given up says so itself, better than "robots.txt". */
function unreachableError(url: string, error: BloggerError): BloggerError {
  if (!error.retryable && error.code !== 'HTTP_STATUS') return error;
  return new BloggerError(`${new URL(url).host} is not crawled because its robots.txt could not be read: ${error.message}`, {
    code: 'ROBOTS_UNREACHABLE',
    hint: 'Until robots.txt answers, RFC 9309 forbids the whole host. Run the same command again later.',
    cause: error,
  });
}
