/**
 * The vendors' limits: continuous buckets that hold one minute's worth (or less) and refill all the time,
 * as the recorded "Limit 200000, Used 163084, Requested 62318. Please try again in 7.62s" proves.
 */

/** @param {{ perMinute: number, capacity?: number, timeScale?: number }} options */
export function createBucket({ perMinute, capacity = perMinute, timeScale = 1 }) {
  const perMs = (perMinute * timeScale) / 60_000;
  let level = capacity;
  let at = performance.now();
  const refill = () => {
    const now = performance.now();
    level = Math.min(capacity, level + (now - at) * perMs);
    at = now;
  };
  return {
    limit: perMinute,
    /** Milliseconds until `amount` would fit; 0 when it fits now, Infinity when it never does. */
    waitMs(amount) {
      refill();
      if (amount > capacity) return Number.POSITIVE_INFINITY;
      return amount <= level ? 0 : (amount - level) / perMs;
    },
    take(amount) {
      refill();
      level -= amount;
    },
    get remaining() {
      refill();
      return Math.max(0, Math.floor(level));
    },
    get used() {
      refill();
      return Math.ceil(capacity - level);
    },
    /** Milliseconds until the bucket is full. */
    get resetMs() {
      refill();
      return (capacity - level) / perMs;
    },
  };
}

/** Requests and tokens of one model. Both are looked at before either is taken; a refused request still counts as a request. */
export function createLimits({ requestsPerMinute, tokensPerMinute, burstMs = 60_000, timeScale = 1 }) {
  const share = burstMs / 60_000;
  const bucket = (perMinute) =>
    perMinute === undefined ? undefined : createBucket({ perMinute, capacity: perMinute * share, timeScale });
  const requests = bucket(requestsPerMinute);
  const tokens = bucket(tokensPerMinute);
  return {
    requests,
    tokens,
    /** @returns {undefined | { kind: 'requests' | 'tokens', waitMs: number, requested: number }} */
    admit(amount) {
      const requestWait = requests?.waitMs(1) ?? 0;
      if (requestWait > 0) return { kind: 'requests', waitMs: requestWait, requested: 1 };
      requests?.take(1);
      const tokenWait = tokens?.waitMs(amount) ?? 0;
      if (tokenWait > 0) return { kind: 'tokens', waitMs: tokenWait, requested: amount };
      tokens?.take(amount);
      return undefined;
    },
  };
}

/** Go's duration, as in `x-ratelimit-reset-tokens: 6m0s`. */
export function goDuration(ms) {
  if (ms < 1000) return `${Math.ceil(ms)}ms`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = Number(((ms % 60_000) / 1000).toFixed(3));
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

export function rateLimitHeaders(limits) {
  const headers = {};
  for (const kind of ['requests', 'tokens']) {
    const bucket = limits?.[kind];
    if (bucket === undefined) continue;
    headers[`x-ratelimit-limit-${kind}`] = String(bucket.limit);
    headers[`x-ratelimit-remaining-${kind}`] = String(bucket.remaining);
    headers[`x-ratelimit-reset-${kind}`] = goDuration(bucket.resetMs);
  }
  return headers;
}
