import { unlessAborted } from '../../../util/unless-aborted.ts';

export interface FlightWait {
  readonly park: <T>(wait: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

export interface Flights<T> {
  /** What `fly` comes to, or the flight of this key that is under way; each waits only as long as its own signal lets it. */
  share(key: string, fly: () => Promise<T>, wait: FlightWait): Promise<T>;
}

interface Flight<T> {
  readonly answer: Promise<T>;
  /** The signal of whoever asked first, which ends the flight for all. */
  readonly owner: AbortSignal;
}

/** Work that several want at once is done once. When it ended because its owner gave up, which is no answer, another one asks anew. */
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
