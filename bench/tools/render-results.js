/** RESULTS.md: the promises first, then what each benchmark printed. */

import { describeMachine, describeVersions } from './machine.js';
import { parsePromises } from './promise.js';

export function renderResults(sections, { seconds, at }) {
  const rows = sections.flatMap(promisesOf);
  const markdown = [
    '# Results',
    `Written by \`npm run bench\` on ${at.toISOString().slice(0, 10)} in ${Math.round(seconds)} s; what stands here is what came.`,
    `Machine: ${describeMachine()}\\\nVersions: ${describeVersions()}`,
    '## Promises',
    ['| promise | measured | verdict | by |', '|---|---|---|---|', ...rows.map(renderRow)].join('\n'),
    ...sections.map(renderSection),
  ].join('\n\n');
  return { markdown: `${markdown}\n`, rows };
}

/** One row for each promise that a benchmark makes, measured or not, in the order of its table. */
function promisesOf({ name, promises, output, exitCode }) {
  const told = new Map(parsePromises(output).map((promise) => [promise.id, promise]));
  const strange = [...told.keys()].filter((id) => !(id in promises));
  if (strange.length > 0)
    throw new Error(`${name} speaks of ${strange.join(', ')}: add the words of the promise to bench/benches.js`);
  return Object.entries(promises).map(([id, words]) => {
    const promise = told.get(id);
    if (promise === undefined)
      return { name, words, figure: '–', verdict: 'not measured', cause: `the benchmark ended with ${exitCode}` };
    return { name, words, figure: promise.figure, verdict: promise.verdict, cause: promise.cause };
  });
}

function renderRow({ name, words, figure, verdict, cause }) {
  return `| ${words} | ${figure} | ${verdict === 'holds' ? verdict : `**${verdict}**: ${cause}`} | \`${name}\` |`;
}

function renderSection({ title, args, output, exitCode, seconds }) {
  const figures = output
    .split('\n')
    .filter((line) => !line.startsWith('promise: '))
    .join('\n')
    .trim();
  const end = exitCode === 0 ? '' : `, broke with ${exitCode}`;
  return `## ${title}\n\n\`node bench/${args.join(' ')}\` (${Math.round(seconds)} s${end})\n\n\`\`\`\n${figures}\n\`\`\``;
}
