/** The vendor test server as a process of its own: `node main.js '{"latencyMs":20}'` prints one JSON line with its addresses, then serves until killed. */
import { startVendorServer } from './start.js';

const server = await startVendorServer(JSON.parse(process.argv[2] ?? '{}'));
process.stdout.write(
  `${JSON.stringify({ url: server.url, openaiBaseUrl: server.openaiBaseUrl, geminiBaseUrl: server.geminiBaseUrl })}\n`,
);
