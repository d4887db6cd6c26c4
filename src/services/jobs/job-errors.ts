import { BloggerError } from '../../core/errors.ts';

export function cancelledError(): BloggerError {
  return new BloggerError('The job was cancelled', {
    code: 'JOB_CANCELLED',
    hint: 'Put it back with `blogger jobs retry`.',
  });
}

export function lostError(): BloggerError {
  return new BloggerError('Another worker took the job over, because this one was silent for too long', {
    code: 'JOB_CANCELLED',
    hint: 'Raise jobs.leaseMs if this machine is that slow.',
  });
}

export function queueFull(maxWaiting: number): BloggerError {
  return new BloggerError(`The queue is full: ${maxWaiting} jobs are waiting`, {
    code: 'QUEUE_FULL',
    hint: 'Wait until workers have taken some, or raise jobs.queueSize.',
  });
}
