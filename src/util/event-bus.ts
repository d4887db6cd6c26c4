import type { RunEvent } from '../core/events.ts';
import type { Clock, Emit, EventSink } from '../core/ports.ts';
import { isoNow } from './clock.ts';

export interface EventBus {
  readonly emit: Emit;
  /** Returns the unsubscribe function. */
  subscribe(sink: EventSink): () => void;
}

/** Adds a timestamp to each event and passes it to every sink. A sink that throws is reported; the other sinks and the run continue. */
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
