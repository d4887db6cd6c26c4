/** Sends each post as a signed message to another program, and repeats it with the same id until it is accepted. */

import { BloggerError } from '../../core/errors.ts';
import type { Clock, Random } from '../../core/ports.ts';
import type { OutgoingPost, Outlet, RemotePost } from '../../core/publishing.ts';
import { retry } from '../../util/async/retry.ts';
import { stableHash } from '../../util/stable-hash.ts';
import { type JsonAnswer, refused, requestJson } from '../json-client.ts';
import { keyOf, signedHeaders } from './sign.ts';

export interface WebhookOptions {
  readonly url: string;
  /** `whsec_…`; several, with blanks between them, while the receiver changes its own. */
  readonly secret: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** Five seconds, then about double: eight tries over four minutes. */
const RETRIES = { attempts: 8, baseMs: 5000, capMs: 60_000 } as const;

export function createWebhook({ url, secret, clock, random }: WebhookOptions): Outlet {
  const keys = secret
    .trim()
    .split(/\s+/)
    .map((one) => keyOf(one) ?? refuseKey());
  return {
    name: 'webhook',
    place: `webhook ${url}`,
    async send(posts, { force, settle }, signal) {
      for (const post of posts) {
        const { hash } = post.document;
        const { remote, intended, hash: sent } = post.known ?? {};
        if (remote !== undefined && intended === undefined && sent === hash && !force)
          settle(post, { kind: 'unchanged', remote, hash });
        else settle(post, { kind: sent === undefined ? 'created' : 'updated', remote: await deliver(post), hash });
      }

      async function deliver(post: OutgoingPost): Promise<RemotePost> {
        const id = idOf(post);
        const body = JSON.stringify(payloadOf(post, new Date(clock.now()).toISOString()));
        const answer = await retry(() => tryOnce({ id, body }, signal), { ...RETRIES, clock, random }, signal);
        return { id, url: addressIn(answer) ?? '', revision: id };
      }
    },
    async check(signal) {
      // A message would be taken for a post: only the address is tried.
      const ours = clock.now();
      const { date } = await requestJson({ method: 'HEAD', url, headers: {} }, signal);
      return { problems: [], ...(date === undefined ? {} : { clock: { theirs: date, ours } }) };
    },
  };

  async function tryOnce({ id, body }: { readonly id: string; readonly body: string }, signal: AbortSignal) {
    const timestamp = Math.floor(clock.now() / 1000);
    const answer = await requestJson(
      { method: 'POST', url, headers: signedHeaders({ id, timestamp, body }, keys), text: body },
      signal,
    );
    if (answer.status >= 200 && answer.status < 300) return answer;
    if (answer.status === 408 || answer.status === 425)
      throw new BloggerError(`${new URL(url).host} answered with status ${answer.status}`, {
        code: 'TARGET_UNREACHABLE',
        hint: 'Run the same command again later: the message keeps its id.',
      });
    throw refused('The webhook', 'take the post', answer);
  }
}

/** The same post in the same version is the same message, from any machine; sent on purpose once more it is another one. */
function idOf({ document: { key, hash }, known }: OutgoingPost): string {
  const again = known?.hash === hash && known.intended === undefined ? known.remote?.id : undefined;
  return `msg_${stableHash([key, hash, again]).slice(0, 32)}`;
}

function payloadOf({ document, file, text, showing, known }: OutgoingPost, timestamp: string) {
  const { hash, pictures, ...content } = document;
  return {
    type: known?.hash === undefined ? 'post.created' : 'post.updated',
    timestamp,
    data: {
      ...content,
      version: hash,
      pictures: pictures.map(({ src, alt, type, hash: sha256 }) => ({ src, alt, type, sha256 })),
      file,
      source: text,
      publishAs: showing.as,
      ...(showing.as === 'schedule' ? { publishAt: new Date(showing.at).toISOString() } : {}),
    },
  };
}

/** The address of the post, where the receiver names it. */
function addressIn({ json }: JsonAnswer): string | undefined {
  if (typeof json !== 'object' || json === null || !('url' in json)) return undefined;
  return typeof json.url === 'string' && /^https?:\/\//.test(json.url) ? json.url : undefined;
}

function refuseKey(): never {
  throw new BloggerError('WEBHOOK_SECRET is no secret of Standard Webhooks', {
    code: 'TARGET_AUTH',
    hint: 'It is whsec_ and 24 to 64 bytes in base64: echo "whsec_$(openssl rand -base64 32)"',
  });
}
