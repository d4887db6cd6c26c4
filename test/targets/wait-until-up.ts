/** Waits until a server answers at all, at most five minutes: a loaded machine takes its time to set up Ghost. */
export async function waitUntilUp(url: string): Promise<void> {
  const until = Date.now() + 300_000;
  for (;;) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status > 0 && status !== 503) return;
    if (Date.now() > until) throw new Error(`${url} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
