// Takes a job of a project in hand and holds it until it is killed: `node hold-job.js FOLDER ID`, after the build.
import { JobQueue, openStateFile } from '../../dist/index.js';

const [folder, id] = process.argv.slice(2);
const { db } = openStateFile(folder);
const queue = new JobQueue({ db, leaseMs: 600_000 });
const lease = await queue.begin(id);
process.send?.(lease === undefined ? 'not mine' : 'held');
setInterval(() => {}, 1000);
