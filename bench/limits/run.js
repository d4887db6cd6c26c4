// How well 300 posts use a vendor's limits (600 requests and 200,000 tokens a minute), and how many are refused,
// beside a plain Promise.all over 20 workers with the SDK's own retries. Usage: node bench/limits/run.js [POSTS]

import OpenAI from 'openai';
import { estimateTokens } from '../../dist/services/models/client/count-tokens.js';
import { gatedModel } from '../../dist/services/models/limits/gated-model.js';
import { createRateGate } from '../../dist/services/models/limits/rate-gate.js';
import { createOpenAiModel } from '../../dist/services/models/openai/openai.js';
import { retryingModel } from '../../dist/stages/write/calls/retrying-model.js';
import { buildPrompt } from '../../dist/stages/write/prompt/build-prompt.js';
import { TEMPLATES } from '../../dist/stages/write/prompt/templates.js';
import { systemClock } from '../../dist/util/clock.js';
import { systemRandom } from '../../dist/util/random.js';
import { countTokens } from '../../test/helpers/vendor-server/http.js';
import { startVendorServer } from '../../test/helpers/vendor-server/start.js';
import { printPromise } from '../tools/promise.js';

const POSTS = Number(process.argv[2] ?? 300);
const LIMITS = { requestsPerMinute: 600, tokensPerMinute: 200_000 };
const words =
  'harbour council report turbine market river engine school bridge garden winter summer library station museum orchard'.split(
    ' ',
  );
const text = (seed) =>
  Array.from(
    { length: 60 },
    (_, line) =>
      `In ${1900 + ((seed * 7 + line) % 120)} the ${words[(seed + line) % 16]} of the ${words[(seed * 3 + line) % 16]} cost ${seed * 13 + line} euros, says the ${words[line % 16]}.`,
  ).join(' ');
const prompts = Array.from({ length: POSTS }, (_, index) => {
  const article = {
    url: `https://example.org/${index}`,
    finalUrl: `https://example.org/${index}`,
    title: `Post ${index}`,
    lang: 'en',
    text: text(index),
    markdown: text(index),
    links: [],
    images: [],
    contentHash: `h${index}`,
    fetchedAt: '',
    policy: {},
  };
  const brief = {
    key: `post-${index}`,
    articles: [article],
    copies: [],
    entries: [],
    keywords: [],
    lang: 'en',
    length: 2000,
    tone: 'plain',
    template: 'article',
  };
  return {
    id: `post-${index}`,
    tier: 'standard',
    brief,
    prompt: buildPrompt(brief, { templateText: TEMPLATES.article, reasoningTokens: 0, estimateTokens }),
  };
});

// Side by side, each with a vendor of its own: both do little but wait.
const results = await Promise.all([
  measure('blogger', byBlogger),
  measure('Promise.all, 20 workers, SDK retries', bySdk),
]);

async function measure(name, run) {
  const server = await startVendorServer({ limits: LIMITS, latencyMs: 300 });
  const startedAt = performance.now();
  const done = await run(server);
  const seconds = (performance.now() - startedAt) / 1000;
  const live = server.log.of('live');
  const refused = live.filter(({ status }) => status === 429).length;
  const tokens = live
    .filter(({ status }) => status === 200)
    .reduce((sum, call) => sum + countTokens(call.prompt) + call.maxOutputTokens, 0);
  // A full bucket at the start and the refill since then; nobody can be faster.
  const least = Math.max(
    (tokens - LIMITS.tokensPerMinute) / (LIMITS.tokensPerMinute / 60),
    (POSTS - LIMITS.requestsPerMinute) / (LIMITS.requestsPerMinute / 60),
    0.3,
  );
  console.log(
    `${name}: ${done} of ${POSTS} posts, ${(seconds / least).toFixed(3)} times the time that the limits allow, ${refused} of ${live.length} requests refused with 429 (${((refused / live.length) * 100).toFixed(1)} %)`,
  );
  await server.close();
  return { name, done, seconds, least, refused, requests: live.length };
}
const [ours, peer] = results;
printPromise('quota', {
  figure: `${((ours.refused / ours.requests) * 100).toFixed(1)} % refused (peer ${((peer.refused / peer.requests) * 100).toFixed(1)} %), ${(ours.seconds / ours.least).toFixed(3)} times the least time, ${ours.done} of ${POSTS} posts (peer ${peer.done})`,
  holds: ours.done === POSTS && ours.seconds / ours.least <= 1.05 && ours.refused / ours.requests < 0.01,
});

async function byBlogger(server) {
  const gate = createRateGate({
    requestsPerMinute: LIMITS.requestsPerMinute,
    tokensPerMinute: LIMITS.tokensPerMinute,
    clock: systemClock,
  });
  const model = createOpenAiModel({
    model: 'gpt-6-luna',
    apiKey: 'sk-bench',
    baseUrl: server.openaiBaseUrl,
    onLimits: ({ id }, report) => void gate.report(id, report),
  });
  const guarded = retryingModel(gatedModel(model, gate, systemRandom), {
    attempts: 5,
    clock: systemClock,
    random: systemRandom,
    emit() {},
  });
  const never = new AbortController().signal;
  const answers = await Promise.allSettled(prompts.map((request) => guarded.answer(request, never)));
  return answers.filter(({ status }) => status === 'fulfilled').length;
}

async function bySdk(server) {
  const sdk = new OpenAI({ apiKey: 'sk-bench', baseURL: server.openaiBaseUrl });
  const waiting = [...prompts];
  let done = 0;
  const worker = async () => {
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      const { system, user, maxOutputTokens } = request.prompt;
      try {
        await sdk.chat.completions.create({
          model: 'gpt-6-luna',
          messages: [
            { role: 'system', content: system },
            { role: 'user', content: user },
          ],
          max_completion_tokens: maxOutputTokens,
        });
        done += 1;
      } catch {
        // lost: the SDK gave up
      }
    }
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  return done;
}
