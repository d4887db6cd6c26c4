import type { EventOf, RunEvent } from '../core/events.ts';

/** Handlers by event type; other events are ignored. */
export type EventHandlers = { readonly [Type in RunEvent['type']]?: (event: EventOf<Type>) => void };

/** Calls the handler of the event's type, if there is one. */
export function handleEvents(handlers: EventHandlers): (event: RunEvent) => void {
  return (event) => {
    const handle = handlers[event.type] as ((event: RunEvent) => void) | undefined; // the row of this event's type
    handle?.(event);
  };
}
