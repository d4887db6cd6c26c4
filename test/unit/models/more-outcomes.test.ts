/** Refusals and answers that users of several servers reported, and what they mean for money and for the run. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOpenAiClient } from '../../../src/services/models/openai/openai-client.ts';
import { providerError } from '../../../src/services/models/refusal/provider-errors.ts';
import { chunk, openOutcomes, type Row, said, sse, TEXT } from '../../helpers/odd-outcomes.ts';

let outcomes: Awaited<ReturnType<typeof openOutcomes>>;
beforeAll(async () => {
  outcomes = await openOutcomes();
});
afterAll(() => outcomes.close());

const refused = (status: number, body: unknown) => ({ status, body });
const ENDS = { money: 'free', next: 'run ends' } as const;
const counts = { input_tokens: 900, output_tokens: 200, total_tokens: 1100 };
const ended = (output: unknown) => ({
  type: 'response.completed',
  response: { status: 'completed', model: 'm', output, usage: counts },
});
const delta = (text: string) => ({ type: 'response.output_text.delta', delta: text });

const ROWS: readonly Row[] = [
  [
    'LM Studio: no model is loaded',
    'openai',
    refused(400, said('No models loaded. Please load a model in the developer page.', { param: 'model' })),
    { ...ENDS, says: 'Load the model' },
  ],
  [
    'Ollama: too little memory',
    'openai',
    refused(500, said('model requires more system memory (5.3 GiB) than is available (4.4 GiB)')),
    { ...ENDS, says: 'less memory' },
  ],
  [
    'Ollama: too little memory of the card',
    'openai',
    refused(500, { error: 'model requires more GPU memory than is available' }),
    { ...ENDS, says: 'less memory' },
  ],
  ['a fault of the memory that passes', 'openai', refused(500, said('CUDA out of memory')), { next: 'again' }],
  [
    'xAI: no credit yet',
    'openai',
    refused(403, {
      code: 'The caller does not have permission',
      error: "Your team doesn't have any credits or licenses yet.",
    }),
    { ...ENDS, says: 'Add credit' },
  ],
  [
    'a router without credit',
    'openai',
    refused(403, said('This key has no credits.')),
    { ...ENDS, says: 'Add credit' },
  ],
  ...[
    'Unsupported service_tier: flex',
    "Invalid service_tier argument: This model does not support service tier 'flex'.",
    'Flex API is not supported for model: gemini-2.5-flash-lite.',
    'Flex processing is not available for this model',
  ].map((reason): Row => [reason, 'gemini', refused(400, said(reason)), { ...ENDS, says: '--tier standard' }]),
  [
    'a limit of the flex tier',
    'openai',
    refused(
      429,
      said('Rate limit reached for the flex service tier, which is not available above 10 calls per minute'),
    ),
    { next: 'again' },
  ],
  [
    'a stream of Responses whose end holds no text',
    'openai',
    sse(delta(TEXT.slice(0, 90)), delta(TEXT.slice(90)), ended([])),
    { money: 'paid', next: 'post' },
  ],
  [
    'a stream of Responses whose end holds the text',
    'openai',
    sse(delta('no'), ended([{ type: 'message', content: [{ type: 'output_text', text: TEXT }] }])),
    { money: 'paid', next: 'post' },
  ],
  [
    'OpenRouter: an answer among the parts of the thoughts',
    'openai',
    {
      body: {
        model: 'm',
        usage: { prompt_tokens: 900, completion_tokens: 200 },
        choices: [
          {
            message: { content: null, reasoning_details: [{ type: 'reasoning.text', text: TEXT }] },
            finish_reason: 'stop',
          },
        ],
      },
    },
    { money: 'paid', next: 'post' },
  ],
  ['half of a stream', 'openai', sse(chunk({ content: TEXT.slice(0, 90) })), { money: 'unknown', next: 'page fails' }],
];

test.each(ROWS)('%s', async (_what, vendor, answer, expected) => {
  const outcome = await outcomes.outcomeOf(vendor, answer);

  expect(outcome).toMatchObject({
    ...expected,
    ...(expected.says === undefined ? {} : { says: expect.stringContaining(expected.says) as string }),
  });
});

const FLAGGED = { status: 400, message: 'Content violates usage guidelines.', ownWords: true };
const FILTERED = {
  status: 400,
  code: 'content_filter',
  message: 'The response was filtered due to the prompt',
  ownWords: true,
};

test.each([
  ['https://api.x.ai/v1', 'unknown'],
  ['https://name.openai.azure.com/openai/v1', 'unknown'],
  ['https://name.services.ai.azure.com/openai/v1', 'unknown'],
  ['https://api.openai.com/v1', 'free'],
  ['https://x.ai.example/v1', 'free'],
])('a flagged text at %s is %s', (baseUrl, bill) => {
  const { context } = createOpenAiClient({ model: 'm', baseUrl });

  for (const wire of [FLAGGED, FILTERED])
    expect(providerError(wire, context)).toMatchObject({ code: 'REPLY_REFUSED', details: { bill } });
  expect(providerError({ status: 400, message: 'Bad field', ownWords: true }, context).details['bill']).toBe('free');
});
