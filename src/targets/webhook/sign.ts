/** Signatures of Standard Webhooks (https://www.standardwebhooks.com), symmetric (`v1`). Pure. */

import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** The key behind `whsec_…`; undefined where it is none. The specification wants 24 to 64 bytes. */
export function keyOf(secret: string): Buffer | undefined {
  const coded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(coded)) return undefined;
  const key = Buffer.from(coded, 'base64');
  return key.length >= 24 && key.length <= 64 ? key : undefined;
}

export interface Message {
  /** The same for every try: the receiver takes the second one for the first. */
  readonly id: string;
  /** Seconds since the epoch, of this try. */
  readonly timestamp: number;
  readonly body: string;
}

/** The headers of a try; one signature for each key, so that a receiver may change its own. */
export function signedHeaders({ id, timestamp, body }: Message, keys: readonly Buffer[]): Record<string, string> {
  const signatures = keys.map(
    (key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
