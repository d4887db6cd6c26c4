/** Parses the address of a Redis. Pure. */

import { BloggerError } from '../../core/errors.ts';

export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

interface Common {
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
}

export type RedisAddress =
  | { readonly kind: 'one' }
  | (Common & {
      readonly kind: 'sentinel';
      readonly nodes: readonly RedisNode[];
      readonly name: string;
      readonly db: number;
    })
  | (Common & { readonly kind: 'cluster'; readonly nodes: readonly RedisNode[] });

const PORTS = { sentinel: 26_379, cluster: 6379 } as const;

/** Throws `CONFIG_INVALID`; the message never contains the password. */
export function parseRedisAddress(url: string): RedisAddress {
  const special = /^(redis|rediss)\+(sentinel|cluster):\/\/(?:([^/]*)@)?([^/@]+)(?:\/([^/]*))?(?:\/(\d+))?$/.exec(url);
  if (special === null) {
    if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) throw unknownForm();
    const { username, password } = new URL(url);
    for (const part of [username, password]) decode(part);
    return { kind: 'one' };
  }
  const [, scheme, kind, credentials, hosts = '', name = '', db = '0'] = special;
  const common = { tls: scheme === 'rediss', ...parseCredentials(credentials) };
  if (kind === 'cluster') return { kind, ...common, nodes: parseNodes(hosts, PORTS.cluster) };
  return {
    kind: 'sentinel',
    ...common,
    nodes: parseNodes(hosts, PORTS.sentinel),
    name: name === '' ? 'mymaster' : name,
    db: Number(db),
  };
}

/** As in any URL: the first colon ends the name, and without one there is no password. */
function parseCredentials(text = ''): Pick<Common, 'username' | 'password'> {
  const colon = text.indexOf(':');
  if (colon === -1) return {};
  const username = decode(text.slice(0, colon));
  return { password: decode(text.slice(colon + 1)), ...(username === '' ? {} : { username }) };
}

function parseNodes(hosts: string, port: number): RedisNode[] {
  return hosts.split(',').map((host) => ({
    host: host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'),
    port: Number(/:(\d+)$/.exec(host)?.[1] ?? port),
  }));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Without `cause`: its message contains the input.
    throw new BloggerError('The user or password in redisUrl has a % that is not part of a percent-encoded character', {
      code: 'CONFIG_INVALID',
      hint: 'Write % as %25, : as %3A, / as %2F and @ as %40 in REDIS_URL.',
    });
  }
}

function unknownForm(): BloggerError {
  return new BloggerError(
    'redisUrl must begin with redis://, rediss://, redis+sentinel://, redis+cluster:// or postgres://',
    {
      code: 'CONFIG_INVALID',
      hint: 'Set REDIS_URL to something like redis://user:password@host:6379/0.',
    },
  );
}
