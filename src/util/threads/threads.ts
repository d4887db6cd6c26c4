/** Runs work on untrusted text in worker threads, with time and memory limits. */

import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { THREAD_YOUNG_MB } from './memory.ts';

export interface Threads extends AsyncDisposable {
  readonly count: number;
  /** Calls the function `name` of the module in a thread. Throws `GivenUp` if it exceeds its limits; the thread is replaced. */
  run(task: ThreadTask, signal: AbortSignal): Promise<unknown>;
}

export interface ThreadTask {
  /** File of the module; threads load built files. */
  readonly module: string;
  readonly name: string;
  readonly input: unknown;
  /** CPU time for the task; see `isSpent`. */
  readonly timeoutMs: number;
  /** Memory that goes to the thread instead of being copied. */
  readonly transfer?: readonly ArrayBuffer[];
}

export class GivenUp extends Error {}

export interface ThreadsOptions {
  /** Number of threads. @default one less than the machine's cores, at least one */
  readonly count?: number | undefined;
  /** Memory of a thread in megabytes. @default 512 */
  readonly maxMegabytes?: number | undefined;
}

/** The threads start with the first task. */
export function openThreads(options: ThreadsOptions = {}): Threads {
  const { count = Math.max(1, availableParallelism() - 1), maxMegabytes = 512 } = options;
  let pool: Piscina | undefined;
  const openPool = () =>
    new Piscina({
      minThreads: count,
      maxThreads: count,
      concurrentTasksPerWorker: 1,
      resourceLimits: { maxOldGenerationSizeMb: maxMegabytes, maxYoungGenerationSizeMb: THREAD_YOUNG_MB },
    });
  return {
    count,
    async run({ module, name, input, timeoutMs, transfer = [] }, signal) {
      pool ??= openPool();
      const timeout = startBudget(timeoutMs);
      try {
        const given = {
          filename: module,
          name,
          signal: AbortSignal.any([signal, timeout.signal]),
          transferList: [...transfer],
        };
        return await pool.run(input, given);
      } catch (error) {
        signal.throwIfAborted();
        const what = timeout.signal.aborted ? `longer than ${timeoutMs} ms` : `more than it may (${String(error)})`;
        throw new GivenUp(what, { cause: error });
      } finally {
        timeout.stop();
      }
    },
    async [Symbol.asyncDispose]() {
      await pool?.destroy();
    },
  };
}

/** On a busy machine, a task may take this many times its CPU time. */
const MAX_WAIT = 10;

/**
 * True if a task has used up its CPU time. Waiting does not count: on a busy machine an ordinary page takes minutes of wall time. The
 * CPU time of the process is the tightest upper bound for one thread that Node provides.
 */
export function isSpent(
  { wallMs, cpuMs }: { readonly wallMs: number; readonly cpuMs: number },
  timeoutMs: number,
): boolean {
  return wallMs >= timeoutMs && (cpuMs >= timeoutMs || wallMs >= timeoutMs * MAX_WAIT);
}

function startBudget(timeoutMs: number): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const look = () => {
    const { user, system } = process.cpuUsage(before);
    const cpuMs = (user + system) / 1000;
    if (isSpent({ wallMs: performance.now() - startedAt, cpuMs }, timeoutMs)) controller.abort();
    else timer = setTimeout(look, Math.max(10, timeoutMs - cpuMs));
  };
  let timer = setTimeout(look, timeoutMs);
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}
