/** Which calls an answer's headers surely count, and which they may not. Pure but for its own list. */

export interface Departure {
  readonly id: string;
  readonly tokens: number;
  readonly at: number;
}

export interface Departures {
  left(departure: Departure): void;
  answered(departure: Departure): void;
  /** Calls that the headers of this call's answer may not count yet; of an unknown call everything in flight. */
  uncountedBy(id: string): { readonly requests: number; readonly tokens: number };
}

/** A connection that is opened anew arrives so much later than one that was open. */
const OVERTAKEN_MS = 1000;

interface Row {
  readonly departure: Departure;
  inFlight: boolean;
}

/**
 * A vendor writes its headers at some time between a call's arrival and its answer, so whatever left after that call may be missing in
 * them, and so may a call that left shortly before and arrived later.
 */
export function createDepartures(): Departures {
  let rows: Row[] = [];

  return {
    left(departure) {
      rows.push({ departure, inFlight: true });
    },
    answered(departure) {
      for (const row of rows) if (row.departure === departure) row.inFlight = false;
      // What left well before everything in flight is counted in every answer to come.
      const oldest = rows.find(({ inFlight }) => inFlight)?.departure.at ?? Number.POSITIVE_INFINITY;
      rows = rows.filter(({ departure: { at } }) => at > oldest - OVERTAKEN_MS);
    },
    uncountedBy(id) {
      const own = rows.findLastIndex(({ departure, inFlight }) => inFlight && departure.id === id);
      const ownAt = rows[own]?.departure.at ?? Number.NEGATIVE_INFINITY;
      const uncounted = rows.filter(({ departure }, index) => index !== own && departure.at > ownAt - OVERTAKEN_MS);
      return {
        requests: uncounted.length,
        tokens: uncounted.reduce((sum, { departure }) => sum + departure.tokens, 0),
      };
    },
  };
}
