/** What machines with a shared store share of their paid calls. */

import type { Clock } from '../../core/ports.ts';
import { createWorkerId } from '../../services/jobs/worker-id.ts';
import { openSharedBudget } from '../../services/ledger/shared-budget.ts';
import { openSharedClaims } from '../../services/ledger/shared-claims.ts';
import type { SharedWriting } from '../open-writer.ts';
import type { Shared } from './open-shared.ts';

/** Undefined without a shared store. */
export function shareWriting(
  { cache, control }: Pick<Shared, 'cache' | 'control'>,
  { capOf, clock }: Pick<SharedWriting, 'capOf'> & { readonly clock: Clock },
): SharedWriting | undefined {
  if (control === undefined) return undefined;
  return {
    budget: openSharedBudget({ control: control.control, clock }),
    claims: openSharedClaims({ ...control, holder: createWorkerId(), clock }),
    answers: cache.namespace('answers'),
    capOf,
  };
}
