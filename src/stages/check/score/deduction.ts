import type { Finding } from '../../../core/types.ts';

export interface Deduction extends Finding {
  readonly points: number;
}

export function deduct(
  rule: string,
  points: number,
  message: string,
  fix: string,
  members: Pick<Finding, 'line' | 'excerpt'> = {},
): Deduction {
  return { rule, severity: points >= 8 ? 'warning' : 'info', points, message, fix, ...members };
}
