/** Which blocks of a page make up its labelled text: the choice with the best shingle F1 that small steps reach. */

const SIZE = 4;
const PASSES = 3;

/** `{ labels, f1 }`; f1 is what the best choice of blocks reaches, so a low one says that the label does not fit the page. */
export function labelBlocks(blocks, truth) {
  const numbers = new Map();
  const encode = (text) =>
    (text.match(/[\p{L}\p{N}_]+/gu) ?? []).map((token) => {
      if (!numbers.has(token)) numbers.set(token, numbers.size + 1);
      return numbers.get(token);
    });
  const wanted = countShingles(encode(truth));
  const tokens = blocks.map(({ text }) => encode(text));
  const labels = tokens.map((line) => startsKept(line, wanted));
  const climber = new Climber(tokens, labels, wanted);
  for (let pass = 0; pass < PASSES; pass += 1) if (!climber.pass()) break;
  return { labels, f1: climber.f1, truthTokens: encode(truth).length, tokens: tokens.map((line) => line.length) };
}

function startsKept(line, wanted) {
  if (line.length < SIZE) return false;
  const own = [...countShingles(line).keys()];
  return own.filter((shingle) => wanted.has(shingle)).length >= own.length / 2;
}

class Climber {
  constructor(tokens, labels, wanted) {
    Object.assign(this, { tokens, labels, wanted, given: new Map(), tp: 0, all: 0 });
    this.wantedAll = [...wanted.values()].reduce((sum, count) => sum + count, 0);
    this.change(tokens.filter((_, index) => labels[index]).flat(), 1);
  }

  get f1() {
    return (2 * this.tp) / (this.all + this.wantedAll || 1);
  }

  /** Adds (1) or takes (-1) all shingles of a run of tokens. */
  change(run, by) {
    for (let index = 0; index + SIZE <= run.length; index += 1) {
      const shingle = shingleAt(run, index);
      const before = this.given.get(shingle) ?? 0;
      const limit = this.wanted.get(shingle) ?? 0;
      this.tp += Math.min(before + by, limit) - Math.min(before, limit);
      this.all += by;
      this.given.set(shingle, before + by);
    }
  }

  pass() {
    let changed = false;
    for (let index = 0; index < this.tokens.length; index += 1) {
      if (this.tokens[index].length === 0) continue;
      const before = this.f1;
      this.flip(index);
      if (this.f1 > before + 1e-9) changed = true;
      else this.flip(index);
    }
    return changed;
  }

  flip(index) {
    const [left, right] = [this.tail(index), this.head(index)];
    const [without, withBlock] = [
      [...left, ...right],
      [...left, ...this.tokens[index], ...right],
    ];
    const kept = this.labels[index];
    this.change(kept ? withBlock : without, -1);
    this.change(kept ? without : withBlock, 1);
    this.labels[index] = !kept;
  }

  /** The last tokens that are kept before a block, and the first ones after it. */
  tail(index) {
    let run = [];
    for (let at = index - 1; at >= 0 && run.length < SIZE - 1; at -= 1)
      if (this.labels[at]) run = [...this.tokens[at].slice(-(SIZE - 1)), ...run].slice(-(SIZE - 1));
    return run;
  }

  head(index) {
    let run = [];
    for (let at = index + 1; at < this.tokens.length && run.length < SIZE - 1; at += 1)
      if (this.labels[at]) run = [...run, ...this.tokens[at].slice(0, SIZE - 1)].slice(0, SIZE - 1);
    return run;
  }
}

function countShingles(tokens) {
  const counts = new Map();
  for (let index = 0; index + SIZE <= tokens.length; index += 1) {
    const shingle = shingleAt(tokens, index);
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

function shingleAt(tokens, index) {
  let hash = 0;
  for (let at = index; at < index + SIZE; at += 1) hash = Math.imul(hash ^ tokens[at], 0x9e3779b1) ^ (hash >>> 13);
  return hash;
}
