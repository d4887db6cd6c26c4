/** Checks of remote services: the shared store and the model vendor. */

import { BloggerError } from '../../core/errors.ts';
import { isPostgres, openSharedStore } from '../../services/cache/open-shared-store.ts';
import { chooseProvider } from '../../services/models/choose-provider.ts';
import { providerOf } from '../../services/models/providers.ts';
import { checkMigrated } from '../../services/postgres/migrate.ts';
import { openPool } from '../../services/postgres/open-pool.ts';
import { isOneServer, openRedis, type RedisClient } from '../../services/redis/open-redis.ts';
import type { ExamineOptions, Finding } from './finding.ts';

const PATIENCE_MS = 5000;
const MIN_REDIS = 6;
/** Larger clock differences break leases and batch windows. */
const MAX_SKEW_MS = 5000;

/** Checks connection, version, eviction policy and clock of Redis; no findings when none is set. */
export async function examineRedis({ settings, now }: ExamineOptions): Promise<Finding[]> {
  const { redisUrl } = settings;
  if (redisUrl === undefined) return [{ subject: 'Redis', level: 'ok', message: 'none set; the local file is used' }];
  if (isPostgres(redisUrl)) return await examinePostgres(redisUrl, settings.queue !== 'local');
  let client: RedisClient | undefined;
  try {
    client = await openRedis(redisUrl, { timeoutMs: PATIENCE_MS });
    const info = await client.info();
    const member = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
    const version = member('redis_version');
    const [seconds, micros] = await client.time();
    const skewMs = Math.abs(Number(seconds) * 1000 + Number(micros) / 1000 - now);
    return [
      { subject: 'Redis', level: 'ok', message: `${member('redis_mode') || 'server'} ${version} answers` },
      ...(Number.parseInt(version, 10) < MIN_REDIS
        ? [
            {
              subject: 'Redis version',
              level: 'error' as const,
              message: `expected ${MIN_REDIS}.2 or newer, found ${version}`,
              fix: 'Install a newer Redis.',
            },
          ]
        : []),
      policyFinding(member('maxmemory_policy')),
      ...(settings.queue === 'redis' && member('aof_enabled') === '0' ? [FORGETFUL] : []),
      ...(isOneServer(client) ? [] : [CLUSTERED]),
      ...(skewMs > MAX_SKEW_MS
        ? [
            {
              subject: 'Clock of Redis',
              level: 'warning' as const,
              message: `this machine and Redis differ by ${Math.round(skewMs / 1000)} s`,
              fix: 'Let NTP set both clocks.',
            },
          ]
        : []),
    ];
  } catch (error) {
    if (BloggerError.is(error))
      return [
        {
          subject: 'Redis',
          level: 'error',
          message: error.message,
          ...(error.hint === undefined ? {} : { fix: error.hint }),
        },
      ];
    return [
      {
        subject: 'Redis',
        level: 'warning',
        message: `does not answer (${error instanceof Error ? error.message : String(error)}); the file serves meanwhile`,
        fix: 'Check REDIS_URL, the password and the firewall.',
      },
    ];
  } finally {
    client?.disconnect();
  }
}

const FORGETFUL: Finding = {
  subject: 'Redis persistence',
  level: 'warning',
  message: 'it keeps no log of what is written (appendonly no): a restart loses the waiting jobs of `--queue redis`',
  fix: 'Set `appendonly yes`; without it, start the same run again after a restart: it asks again for what is missing.',
};

const CLUSTERED: Finding = {
  subject: 'Redis cluster',
  level: 'warning',
  message:
    'it keeps the cache; limits of hosts and vendors are kept by each machine alone, and `--queue redis` refuses it',
  fix: 'Use one server, or Sentinel, to share more than the cache.',
};

async function examinePostgres(url: string, isForQueue: boolean): Promise<Finding[]> {
  const pool = await openPool(url, { timeoutMs: PATIENCE_MS, max: 1 });
  try {
    await using opened = await openSharedStore(url, { prefix: '', timeoutMs: PATIENCE_MS });
    await opened.store.ping();
    const unprepared = await checkMigrated(pool).then(
      () => undefined,
      (error: unknown) => error,
    );
    return [
      { subject: 'PostgreSQL', level: 'ok', message: 'answers' },
      ...(unprepared === undefined ? [] : [unpreparedFinding(unprepared, isForQueue)]),
    ];
  } catch (error) {
    const message = `does not serve (${error instanceof Error ? error.message : String(error)}); the file serves meanwhile`;
    const mend = (BloggerError.is(error) ? error.hint : undefined) ?? 'Check REDIS_URL, the password and the firewall.';
    return [{ subject: 'PostgreSQL', level: 'warning', message, fix: mend }];
  } finally {
    await pool.end();
  }
}

function unpreparedFinding(error: unknown, isForQueue: boolean): Finding {
  return {
    subject: 'PostgreSQL tables',
    level: isForQueue ? 'error' : 'warning',
    message: `${error instanceof Error ? error.message : String(error)}; limits apply per machine`,
    fix: (BloggerError.is(error) ? error.hint : undefined) ?? 'Run `blogger db migrate`.',
  };
}

/** With eviction enabled, Redis silently drops waiting jobs. */
function policyFinding(policy: string): Finding {
  if (policy === '' || policy === 'noeviction')
    return { subject: 'Redis memory', level: 'ok', message: policy === '' ? 'policy not told' : policy };
  return {
    subject: 'Redis memory',
    level: 'error',
    message: `maxmemory-policy is ${policy}: waiting jobs of \`--queue redis\` could be evicted`,
    fix: 'Set `maxmemory-policy noeviction`, or use a Redis of its own for the queue.',
  };
}

/** Checks the key and the model with one free call. */
export async function examineKey({ settings, secrets, now }: ExamineOptions): Promise<Finding[]> {
  try {
    const choice = chooseProvider(settings, secrets); // what is wrong with the choice itself is reported as the provider
    const { check } = providerOf(choice.provider);
    if (check === undefined) return [];
    const { shutdownDate } = await check(choice, {
      signal: AbortSignal.timeout(PATIENCE_MS * 2),
      timeoutMs: PATIENCE_MS,
    });
    if (shutdownDate !== undefined) return [endOfModel(choice.model, shutdownDate, now)];
    return [{ subject: 'Key', level: 'ok', message: `accepted, and ${choice.model} is available` }];
  } catch (error) {
    if (!BloggerError.is(error)) throw error;
    if (error.code === 'PROVIDER_KEY_MISSING') return [];
    // A self-hosted server may lack this endpoint and still write.
    const level = error.code === 'PROVIDER_AUTH' ? 'error' : 'warning';
    return [
      { subject: 'Key', level, message: error.message, ...(error.hint === undefined ? {} : { fix: error.hint }) },
    ];
  }
}

const SOON_MS = 120 * 86_400_000;

/** The key is valid, but the vendor has announced the shutdown date of the model. */
function endOfModel(model: string, date: string, now: number): Finding {
  const leftMs = Date.parse(date) - now;
  const message = `accepted, but ${model} ${leftMs > 0 ? 'ends' : 'ended'} on ${date}`;
  return leftMs > SOON_MS
    ? { subject: 'Key', level: 'ok', message }
    : { subject: 'Key', level: 'warning', message, fix: 'Set another model with --model or in the settings file.' };
}
