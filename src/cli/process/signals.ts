import type { Io } from './io.ts';

export interface StopSignals extends Disposable {
  /** The first signal received, if any. */
  readonly received: 'SIGINT' | 'SIGTERM' | undefined;
  /** Aborted at the first signal: take no new work. */
  readonly stop: AbortSignal;
}

/** First signal: graceful stop. Second: exit at once; saved results are kept. */
export function listenForStop(io: Io): StopSignals {
  const controller = new AbortController();
  let received: 'SIGINT' | 'SIGTERM' | undefined;
  const off = io.onSignal((name) => {
    if (received !== undefined) {
      io.exitNow(name === 'SIGINT' ? 130 : 143);
      return;
    }
    received = name;
    controller.abort(new DOMException(`Stopped by ${name}`, 'AbortError'));
  });
  return {
    get received() {
      return received;
    },
    stop: controller.signal,
    [Symbol.dispose]: off,
  };
}
