import { randomUUID } from 'node:crypto';
import type { Random } from '../core/ports.ts';

/** The machine's chance. */
export const systemRandom: Random = { next: () => Math.random(), uuid: () => randomUUID() };
