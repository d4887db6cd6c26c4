let last: Promise<void> = Promise.resolve();

/**
 * Resolves in a turn of the event loop of its own: timers, sockets and signals come between two callers. Promises alone give them no
 * turn, and callbacks of `setImmediate` that wait together run in one.
 */
export function turn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
  return last;
}
