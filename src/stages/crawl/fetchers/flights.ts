import { unlessAborted } from '../../../util/async/unless-aborted.ts';

export interface FlightWait {
  readonly park: <T>(wait: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

export interface Flights<T> {
  /** Runs `fly`, or joins the call in flight with this key; each caller waits until its own signal aborts. */
  share(key: string, fly: () => Promise<T>, wait: FlightWait): Promise<T>;
}

interface Flight<T> {
  readonly answer: Promise<T>;
  /** The signal of the first caller, which ends the call for all. */
  readonly owner: AbortSignal;
}

/** Deduplicates concurrent calls. When the first caller aborts, one of the others starts the call again. */
export function createFlights<T>(): Flights<T> {
  const flights = new Map<string, Flight<T>>();
  return {
    async share(key, fly, { park, signal }) {
      for (;;) {
        const flight = flights.get(key);
        if (flight === undefined) break;
        try {
          return await park(() => unlessAborted(flight.answer, signal));
        } catch (error) {
          if (signal.aborted || !flight.owner.aborted) throw error;
        }
      }
      const flight: Flight<T> = { answer: fly(), owner: signal };
      flights.set(key, flight);
      try {
        return await flight.answer;
      } finally {
        flights.delete(key);
      }
    },
  };
}
