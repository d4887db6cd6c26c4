/**
 * The one line that RESULTS.md's table of promises is made from:
 *
 *   promise: ID | FIGURE | holds
 *   promise: ID | FIGURE | falls short: CAUSE
 *   promise: ID | – | skipped: CAUSE
 *
 * The words of each promise stand in bench/run.js beside the benchmark that measures it.
 */

/** `cause` says why a promise falls short; it is printed only then. */
export function printPromise(id, { figure, holds, cause = 'see the figures below' }) {
  console.log(`promise: ${id} | ${figure} | ${holds ? 'holds' : `falls short: ${cause}`}`);
}

/** What a benchmark needs is not there, and may well not be: neither kept nor broken. */
export function skipPromise(id, cause) {
  console.log(`promise: ${id} | – | skipped: ${cause}`);
}

export function parsePromises(output) {
  return output.split('\n').flatMap((line) => {
    const match = /^promise: (\S+) \| (.+) \| (holds|falls short|skipped)(?:: (.*))?$/.exec(line);
    return match === null ? [] : [{ id: match[1], figure: match[2], verdict: match[3], cause: match[4] }];
  });
}
