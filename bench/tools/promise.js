/**
 * The one line that RESULTS.md's table of promises is made from:
 *
 *   promise: ID | FIGURE | holds
 *   promise: ID | FIGURE | falls short: CAUSE
 *
 * The words of each promise stand in bench/run.js beside the benchmark that measures it.
 */

/** `cause` says why a promise falls short; it is printed only then. */
export function printPromise(id, { figure, holds, cause = 'see the figures below' }) {
  console.log(`promise: ${id} | ${figure} | ${holds ? 'holds' : `falls short: ${cause}`}`);
}

export function parsePromises(output) {
  return output.split('\n').flatMap((line) => {
    const match = /^promise: (\S+) \| (.+) \| (holds|falls short)(?:: (.*))?$/.exec(line);
    return match === null ? [] : [{ id: match[1], figure: match[2], holds: match[3] === 'holds', cause: match[4] }];
  });
}
