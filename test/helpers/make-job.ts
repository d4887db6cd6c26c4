import type { NewJob } from '../../src/core/ports.ts';

/** A job whose members nobody cares about but those that are named. */
export function makeJob(id: string, members: Partial<NewJob> = {}): NewJob {
  return { id, kind: 'k', runId: 'run', priority: 'medium', payload: { id }, maxAttempts: 3, ...members };
}
