/** Node's own fetch gives up after 300 s without headers, but flex answers may take 15 minutes. */

interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean;
}

const GLOBAL = Symbol.for('undici.globalDispatcher.1');

/** Passes everything to Node's global dispatcher with its header and body timeouts off; the caller's signal ends a call. */
export const patientDispatcher: Dispatcher = {
  dispatch(options, handler) {
    const shared = (globalThis as { [GLOBAL]?: Dispatcher })[GLOBAL]; // set by Node when fetch is first used
    if (shared === undefined) throw new Error('fetch has no global dispatcher');
    return shared.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler);
  },
};
