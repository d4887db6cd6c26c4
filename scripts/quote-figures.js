/** What the documents quote from bench/RESULTS.md, word for word. */

/** The promises with their verdicts, and every line that compares with a peer. */
export function quoteFigures(results) {
  const promises = /^## Promises\n\n([\s\S]*?)\n\n/m.exec(results)?.[1];
  const machine = /^Machine: .*$/m.exec(results)?.[0].replace(/\\$/, '');
  const comparisons = [...results.matchAll(/^## (.+)\n\n(`.+?`).*\n\n```\n([\s\S]*?)\n```/gm)].flatMap(
    ([, title, command, output]) => {
      const lines = quoteComparisons(output.split('\n'));
      return lines.length === 0 ? [] : [`${title} (${command}):`, ['```text', ...lines, '```'].join('\n')];
    },
  );
  return [machine, promises, ...comparisons].filter((part) => part !== undefined).join('\n\n');
}

/** The rows of the promises that these benches measure. */
export function quotePromises(results, benches) {
  const [head, rule, ...rows] = /^## Promises\n\n([\s\S]*?)\n\n/m.exec(results)?.[1].split('\n') ?? [];
  return [head, rule, ...rows.filter((row) => benches.some((bench) => row.endsWith(`| \`${bench}\` |`)))].join('\n');
}

/** `→ ours ÷ theirs: …`, under the name of the scene that the lines above it begin with. */
function quoteComparisons(lines) {
  let scene = '';
  return lines.flatMap((line) => {
    const text = line.trim();
    if (text.startsWith('→')) return [`${scene}${text}`];
    scene = text.includes(' · ') ? `${text.slice(0, text.indexOf(' · '))} ` : '';
    return [];
  });
}
