// How soon a command gives the prompt back: `generate --detach` beside `generate` that waits for its posts, same list, same vendor, interleaved.
// Usage: node bench/answer-time/run.js [ENTRIES] [ROUNDS]

import { median } from '../tools/median.js';
import { printPromise } from '../tools/promise.js';
import { FAST, openScene, until } from '../tools/scene.js';

const ENTRIES = Number(process.argv[2] ?? 40);
const ROUNDS = Number(process.argv[3] ?? 3);
const LATENCY_MS = 5000; // a post of 3,000 characters takes today's models 5 to 30 seconds
const scene = await openScene({ entries: ENTRIES, vendor: { latencyMs: LATENCY_MS } });
const times = { waiting: [], detached: [] };

for (let round = 0; round < ROUNDS; round += 1) {
  for (const how of ['waiting', 'detached']) {
    const project = await scene.project();
    const startedAt = performance.now();
    const { exitCode, stderr } = await scene.run(project, [
      'generate',
      ...FAST,
      ...(how === 'detached' ? ['--detach'] : ['--plain']),
    ]);
    times[how].push((performance.now() - startedAt) / 1000);
    if (exitCode !== 0) throw new Error(`${how} ended with ${exitCode}: ${stderr}`);
    // Nothing is gained by losing posts: what was left to the background gets all of them.
    await until(() => scene.posts(project) === ENTRIES);
    // The background process ends after its last post; the folder is free when another command may have it.
    await until(async () => (await scene.run(project, ['jobs', '--json'])).exitCode === 0);
  }
}
await scene.close();

const [waiting, detached] = [median(times.waiting), median(times.detached)];
console.log(
  `${ENTRIES} entries, ${LATENCY_MS / 1000} s for an answer of the vendor, ${ROUNDS} rounds each, medians; every post was written both ways`,
);
console.log(`generate, waits for its posts: 1.00 (${waiting.toFixed(2)} s)`);
console.log(`generate --detach:             ${(detached / waiting).toFixed(3)} (${detached.toFixed(2)} s)`);
printPromise('answer-time', {
  figure: `down ${((1 - detached / waiting) * 100).toFixed(1)} % (${ENTRIES} entries, ${LATENCY_MS / 1000} s an answer)`,
  holds: detached / waiting <= 0.2,
  cause: 'starting a process and reading the list take longer than the posts are worth',
});
