/** Collects requests for a vendor batch; sends it when no post can add another one, because each waits for an answer or budget, or is done. */

import type { ModelReply, ModelRequest } from '../../../core/ports.ts';
import type { Gatherer } from '../gather-live.ts';

export interface WaveItem {
  readonly request: ModelRequest;
  readonly signal: AbortSignal;
  resolve(reply: ModelReply): void;
  reject(error: unknown): void;
}

export interface WavesOptions {
  /** Maximum requests per wave. */
  readonly size: number;
  /** Receives a wave and must settle each of its items. */
  readonly send: (items: readonly WaveItem[]) => void;
  /** Posts that wait for money until other posts are done. */
  readonly blocked: () => number;
}

export interface Waves extends Gatherer {
  /** The post waits for a pending answer. */
  track(post: string, answer: Promise<unknown>): void;
  /** Delays waves while the answers of a batch are delivered, so that all their repairs are sent together. */
  pause(): () => void;
  /** `blocked` has changed. */
  look(): void;
}

export function createWaves({ size, send, blocked }: WavesOptions): Waves {
  const inWork = new Set<string>();
  const awaited = createAwaited(look);
  const waiting = createLine();
  let pauses = 0;
  let isFlushed = false;
  let isLooking = false;

  /** In the next turn of the event loop: requests added in this one are sent together. */
  function look(): void {
    if (isLooking) return;
    isLooking = true;
    setImmediate(() => {
      isLooking = false;
      while (waiting.length >= size) send(waiting.take(size));
      const busy = inWork.size - awaited.size - blocked();
      if (isFlushed && pauses === 0 && busy <= 0 && waiting.length > 0) send(waiting.take(size));
    });
  }

  return {
    add(request, signal) {
      const answer = waiting.add(request, signal);
      awaited.track(request.brief.key, answer);
      return answer;
    },
    flush() {
      isFlushed = true;
      look();
    },
    begin(post) {
      inWork.add(post);
    },
    end(post) {
      inWork.delete(post);
      awaited.drop(post);
      look();
    },
    track: awaited.track,
    pause() {
      pauses += 1;
      return () => {
        pauses -= 1;
        look();
      };
    },
    look,
  };
}

interface Line {
  /** Waits for the reply; rejects and leaves the line when the signal fires. */
  add(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
  /** Removes the first `count` items. */
  take(count: number): readonly WaveItem[];
  readonly length: number;
}

/** The requests that no wave has taken yet. */
function createLine(): Line {
  let waiting: readonly WaveItem[] = [];
  return {
    add(request, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const item: WaveItem = { request, signal, resolve, reject };
        waiting = [...waiting, item];
        const abandon = () => {
          waiting = waiting.filter((other) => other !== item);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', abandon, { once: true });
      });
    },
    take(count) {
      const taken = waiting.slice(0, count);
      waiting = waiting.slice(count);
      return taken;
    },
    get length() {
      return waiting.length;
    },
  };
}

interface Awaited {
  track(post: string, answer: Promise<unknown>): void;
  drop(post: string): void;
  /** Posts that wait for an answer. */
  readonly size: number;
}

/** Counts the answers that each post waits for; a long post waits for several. */
function createAwaited(onChange: () => void): Awaited {
  const counts = new Map<string, number>();
  return {
    track(post, answer) {
      counts.set(post, (counts.get(post) ?? 0) + 1);
      const done = () => {
        const left = (counts.get(post) ?? 1) - 1;
        if (left === 0) counts.delete(post);
        else counts.set(post, left);
        onChange();
      };
      answer.then(done, done);
      onChange();
    },
    drop: (post) => void counts.delete(post),
    get size() {
      return counts.size;
    },
  };
}
