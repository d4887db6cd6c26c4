import { expect, test } from 'vitest';
import { estimateTokens } from '../../../src/services/models/client/count-tokens.ts';
import { buildOpenAiBody, learnFromRefusal, quirksOf } from '../../../src/services/models/openai/openai-body.ts';
import { readBody } from '../../../src/services/models/reply/read-body.ts';
import { readReply } from '../../../src/services/models/reply/read-reply.ts';
import { readUsage } from '../../../src/services/models/reply/read-usage.ts';
import { buildPrompt } from '../../../src/stages/write/prompt/build-prompt.ts';
import { makeBrief } from '../../helpers/make-brief.ts';

const chunk = (delta: object, finish: string | null = null, more: object = {}) =>
  JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }], ...more });
const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
const events = (lines: readonly string[], separator = '\n\n') =>
  lines.map((line) => `data: ${line}${separator}`).join('');
const stream = [
  chunk({ role: 'assistant', content: '{"a"' }),
  chunk({ content: ': 1}' }),
  chunk({}, 'stop'),
  chunk({}, null, { choices: [], usage }),
];
const whole = JSON.stringify({
  model: 'm',
  choices: [{ message: { content: '{"a": 1}' }, finish_reason: 'stop' }],
  usage,
});

const reply = (body: string) => readReply(readBody(body), { raw: body, model: 'asked', tier: 'standard' });

test.each([
  ['plain JSON', whole],
  ['JSON with a byte order mark', `\uFEFF${whole}`],
  ['a stream', events([...stream, '[DONE]'])],
  ['a stream without its end mark', events(stream)],
  ['a stream with comments and event names', `: ping\n\nevent: message\n${events([...stream, '[DONE]'])}`],
  ['a stream of Windows lines', events([...stream, '[DONE]'], '\r\n\r\n')],
  ['a stream without blank lines', events([...stream, '[DONE]'], '\n')],
  ['a stream without spaces', events([...stream, '[DONE]']).replaceAll('data: ', 'data:')],
  ['a plain answer with the end of a stream', `${whole}\ndata: [DONE]\n`],
  ['a plain answer as one event', `data: ${whole}\n\ndata: [DONE]\n\n`],
  ['one chunk on each line', [...stream, ''].join('\n')],
])('reads %s', (_what, body) => {
  expect(reply(body)).toMatchObject({
    text: '{"a": 1}',
    finishReason: 'stop',
    model: 'm',
    usage: { input: 5, output: 7 },
  });
});

test.each([
  ['half of an object', whole.slice(0, 40)],
  ['a stream that breaks off', events(stream.slice(0, 2))],
  ['a stream that breaks off in a chunk', `${events(stream.slice(0, 2))}data: {"id":"c","cho`],
  ['nothing', ''],
  ['words', 'OK'],
])('%s is no answer', (_what, body) => {
  expect(readBody(body)).toBeUndefined();
});

test('an error inside a stream is an error', () => {
  expect(readBody(events([stream[0] ?? '', '{"error":{"message":"overloaded","code":502}}']))).toMatchObject({
    error: { message: 'overloaded' },
  });
});

const message = (fields: object, finish: unknown = 'stop') =>
  readReply({ choices: [{ message: fields, finish_reason: finish }] }, { raw: '', model: 'm', tier: 'standard' });

test.each([
  ['text', { content: '{}' }],
  [
    'parts',
    {
      content: [
        { type: 'text', text: '{' },
        { type: 'text', text: '}' },
      ],
    },
  ],
  [
    'parts with thoughts',
    {
      content: [
        { type: 'thinking', text: 'hm' },
        { type: 'text', text: '{}' },
      ],
    },
  ],
  ['parts that are texts', { content: ['{', '}'] }],
  ['an object', { content: {} }],
  ['reasoning_content', { content: '', reasoning_content: '{}' }],
  ['reasoning', { content: null, reasoning: '{}' }],
  ['the arguments of a tool', { content: null, tool_calls: [{ function: { name: 'post', arguments: '{}' } }] }],
])('takes an answer from %s', (_where, fields) => {
  expect(message(fields).text).toBe('{}');
});

test.each([
  ['eos', 'stop'],
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['complete', 'stop'],
  ['COMPLETE', 'stop'],
  ['tool_calls', 'stop'],
  [null, 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['MAX_TOKENS', 'length'],
  ['model_length', 'length'],
  ['content_filter', 'safety'],
  ['SAFETY', 'safety'],
  ['refusal', 'refusal'],
  ['error', 'other'],
] as const)('an answer that ended by %s ended by %s', (word, reason) => {
  expect(message({ content: '{}' }, word).finishReason).toBe(reason);
});

test.each([
  [
    'reasoning inside',
    { prompt_tokens: 900, completion_tokens: 2600, total_tokens: 3500 },
    { input: 900, output: 2600 },
  ],
  [
    'reasoning beside',
    { prompt_tokens: 900, completion_tokens: 450, total_tokens: 3500 },
    { input: 900, output: 2600 },
  ],
  ['no total', { prompt_tokens: 9, completion_tokens: 4 }, { input: 9, output: 4 }],
  ['no completion', { prompt_tokens: 9, total_tokens: 13 }, { input: 9, output: 4 }],
  ['a total of 0', { prompt_tokens: 9, completion_tokens: 4, total_tokens: 0 }, { input: 9, output: 4 }],
  [
    "DeepSeek's cache",
    { prompt_tokens: 9, completion_tokens: 4, prompt_cache_hit_tokens: 8 },
    { input: 9, cachedInput: 8, output: 4 },
  ],
  [
    'names of the Responses API',
    { input_tokens: 9, output_tokens: 4, input_tokens_details: { cached_tokens: 3 } },
    { input: 9, cachedInput: 3, output: 4 },
  ],
] as const)('usage with %s', (_what, told, expected) => {
  expect(readUsage(told)).toMatchObject(expected);
});

test.each([
  [undefined, 'standard'],
  ['default', 'standard'],
  ['on_demand', 'standard'],
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['fast', 'priority'],
] as const)('service tier %s is billed as %s', (word, tier) => {
  const body = { choices: [], service_tier: word };
  expect(readReply(body, { raw: '', model: 'm', tier: 'standard' }).tier).toBe(tier);
});

const START = quirksOf('qwen', { compatible: true });

test.each([
  ['This model does not support response format `json_schema`.', 'response_format', 'json_object'],
  ['This response_format type is unavailable now', undefined, 'json_object'],
  ["'response_format.type' must be 'json_schema' or 'text'", undefined, 'json_object'],
  ['responseFormat is not supported', undefined, 'json_object'],
  ['structured outputs are not supported by this model: structured_outputs', undefined, 'json_object'],
  ['Failed to compile grammar: Unimplemented keys: ["minLength"]', undefined, 'json_object'],
  [
    'Unknown name "additionalProperties" at \'generation_config.response_schema\': Cannot find field.',
    undefined,
    'json_object',
  ],
  ["response_format: only 'text' is allowed, not json_object", undefined, 'none'],
] as const)('%s is learnt', (words, param, format) => {
  expect(learnFromRefusal(words, param, START)?.answerFormat).toBe(format);
});

test('a field that is refused under each of its names is not asked for in turns for ever', () => {
  const first = learnFromRefusal('max_tokens: Extra inputs are not permitted', 'max_tokens', START);
  expect(first?.outputLimit).toBe('max_completion_tokens');
  if (first !== undefined)
    expect(learnFromRefusal('Unrecognized request argument: max_completion_tokens', undefined, first)).toBeUndefined();
});

const THINKING = quirksOf('m', { compatible: true, reasoning: 'none' });
const FIELDS = '`messages`, `model`, `store`, `max_tokens`, `max_completion_tokens`, `response_format`, `service_tier`';

test.each([
  [
    'pydantic',
    "1 validation error for ChatCompletionServerRequest\nreasoning_effort\n Input should be 'low', 'medium' or 'high' [type=enum, input_value='none', input_type=str]",
    'low',
  ],
  [
    'SGLang',
    "{'type': 'literal_error', 'loc': ('body', 'reasoning_effort'), 'msg': \"Input should be 'low', 'medium' or 'high'\", 'input': 'none'}",
    'low',
  ],
  ['xAI', 'Model grok does not support parameter reasoningEffort.', undefined],
  ['serde', `reasoning_effort: unknown field \`reasoning_effort\`, expected one of ${FIELDS} at line 1`, undefined],
  ['serde, of a value', 'reasoning_effort: unknown variant `none`, expected one of `low`, `medium`, `high`', 'low'],
  ['a list of what is taken', `Unknown parameter 'reasoning_effort'. Supported parameters are: ${FIELDS}`, undefined],
  [
    'a list in brackets',
    `Unrecognized request argument supplied: reasoning_effort (allowed parameters: ${FIELDS})`,
    undefined,
  ],
  ['Go', `json: unknown field "reasoning_effort"; valid fields: ${FIELDS}`, undefined],
  ['Ollama', '"gemma3:4b" does not support thinking', undefined],
  ['Ollama by the effort', 'think value "none" is not supported for this model', undefined],
  ['a model that does not reason', 'Reasoning is not enabled for this model', undefined],
] as const)('the field that %s refuses is told from those that it takes', (_what, message, effort) => {
  const learnt = learnFromRefusal(message, undefined, THINKING);

  expect(learnt).toMatchObject({ answerFormat: 'json_schema', outputLimit: 'max_tokens' });
  expect(learnt?.reasoning).toBe(effort);
});

test('a second refusal of the effort leaves it out, before dearer ones are asked for', () => {
  const message = "reasoning_effort: Input should be 'low', 'medium' or 'high', input_value='none'";
  const first = learnFromRefusal(message, undefined, THINKING) ?? THINKING;

  expect(first.reasoning).toBe('low');
  expect(learnFromRefusal(message, undefined, first)?.reasoning).toBeUndefined();
});

test.each([
  'This model only support stream mode, please enable the stream parameter to access the model.',
  'parameter.enable_thinking must be set to false for non-streaming calls',
  'Streaming is required for this model',
  'Non-stream requests are not supported',
])('a model is asked for a stream after: %s', (message) => {
  const learnt = learnFromRefusal(message, undefined, START);
  const brief = makeBrief();
  const prompt = buildPrompt(brief, { templateText: 'Form', reasoningTokens: 0, estimateTokens });

  expect(learnt === undefined ? {} : buildOpenAiBody('m', { prompt, tier: 'standard' }, learnt)).toMatchObject({
    stream: true,
    stream_options: { include_usage: true },
  });
});
