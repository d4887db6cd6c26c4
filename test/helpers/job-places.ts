/** Queues of jobs in each store, as several processes have them. */

import { type ChildProcess, fork } from 'node:child_process';
import { afterAll, beforeAll } from 'vitest';
import type { WorkQueue } from '../../src/core/ports.ts';
import { JobQueue, type JobQueueOptions } from '../../src/services/jobs/local/job-queue.ts';
import { openSharedJobQueue } from '../../src/services/jobs/shared/shared-job-queue.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { newProject } from './run-bin.ts';
import { SHARED_SERVERS, type SharedServer } from './shared-servers.ts';

type Options = Omit<JobQueueOptions, 'db'>;
export interface JobPlace extends AsyncDisposable {
  /** One more queue on the same jobs, as another process has it. */
  open(options?: Options): Promise<WorkQueue>;
  /** A process that takes the job in hand and never ends it. */
  hold(id: string): ChildProcess;
}

const HOLD = new URL('./hold-job.js', import.meta.url);

/** A row for each store: its name, how to open queues in it, and whether its server is missing here. */
export function jobStores(): readonly (readonly [name: string, open: () => Promise<JobPlace>, isMissing: boolean])[] {
  const servers = new Map<string, SharedServer>();
  beforeAll(async () => {
    for (const { name, isMissing, open } of SHARED_SERVERS) if (!isMissing) servers.set(name, await open());
  });
  afterAll(async () => {
    for (const server of servers.values()) await server[Symbol.asyncDispose]();
  });
  return [
    ['in the state file', openInFile, false],
    ...SHARED_SERVERS.map(
      (store) =>
        [`on ${store.name}`, () => openOnServer(store, servers.get(store.name)?.url ?? ''), store.isMissing] as const,
    ),
  ];
}

async function openInFile(): Promise<JobPlace> {
  const project = await newProject();
  const opened: { [Symbol.asyncDispose](): Promise<void> }[] = [];
  return {
    async open(options = {}) {
      const state = openStateFile(project.folder);
      const queue = new JobQueue({ db: state.db, ...options });
      opened.push({ [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose]().finally(() => state[Symbol.dispose]()) });
      return queue;
    },
    hold: (id) => fork(HOLD, ['file', project.folder, id], { stdio: 'inherit' }),
    async [Symbol.asyncDispose]() {
      for (const one of opened) await one[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

let names = 0;

async function openOnServer({ queue: kind, backend }: (typeof SHARED_SERVERS)[number], url: string): Promise<JobPlace> {
  names += 1;
  const name = `queue-${names}`;
  const opened: WorkQueue[] = [];
  return {
    async open(options = {}) {
      const queue = await openSharedJobQueue({ backend, url, name, leaseMs: 1000, ...options });
      opened.push(queue);
      return queue;
    },
    hold: (id) => fork(HOLD, [kind, `${url} ${name}`, id], { stdio: 'inherit' }),
    async [Symbol.asyncDispose]() {
      for (const queue of opened) await queue[Symbol.asyncDispose]();
    },
  };
}
