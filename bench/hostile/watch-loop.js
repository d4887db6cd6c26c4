// Loaded before a command (`--import`): writes the longest time that the main thread answered nothing, and the memory, to BENCH_LOOP_FILE at the end.

import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.BENCH_LOOP_FILE;
if (isMainThread && file !== undefined) {
  /** CPU time of this thread: other processes of a busy machine do not count. */
  const cpuMs = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  let seen = { at: performance.now(), cpu: cpuMs() };
  const gaps = [];
  setInterval(() => {
    const now = { at: performance.now(), cpu: cpuMs() };
    if (now.at - seen.at > 220)
      gaps.push({
        at: Math.round(seen.at),
        ms: Math.round(now.at - seen.at - 20),
        cpuMs: Math.round(now.cpu - seen.cpu),
      });
    seen = now;
  }, 20).unref();
  process.on('exit', () => {
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
    writeFileSync(file, JSON.stringify({ gaps, peakMegabytes: Math.round(peak), cpu: process.cpuUsage() }));
  });
}
