/** 64 bits as two unsigned halves: much faster than BigInt. */
export type SimHash = readonly [high: number, low: number];

/**
 * Fingerprint of a text's shingles in which near copies differ in few bits.
 * Source: M. Charikar, "Similarity Estimation Techniques from Rounding Algorithms" (2002); G. Manku et al., "Detecting Near-Duplicates for Web Crawling" (2007).
 */
export function simHash(shingles: readonly string[]): SimHash {
  const votes = new Int32Array(64);
  for (const shingle of shingles) {
    const high = fnv1a(shingle, 0x811c9dc5);
    const low = fnv1a(shingle, high ^ 0x9e3779b9);
    for (let bit = 0; bit < 32; bit += 1) {
      votes[bit] = (votes[bit] ?? 0) + ((high >>> bit) & 1 ? 1 : -1);
      votes[32 + bit] = (votes[32 + bit] ?? 0) + ((low >>> bit) & 1 ? 1 : -1);
    }
  }
  return [halfOf(votes, 0), halfOf(votes, 32)];
}

function halfOf(votes: Int32Array, from: number): number {
  let half = 0;
  for (let bit = 0; bit < 32; bit += 1) if ((votes[from + bit] ?? 0) > 0) half |= 1 << bit;
  return half >>> 0;
}

function fnv1a(text: string, seed: number): number {
  let hash = seed >>> 0;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  // FNV alone mixes the low bits of short texts poorly; the finaliser of MurmurHash3 spreads them.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Population count of 32 bits, in parallel: pairs, then nibbles, then bytes. */
export function bitCount(value: number): number {
  const pairs = value - ((value >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
