/** State machine of a job. Pure: no clock, no store. Finished states are terminal; only a retry leaves them. */

import type { JobFailure } from '../../core/ports.ts';
import type { JobStatus } from '../../core/types.ts';

export interface JobState {
  readonly status: JobStatus;
  readonly attempts: number;
  readonly maxAttempts: number;
  /** Not leased before this time, in milliseconds since the epoch. */
  readonly runAt: number;
  readonly leaseUntil?: number;
  readonly worker?: string;
  readonly cancelRequested: boolean;
  readonly error?: JobFailure;
}

export type JobChange =
  | {
      readonly type: 'lease';
      readonly worker: string;
      readonly now: number;
      readonly until: number;
      readonly holderIsGone: boolean;
    }
  | { readonly type: 'renew'; readonly worker: string; readonly until: number }
  | { readonly type: 'succeed'; readonly worker: string }
  | { readonly type: 'fail'; readonly worker: string; readonly error: JobFailure; readonly retryAt: number | undefined }
  | { readonly type: 'release'; readonly worker: string }
  | { readonly type: 'cancel' }
  /** A user or a new run requested finished work again. */
  | { readonly type: 'restart'; readonly now: number };

/** The state after the change; undefined if the change is not allowed in this state. */
export function nextState(state: JobState, change: JobChange): JobState | undefined {
  switch (change.type) {
    case 'lease':
      return isTakeable(state, change.now, change.holderIsGone)
        ? {
            ...withoutLease(state),
            status: 'RUNNING',
            attempts: state.attempts + 1,
            worker: change.worker,
            leaseUntil: change.until,
          }
        : undefined;
    case 'renew':
      return isHeldBy(state, change.worker) ? { ...state, leaseUntil: change.until } : undefined;
    case 'succeed':
      return isHeldBy(state, change.worker)
        ? { ...withoutError(withoutLease(state)), status: 'SUCCESS', cancelRequested: false }
        : undefined;
    case 'fail':
      return isHeldBy(state, change.worker) ? afterFailure(state, change.error, change.retryAt) : undefined;
    case 'release':
      if (!isHeldBy(state, change.worker)) return undefined;
      if (state.cancelRequested) return cancelled(state);
      return { ...withoutLease(state), status: 'PENDING', attempts: Math.max(0, state.attempts - 1) };
    case 'cancel':
      if (state.status === 'PENDING') return cancelled(state);
      return state.status === 'RUNNING' ? { ...state, cancelRequested: true } : undefined;
    case 'restart':
      return isFinished(state.status)
        ? {
            ...withoutError(withoutLease(state)),
            status: 'PENDING',
            attempts: 0,
            runAt: change.now,
            cancelRequested: false,
          }
        : undefined;
  }
}

export function isFinished(status: JobStatus): boolean {
  return status === 'SUCCESS' || status === 'FAILED' || status === 'CANCELLED';
}

function isTakeable(state: JobState, now: number, holderIsGone: boolean): boolean {
  if (state.status === 'PENDING') return state.runAt <= now;
  return state.status === 'RUNNING' && (holderIsGone || (state.leaseUntil ?? 0) <= now);
}

function isHeldBy(state: JobState, worker: string): boolean {
  return state.status === 'RUNNING' && state.worker === worker;
}

function afterFailure(state: JobState, error: JobFailure, retryAt: number | undefined): JobState {
  if (state.cancelRequested || error.code === 'JOB_CANCELLED') return { ...cancelled(state), error };
  const again = retryAt !== undefined && state.attempts < state.maxAttempts;
  if (again) return { ...withoutLease(state), status: 'PENDING', runAt: retryAt, error };
  return { ...withoutLease(state), status: 'FAILED', error };
}

function cancelled(state: JobState): JobState {
  return { ...withoutLease(state), status: 'CANCELLED', cancelRequested: false };
}

function withoutLease({ leaseUntil: _until, worker: _worker, ...state }: JobState): JobState {
  return state;
}

function withoutError({ error: _error, ...state }: JobState): JobState {
  return state;
}
