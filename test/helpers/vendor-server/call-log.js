import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/**
 * Everything that was asked of the server, in order. `billed` is what a vendor would charge for, `delivered` what the client
 * could read; together they prove that nothing was paid twice.
 */
export function createCallLog(file) {
  const calls = [];
  return {
    calls,
    add(call) {
      const entry = { n: calls.length + 1, at: Date.now(), billed: false, delivered: false, ...call };
      if (entry.prompt !== undefined) entry.promptHash = hashPrompt(entry.prompt);
      calls.push(entry);
      return entry;
    },
    /** Called once the fate of the call is known; also the moment at which it goes to the file. */
    close(entry) {
      if (file !== undefined) appendFileSync(file, `${JSON.stringify({ ...entry, prompt: undefined })}\n`);
    },
    /** Calls that would be charged for: live answers and rows of batches. */
    billed: () => calls.filter((call) => call.billed),
    /** Prompts that were charged for more than once, with how often. */
    paidTwice() {
      const times = new Map();
      for (const call of calls) if (call.billed) times.set(call.promptHash, (times.get(call.promptHash) ?? 0) + 1);
      return [...times].filter(([, count]) => count > 1).map(([promptHash, count]) => ({ promptHash, count }));
    },
    of: (kind) => calls.filter((call) => call.kind === kind),
  };
}

export function hashPrompt(prompt) {
  return createHash('sha256').update(prompt).digest('hex').slice(0, 24);
}
