/** The view of `blogger top`: queues, workers, their jobs, rates and costs. Pure. */

import type { QueueDepth } from '../../core/figures/queue-depth.ts';
import type { WorkerReport } from '../../core/figures/worker-report.ts';
import { formatCount, plural } from '../../util/text/plural.ts';
import { terminalLine } from '../../util/text/terminal-text.ts';
import { formatDuration, formatUsd } from '../reporters/describe.ts';

/** A snapshot of all machines. */
export interface FleetLook {
  readonly at: number;
  readonly queues: readonly QueueDepth[];
  readonly workers: readonly WorkerReport[];
}

export interface WorkerRates {
  readonly pagesAMinute: number;
  readonly postsAMinute: number;
  readonly usdAnHour: number;
}

const MAX_TASKS = 3;

/** Rate since the previous snapshot; for a new worker, since its start. */
export function ratesOf(worker: WorkerReport, before: FleetLook | undefined): WorkerRates {
  const known = before?.workers.find(({ id, at }) => id === worker.id && at < worker.at);
  const from = known ?? { pages: 0, posts: 0, costUsd: 0, at: worker.startedAt };
  const minutes = Math.max(worker.at - from.at, 1000) / 60_000;
  return {
    pagesAMinute: (worker.pages - from.pages) / minutes,
    postsAMinute: (worker.posts - from.posts) / minutes,
    usdAnHour: ((worker.costUsd - from.costUsd) / minutes) * 60,
  };
}

export function describeFleet(now: FleetLook, before: FleetLook | undefined): string {
  const rates = now.workers.map((worker) => ratesOf(worker, before));
  const sum = (figure: (rate: WorkerRates) => number) => rates.reduce((total, rate) => total + figure(rate), 0);
  const spent = now.workers.reduce((total, { costUsd }) => total + costUsd, 0);
  const lines = [
    ...now.queues.map((queue) => queueLine(queue, now.at)),
    `${plural(now.workers.length, 'worker')} · ${sum((rate) => rate.pagesAMinute).toFixed(1)} pages and ${sum((rate) => rate.postsAMinute).toFixed(1)} posts a minute · ${formatUsd(spent)} by these workers, ${formatUsd(sum((rate) => rate.usdAnHour))} an hour`,
    ...now.workers.flatMap((worker, index) => workerLines(worker, rates[index], now.at)),
    ...(now.workers.length === 0 ? ['No worker is listed. Start `blogger worker` with the same REDIS_URL.'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function queueLine({ queue, byState, oldestWaitingAt, workers }: QueueDepth, now: number): string {
  const states = Object.entries(byState).map(([state, count]) => `${formatCount(count)} ${state}`);
  const oldest = oldestWaitingAt === undefined ? '' : ` · oldest waits for ${formatDuration(now - oldestWaitingAt)}`;
  return `${queue}: ${states.join(' · ')}${oldest}${workers === undefined ? '' : ` · ${workers} listen`}`;
}

function workerLines(worker: WorkerReport, rate: WorkerRates | undefined, now: number): string[] {
  const { machine, id, version, isDraining, pages, posts, failed, costUsd, doing } = worker;
  const name = `${terminalLine(machine)} ${id.split('/').slice(-2).join('/')}`;
  const done = `${plural(pages, 'page')}, ${plural(posts, 'post')}, ${formatCount(failed)} failed, ${formatUsd(costUsd)}`;
  const speed = rate === undefined ? '' : ` · ${rate.postsAMinute.toFixed(1)} posts a minute`;
  const tasks = doing
    .slice(0, MAX_TASKS)
    .map((task) => `    ${task.kind} ${terminalLine(task.what)} for ${formatDuration(now - task.since)}`);
  const more = doing.length > MAX_TASKS ? [`    and ${doing.length - MAX_TASKS} more`] : [];
  return [`  ${name} (${version})${isDraining ? ' is ending' : ''}: ${done}${speed}`, ...tasks, ...more];
}
