import { createHmac } from 'node:crypto';
import { BloggerError } from '../../core/errors.ts';

const TOKEN_SECONDS = 240;

/** The token that Ghost takes for five minutes, signed by the key of an integration (`ID:SECRET`). */
export function tokenOf(adminKey: string, now: number): string {
  const [, id, secret] = /^([0-9a-f]+):([0-9a-f]+)$/i.exec(adminKey.trim()) ?? [];
  if (id === undefined || secret === undefined)
    throw new BloggerError('GHOST_ADMIN_API_KEY is no Admin API key', {
      code: 'TARGET_AUTH',
      hint: 'Copy it from the settings of an integration of Ghost; it has a colon in it.',
    });
  const issuedAt = Math.floor(now / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part({ alg: 'HS256', typ: 'JWT', kid: id })}.${part({ iat: issuedAt, exp: issuedAt + TOKEN_SECONDS, aud: '/admin/' })}`;
  return `${unsigned}.${createHmac('sha256', Buffer.from(secret, 'hex')).update(unsigned).digest('base64url')}`;
}
