/** Where a post comes from: the sum of the answers that it was made of. */

import type { ModelReply } from '../../core/ports.ts';
import type { Provenance, Usage } from '../../core/types.ts';
import type { AskedReply } from './long-post.ts';

export type Replies = readonly [AskedReply, ...AskedReply[]];

export interface ProvenanceOptions {
  readonly provider: string;
  readonly promptVersion: string;
  readonly costUsd: (reply: ModelReply) => number | undefined;
}

/** The answer that counts: later ones replace those before. */
export function lastOf([first, ...rest]: Replies): ModelReply {
  return (rest.at(-1) ?? first).reply;
}

export function provenanceOf([first, ...rest]: Replies, repairs: number, options: ProvenanceOptions): Provenance {
  return rest.reduce((sum, one) => joined(sum, ofOne(one, repairs, options)), ofOne(first, repairs, options));
}

function ofOne({ reply, reused }: AskedReply, repairs: number, options: ProvenanceOptions): Provenance {
  const { provider, promptVersion, costUsd } = options;
  return {
    provider,
    model: reply.model,
    promptVersion,
    tier: reply.tier,
    usage: reply.usage ?? NO_USAGE,
    costUsd: costUsd(reply),
    reused,
    repairs,
  };
}

const NO_USAGE: Usage = { input: 0, cachedInput: 0, output: 0 };

/** The cost of a post with two answers is the sum of both. */
export function joined(first: Provenance, second: Provenance): Provenance {
  return {
    ...second,
    usage: {
      input: first.usage.input + second.usage.input,
      cachedInput: first.usage.cachedInput + second.usage.cachedInput,
      output: first.usage.output + second.usage.output,
    },
    costUsd: first.costUsd === undefined || second.costUsd === undefined ? undefined : first.costUsd + second.costUsd,
  };
}
