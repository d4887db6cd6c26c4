// What a small cap buys and what a batch costs when answers need repairs and posts are long; the vendor server's own log is the witness.
// Usage: node bench/savings/repairs.js [ENTRIES]

import { writeAnswer } from '../../test/helpers/vendor-server/write-answer.js';
import { printPromise } from '../tools/promise.js';
import { FAST, openScene, summaryOf } from '../tools/scene.js';

const ENTRIES = Number(process.argv[2] ?? 100);
const PRICE = { input: 0.1, output: 0.5 };
const PRICE_FLAGS = ['--price-input', '0.1', '--price-cached-input', '0.1', '--price-output', '0.5'];
const COMMAND = ['generate', '--json', ...FAST, ...PRICE_FLAGS, '--duplicates', 'keep', '--internal-links', 'off'];
const shortfalls = [];

const caps = [];
for (const share of [0, 0.3, 1]) caps.push(await buyWithCap(share));
const worst = Math.min(...caps.map(({ share }) => share));
printPromise('cap-buys', {
  figure: `${caps.map(({ name, saved, possible }) => `${saved} of ${possible} posts (${name})`).join(', ')}; every paid post saved`,
  holds: worst >= 0.8 && caps.every(({ lost, isOver }) => lost === 0 && !isOver),
  cause: caps
    .filter(({ share, lost, isOver }) => share < 0.8 || lost > 0 || isOver)
    .map(
      ({ name, lost, isOver }) =>
        `${name}${lost > 0 ? `, ${lost} paid posts not saved` : ''}${isOver ? ', cap passed' : ''}`,
    )
    .join(', '),
});

const [byList, byCost] = [await buyMixed('list'), await buyMixed('cost')];
console.log(`posts of three lengths, a cap of a tenth: ${byList} in the order of the list, ${byCost} by cost`);

const batch = await runInBatches();
printPromise('batch-whole', {
  figure: `${percent(batch.cost)} of the standard cost, ${batch.http.toFixed(1)} HTTP calls for a hundred posts`,
  holds: shortfalls.length === 0,
  cause: shortfalls.join(', '),
});

/** A tenth of what the list costs as the cap, when so many first answers need a repair. */
async function buyWithCap(share) {
  const name = `${percent(share)} repaired`;
  const answer = answers({ badShare: share });
  const free = await openScene({ entries: ENTRIES, vendor: { answer } });
  const whole = await free.project();
  await ended(free.run(whole, COMMAND));
  const costs = costsByPost(free.server);
  const total = sum(costs.values());
  await free.close();

  const capUsd = total / 10;
  const scene = await openScene({ entries: ENTRIES, vendor: { answer } });
  const project = await scene.project();
  const { stdout } = await scene.run(project, [...COMMAND, '--order', 'list', '--max-cost', String(capUsd)]);
  const spent = costsByPost(scene.server);
  const saved = scene.posts(project);
  await scene.close();

  const possible = countWithin(inOrder(costs), capUsd);
  const result = {
    name,
    saved,
    possible,
    share: saved / possible,
    lost: spent.size - saved,
    isOver: sum(spent.values()) > capUsd * (1 + 1e-9),
  };
  const { budget } = summaryOf(stdout);
  console.log(
    `a cap of a tenth ($${capUsd.toFixed(5)}), ${name}: ${saved} posts saved, ${possible} with perfect foresight (${percent(result.share)}); ${spent.size} posts asked for, $${sum(spent.values()).toFixed(5)} billed, $${budget.spentUsd.toFixed(5)} told`,
  );
  return result;
}

/** Posts that a cap of a tenth buys of a list whose posts have three lengths, in an order. */
async function buyMixed(order) {
  const lengths = [800, 3000, 9000];
  const sized = (prompt) => {
    const post = JSON.parse(writeAnswer(prompt));
    const length = Number(/about (\d+) characters/.exec(prompt.user)?.[1] ?? 1000);
    const more = Math.max(0, Math.round((length * 0.7 - post.body.length) / post.body.length));
    return JSON.stringify({ ...post, body: [post.body, ...Array(more).fill(post.body)].join('\n\n') });
  };
  const run = async (more) => {
    const scene = await openScene({ entries: ENTRIES, vendor: { answer: sized } });
    const project = await scene.project();
    const entries = Array.from({ length: ENTRIES }, (_, index) => ({
      url: scene.site.url(`/article-${index + 1}`),
      length: lengths[index % lengths.length],
    }));
    await project.write('urls.json', JSON.stringify(entries));
    await scene.run(project, [...COMMAND.toSpliced(1, 0, 'urls.json'), ...more]);
    const [posts, usd] = [scene.posts(project), sum(costsByPost(scene.server).values())];
    await scene.close();
    return { posts, usd };
  };
  const { usd } = await run([]);
  return (await run(['--order', order, '--max-cost', String(usd / 10)])).posts;
}

/** Half of the first answers need a repair, a fifth of the posts is long, 30 % of the entries repeat others: by batches, against single calls for every entry at the standard tier. */
async function runInBatches() {
  const answer = answers({ badShare: 0.5 });
  const scene = await openScene({ entries: ENTRIES, vendor: { answer, batch: { durationMs: 300 } } });
  const unique = Math.round(ENTRIES * 0.7);
  const list = Array.from({ length: ENTRIES }, (_, index) => ({
    url: scene.site.url(`/article-${(index % unique) + 1}${index < unique ? '' : '?utm_source=letter'}`),
    ...((index % unique) % 5 === 4 ? { length: 12_000 } : {}),
  }));
  const run = async (more) => {
    const before = scene.server.log.calls.length;
    const project = await scene.project();
    await project.write('urls.json', JSON.stringify(list));
    await ended(scene.run(project, [...COMMAND.toSpliced(1, 0, 'urls.json'), ...more]));
    return { calls: scene.server.log.calls.slice(before), posts: scene.posts(project) };
  };
  const standard = await run([]);
  const overnight = await run(['--tier', 'batch', '--batch-poll', '1000']);
  await scene.close();

  const cost = ({ calls }) => sum(calls.filter(({ billed }) => billed).map(costOf));
  const http = (overnight.calls.filter(({ kind }) => kind !== 'batch-row').length / overnight.posts) * 100;
  const plainCost = (cost(standard) / unique) * ENTRIES;
  const figures = { cost: cost(overnight) / plainCost, http };
  const live = overnight.calls.filter(({ kind }) => kind === 'live').length;
  console.log(
    `batches with 50 % repairs and 20 % long posts: ${overnight.posts} posts, ${overnight.calls.filter(({ billed }) => billed).length} answers, ${percent(figures.cost)} of the standard cost ($${plainCost.toFixed(5)}), ${http.toFixed(1)} HTTP calls for a hundred posts, ${live} live calls`,
  );
  for (const [name, count] of countBy(overnight.calls.filter(({ kind }) => kind !== 'batch-row')))
    console.log(`  ${count} ${name}`);
  if (overnight.posts < unique || standard.posts < unique)
    shortfalls.push(`${overnight.posts} and ${standard.posts} of ${unique} posts`);
  if (figures.cost > 0.36) shortfalls.push(`cost ${percent(figures.cost)}, at most 36 %`);
  if (http > 15) shortfalls.push(`${http.toFixed(1)} HTTP calls for a hundred posts, at most 15`);
  return figures;
}

/** A dutiful model that states a figure of its own in a share of its first answers. */
function answers({ badShare }) {
  return (prompt) => {
    const text = writeAnswer(prompt);
    const number = Number(/\/article-(\d+)/.exec(prompt.user)?.[1] ?? 0);
    const isBad = ((number * 37) % 100) / 100 < badShare;
    if (!isBad || prompt.user.includes('Your last answer') || prompt.schema?.properties?.body === undefined)
      return text;
    const post = JSON.parse(text);
    return JSON.stringify({ ...post, body: `${post.body}\n\nBy the end it had grown by 987,654 percent.` });
  };
}

function costsByPost({ log }) {
  const costs = new Map();
  for (const call of log.billed()) {
    const post = /\/article-(\d+)/.exec(call.prompt)?.[1] ?? '';
    costs.set(post, (costs.get(post) ?? 0) + costOf(call));
  }
  return costs;
}

function costOf({ usage, kind, servedTier }) {
  const share = kind === 'batch-row' || servedTier === 'flex' ? 0.5 : 1;
  return ((usage.prompt_tokens * PRICE.input + usage.completion_tokens * PRICE.output) / 1e6) * share;
}

/** How many posts the money buys, one after the other: each is taken whose cost is left. */
function countWithin(costs, usd) {
  let left = usd * (1 + 1e-9);
  let count = 0;
  for (const cost of costs) {
    if (cost > left) continue;
    left -= cost;
    count += 1;
  }
  return count;
}

/** Costs in the order of the list. */
function inOrder(costs) {
  return [...costs].sort(([a], [b]) => Number(a) - Number(b)).map(([, cost]) => cost);
}

function countBy(calls) {
  const counts = new Map();
  for (const { kind, path = '' } of calls) {
    const name = `${kind} ${path.replace(/(?:batch|file)[-_]\w+/g, 'ID')}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

async function ended(running) {
  const { exitCode, stdout, stderr } = await running;
  if (exitCode !== 0) throw new Error(`ended with ${exitCode}: ${stderr || stdout.slice(-2000)}`);
}

function sum(values) {
  return [...values].reduce((total, value) => total + value, 0);
}

function percent(share) {
  return `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)} %`;
}
