/** Calls in flight, to tell which of them the rate-limit headers of an answer may not include yet. */

export interface SentCall {
  readonly id: string;
  readonly tokens: number;
  readonly at: number;
}

export interface SentCalls {
  sent(call: SentCall): void;
  answered(call: SentCall): void;
  /** Calls that the headers of this call's answer may not count yet; of an unknown call everything in flight. */
  uncountedBy(id: string): { readonly requests: number; readonly tokens: number };
}

/** A call on a new connection may arrive this much later than one on an open connection. */
const OVERTAKEN_MS = 1000;

interface Row {
  readonly call: SentCall;
  inFlight: boolean;
}

/**
 * A vendor writes the headers between the arrival of a call and its answer. They may leave out calls that were sent after that call, and
 * calls that were sent shortly before it and arrived later.
 */
export function createSentCalls(): SentCalls {
  let rows: Row[] = [];

  return {
    sent(call) {
      rows.push({ call, inFlight: true });
    },
    answered(call) {
      for (const row of rows) if (row.call === call) row.inFlight = false;
      // Calls sent well before all calls in flight are included in every later answer.
      const oldest = rows.find(({ inFlight }) => inFlight)?.call.at ?? Number.POSITIVE_INFINITY;
      rows = rows.filter(({ call: { at } }) => at > oldest - OVERTAKEN_MS);
    },
    uncountedBy(id) {
      const own = rows.findLastIndex(({ call, inFlight }) => inFlight && call.id === id);
      const ownAt = rows[own]?.call.at ?? Number.NEGATIVE_INFINITY;
      const uncounted = rows.filter(({ call }, index) => index !== own && call.at > ownAt - OVERTAKEN_MS);
      return {
        requests: uncounted.length,
        tokens: uncounted.reduce((sum, { call }) => sum + call.tokens, 0),
      };
    },
  };
}
