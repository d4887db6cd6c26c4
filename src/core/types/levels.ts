/** Priorities, states and tiers. */

export const PRIORITIES = ['high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const JOB_STATUSES = ['PENDING', 'RUNNING', 'SUCCESS', 'FAILED', 'CANCELLED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const TIERS = ['standard', 'flex', 'batch', 'priority'] as const;
/** Price tier of a model call: `flex` and `batch` are half price and slower. `priority` is never requested, but may be served and billed. */
export type Tier = (typeof TIERS)[number];
/** Price of a tier relative to the standard price; the same for every vendor that offers it. */
export const TIER_SHARES = { standard: 1, flex: 0.5, batch: 0.5, priority: 2 } as const satisfies Record<Tier, number>;
