import type { RunEvent } from '../core/events.ts';
import type { Clock, Emit, EventSink } from '../core/ports.ts';
import { isoNow } from './clock.ts';

export interface EventBus {
  readonly emit: Emit;
  /** Returns the function that takes the sink off again. */
  subscribe(sink: EventSink): () => void;
}

/** Stamps each event with the clock and hands it to every sink; a sink that throws is reported and never stops the others or the run. */
export function createEventBus(clock: Clock, onSinkError: (error: unknown) => void): EventBus {
  const sinks = new Set<EventSink>();
  return {
    emit(body) {
      const event = { ...body, at: isoNow(clock) } as RunEvent; // EventBody is RunEvent without `at`; the spread puts it back
      for (const sink of sinks) {
        try {
          sink(event);
        } catch (error) {
          onSinkError(error);
        }
      }
    },
    subscribe(sink) {
      sinks.add(sink);
      return () => sinks.delete(sink);
    },
  };
}
