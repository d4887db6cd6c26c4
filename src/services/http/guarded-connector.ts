/** Connector for undici's sockets: guarantees that the connected address is the checked one. */

import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from './undici.ts';
import { checkAddress, type UrlRules } from './url-guard.ts';

export interface GuardedConnectorOptions extends UrlRules {
  /** Resolves names; the system's when absent. */
  readonly lookup?: LookupFunction | undefined;
  readonly connectTimeoutMs: number;
  /** Certificates of the authorities to trust. @default the system's */
  readonly ca?: string | undefined;
}

/**
 * Checks literals before connecting, since `connect.lookup` is never called for them, and every address of a name inside the lookup whose
 * answer the socket uses, so that a name that changes its answer between check and use (DNS rebinding) has no effect.
 */
export function createGuardedConnector({
  allowPrivate,
  lookup = systemLookup,
  connectTimeoutMs,
  ca,
}: GuardedConnectorOptions): ReturnType<typeof buildConnector> {
  const rules: UrlRules = { allowPrivate };
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    autoSelectFamily: true,
    allowH2: true, // by ALPN; servers without it get HTTP/1.1
    ...(ca === undefined ? {} : { ca }),
    lookup: guardedLookup(lookup, rules),
  });
  return (options, callback) => {
    try {
      if (isIP(options.hostname) !== 0) checkAddress(options.hostname, rules, options.hostname);
    } catch (error) {
      callback(asError(error), null);
      return;
    }
    connect(options, (...answer) => {
      const [error, socket] = answer;
      if (error !== null) {
        callback(error, null);
        return;
      }
      try {
        checkAddress(socket.remoteAddress ?? '', rules, options.hostname);
        callback(null, socket);
      } catch (refused) {
        socket.destroy();
        callback(asError(refused), null);
      }
    });
  };
}

function guardedLookup(lookup: LookupFunction, rules: UrlRules): LookupFunction {
  return (hostname, options, callback) => {
    const all: LookupOptions = { ...options, all: true };
    lookup(hostname, all, (error, answer, family) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const addresses: LookupAddress[] =
        typeof answer === 'string' ? [{ address: answer, family: family ?? isIP(answer) }] : answer;
      try {
        for (const { address } of addresses) checkAddress(address, rules, hostname);
      } catch (refused) {
        callback(asError(refused), '', 0);
        return;
      }
      const first = addresses[0];
      if (options.all === true || first === undefined) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
