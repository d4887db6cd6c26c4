// A process that writes keys as fast as it can and says each one that was acknowledged. Usage: node write-keys.js FOLDER NAME FROM TO
import { writeSync } from 'node:fs';
import { Cache } from '../../dist/services/cache/cache.js';
import { openStateFile } from '../../dist/services/sqlite/open-state-file.js';

const [, , folder, name, from, to] = process.argv;
const { db } = openStateFile(folder);
const cache = new Cache({ db, memoryBytes: 1 });
for (let number = Number(from); number < Number(to); number += 1) {
  await cache.set(`${name}-${number}`, `${number} `.repeat(1 + (number % 50)));
  writeSync(1, `${number}\n`);
}
