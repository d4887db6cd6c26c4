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
  /** Number of answers that a post waits for; a long post waits for several. */
  const awaited = new Map<string, number>();
  let waiting: WaveItem[] = [];
  let pauses = 0;
  let isFlushed = false;
  let isLooking = false;

  /** In the next turn of the event loop: requests added in this one are sent together. */
  function look(): void {
    if (isLooking) return;
    isLooking = true;
    setImmediate(() => {
      isLooking = false;
      while (waiting.length >= size) leave();
      const busy = inWork.size - awaited.size - blocked();
      if (isFlushed && pauses === 0 && busy <= 0 && waiting.length > 0) leave();
    });
  }

  function leave(): void {
    const wave = waiting.slice(0, size);
    waiting = waiting.slice(size);
    send(wave);
  }

  function track(post: string, answer: Promise<unknown>): void {
    awaited.set(post, (awaited.get(post) ?? 0) + 1);
    const done = () => {
      const left = (awaited.get(post) ?? 1) - 1;
      if (left === 0) awaited.delete(post);
      else awaited.set(post, left);
      look();
    };
    answer.then(done, done);
    look();
  }

  return {
    add(request, signal) {
      const answer = new Promise<ModelReply>((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const item: WaveItem = { request, signal, resolve, reject };
        waiting.push(item);
        const abandon = () => {
          waiting = waiting.filter((other) => other !== item);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', abandon, { once: true });
      });
      track(request.brief.key, answer);
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
      awaited.delete(post);
      look();
    },
    track,
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
