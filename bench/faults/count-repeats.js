/** Faults of an answer after which it cannot be used: whoever asks again pays again, at every vendor. */
const USELESS = new Set(['broken-json', 'truncate', 'empty']);

/** Why prompts were billed more than once. Only what arrived whole, could be used, and was not on the wire when its process was killed counts as paid twice. */
export function countRepeats(billed, { kills, latencyMs }) {
  const counts = { paidTwice: 0, onTheWire: 0, broken: 0 };
  const byPrompt = new Map();
  for (const call of billed) byPrompt.set(call.promptHash, [...(byPrompt.get(call.promptHash) ?? []), call]);
  for (const calls of byPrompt.values()) {
    for (const call of calls.slice(0, -1)) {
      const wasKilled = kills.some((kill) => call.at <= kill && kill <= call.at + latencyMs + 500);
      if (!call.delivered || USELESS.has(call.fault)) counts.broken += 1;
      else if (wasKilled) counts.onTheWire += 1;
      else counts.paidTwice += 1;
    }
  }
  return counts;
}
