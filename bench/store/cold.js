// A new process: opens a store that is full already and reads from it. Prints milliseconds until the first answer and reads a second after it.
// Usage: node bench/store/cold.js NAME FOLDER REDIS_URL READS

import { CONTENDERS } from './contenders.js';

const [, , name, folder, redisUrl, reads] = process.argv;
if (name.includes('eyv')) await import('../peers/stores.js'); // loading code is not opening a store
const startedAt = performance.now();
const store = await CONTENDERS[name]({ folder, redisUrl });
const first = await store.get('key-0');
const openMs = performance.now() - startedAt;
const readingAt = performance.now();
for (let number = 1; number < Number(reads); number += 1) await store.get(`key-${number}`);
const getsPerSecond = (Number(reads) - 1) / ((performance.now() - readingAt) / 1000);
console.log(JSON.stringify({ openMs, getsPerSecond, found: first !== undefined }));
await store.close();
process.exit(0);
