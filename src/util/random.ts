import { randomUUID } from 'node:crypto';
import type { Random } from '../core/ports.ts';

/** Default random source (`Math.random`). */
export const systemRandom: Random = { next: () => Math.random(), uuid: () => randomUUID() };
