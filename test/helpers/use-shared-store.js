// A process of its own, for what is decided at its start (NODE_EXTRA_CA_CERTS): keeps a value under the address in argv, reads it back, prints it.
import { openSharedStore } from '../../dist/index.js';

const [, , url, value] = process.argv;
const errors = [];
const shared = await openSharedStore(url, {
  prefix: 'test:',
  timeoutMs: 2000,
  onError: (error) => errors.push(error.message),
});
try {
  await shared.store.set('key', value);
  console.log(await shared.store.get('key'));
} catch (error) {
  console.log(`failed: ${[error.message, ...errors].join('; ')}`);
}
await shared[Symbol.asyncDispose]();
