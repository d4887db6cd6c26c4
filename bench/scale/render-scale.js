/** The table of docs/scale.md: measured rows, and rows beyond them by a straight line through the two largest measured ones. */

const BEYOND = [100_000, 1_000_000];

export function renderScale(rows, { machine, at }) {
  const [low, high] = rows.slice(-2);
  // A line through two small runs says nothing of large ones.
  const beyond =
    high.count < 1000 ? [] : BEYOND.filter((count) => count > high.count).map((count) => extrapolate(low, high, count));
  return [
    `Measured on ${at.toISOString().slice(0, 10)} by \`node bench/scale/run.js --write\` (${machine}); the rows in italics are the model below.`,
    [
      '| entries | time | CPU a post | peak memory | state file | posts | Redis as cache | Redis as queue | money | the same again |',
      `|${'---|'.repeat(10)}`,
      ...rows.map((row) => line(row, (text) => text)),
      ...beyond.map((row) => line(row, (text) => `*${text}*`)),
    ].join('\n'),
  ].join('\n\n');
}

/** What a further entry costs, by the difference of the two; a fixed part, such as a start-up, falls out of it. */
function extrapolate(low, high, count) {
  // What shrank from one run to the next has stopped growing, and stays.
  const straight = (name) =>
    Math.max(low[name], high[name]) +
    Math.max(0, (high[name] - low[name]) / (high.count - low.count)) * (count - high.count);
  const names = [
    'seconds',
    'againSeconds',
    'peakMb',
    'cpuSeconds',
    'redisBytes',
    'queueBytes',
    'stateBytes',
    'postBytes',
    'usd',
  ];
  return { count, ...Object.fromEntries(names.map((name) => [name, straight(name)])) };
}

function line(row, style) {
  const cells = [
    row.count.toLocaleString('en'),
    duration(row.seconds),
    `${((row.cpuSeconds / row.count) * 1000).toFixed(0)} ms`,
    bytes(row.peakMb * 2 ** 20),
    bytes(row.stateBytes),
    bytes(row.postBytes),
    bytes(row.redisBytes),
    bytes(row.queueBytes),
    `$${row.usd < 1 ? row.usd.toFixed(3) : row.usd.toFixed(0)}`,
    duration(row.againSeconds),
  ];
  return `| ${cells.map(style).join(' | ')} |`;
}

function bytes(value) {
  return value < 1e9 ? `${(value / 1e6).toFixed(value < 1e7 ? 1 : 0)} MB` : `${(value / 1e9).toFixed(1)} GB`;
}

function duration(seconds) {
  return seconds < 90
    ? `${seconds.toFixed(1)} s`
    : seconds < 5400
      ? `${(seconds / 60).toFixed(0)} min`
      : `${(seconds / 3600).toFixed(1)} h`;
}
