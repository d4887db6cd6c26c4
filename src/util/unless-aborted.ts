/** What `work` comes to, or the signal's reason as soon as it fires; work that cannot be stopped is then not waited for any more. */
export async function unlessAborted<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const watched = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: watched.signal }); // whatever the owner of the signal gave
  });
  work.then(undefined, () => {}); // it may fail after it was left
  try {
    return await Promise.race([work, aborted]);
  } finally {
    watched.abort();
  }
}
