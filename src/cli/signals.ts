import type { Io } from './io.ts';

export interface StopSignals extends Disposable {
  /** The first signal that came, if any. */
  readonly received: 'SIGINT' | 'SIGTERM' | undefined;
  /** Fires at the first signal: take no new work. */
  readonly stop: AbortSignal;
}

/** First signal: stop kindly. Second: leave at once; what is saved is saved. */
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
