/** Settles as `work` does, or rejects with the signal's reason as soon as it aborts, without waiting for `work`. */
export async function unlessAborted<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const watched = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: watched.signal }); // set by the owner of the signal
  });
  work.then(undefined, () => {}); // may reject after the abort
  try {
    return await Promise.race([work, aborted]);
  } finally {
    watched.abort();
  }
}
