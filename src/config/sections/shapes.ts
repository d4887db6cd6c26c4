/** Schemas shared by several sections. */

import { z } from 'zod';

export const count = (min: number, max: number) => z.number().int().min(min).max(max);
export const milliseconds = (max: number) => z.number().int().min(0).max(max);
export const HOUR_MS = 3_600_000;
/** A pattern and its message, shown after "must be". */
export const WEB_ADDRESS = [/^https?:\/\//, 'an address that begins with https:// or http://'] as const;
