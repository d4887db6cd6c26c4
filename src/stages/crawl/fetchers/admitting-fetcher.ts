import { BloggerError } from '../../../core/errors.ts';
import { type AiPolicySetting, type AiSignal, judgeSignals, policyError } from '../policy/ai-policy.ts';
import { robotsSignals } from '../policy/page-signals.ts';
import type { Tdmrep } from '../policy/tdmrep.ts';
import type { Robots } from '../robots/robots.ts';
import { isAllowed, NO_RULES, usageFor } from '../robots/robots-rules.ts';
import type { CrawlFetcher, CrawlRequest, ReadContext } from './crawl-request.ts';

export interface AdmittingFetcherOptions {
  readonly robots: Robots;
  readonly tdmrep: Tdmrep;
  readonly obeyRobots: boolean;
  readonly aiPolicy: AiPolicySetting;
}

/** Checks robots.txt and the AI policy first: forbidden or reserved pages are never requested. */
export function admittingFetcher(
  inner: CrawlFetcher,
  { robots, tdmrep, obeyRobots, aiPolicy }: AdmittingFetcherOptions,
): CrawlFetcher {
  async function admit({ url, context }: CrawlRequest, signal: AbortSignal): Promise<readonly AiSignal[]> {
    if (!obeyRobots && aiPolicy === 'ignore') return [];
    const { pathname, search } = new URL(url);
    const answer = await robots.read(url, context, signal);
    if (obeyRobots && answer.kind === 'unreachable') throw unreachableError(url, answer.error);
    const rules = answer.kind === 'rules' ? answer.rules : NO_RULES;
    if (obeyRobots && !isAllowed(rules, pathname + search)) throw deniedError(url);
    const signals = robotsSignals(usageFor(rules, pathname + search));
    if (aiPolicy === 'ignore') return signals;
    const all = [...signals, ...(await readReservations(url, context, signal))];
    const verdict = judgeSignals(all, aiPolicy);
    if (!verdict.allowed) throw policyError(url, verdict);
    return all;
  }

  /** An unreadable policy file counts as a reservation. */
  async function readReservations(
    url: string,
    context: ReadContext,
    signal: AbortSignal,
  ): Promise<readonly AiSignal[]> {
    const answer = await tdmrep.read(url, context, signal);
    if (answer.kind === 'signals') return answer.signals;
    if (aiPolicy === 'respect') throw unknownError(url, answer.error);
    return [];
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

function unreachableError(url: string, error: BloggerError): BloggerError {
  if (speaksForItself(error)) return error;
  return new BloggerError(
    `${new URL(url).host} is not crawled because its robots.txt could not be read: ${error.message}`,
    {
      code: 'ROBOTS_UNREACHABLE',
      hint: 'Until robots.txt answers, RFC 9309 forbids the whole host. Run the same command again later.',
      cause: error,
    },
  );
}

function unknownError(url: string, error: BloggerError): BloggerError {
  if (speaksForItself(error)) return error;
  return new BloggerError(
    `${new URL(url).host} is not read because its tdmrep.json, which may reserve its text from AI use, could not be read: ${error.message}`,
    {
      code: 'POLICY_UNREACHABLE',
      hint: 'Run the same command again later. Where the file does not exist and the server says 5xx instead of 404, get the owner’s leave and set aiPolicy to warn (--ai-policy warn).',
      cause: error,
    },
  );
}

/** Errors without a request: a refused address, an unknown host name, or an unhealthy host. */
function speaksForItself({ retryable, code }: BloggerError): boolean {
  return !retryable && code !== 'HTTP_STATUS';
}
