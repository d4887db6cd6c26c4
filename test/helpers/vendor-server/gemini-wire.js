/** Shapes of Gemini's generateContent as recorded by others from the real service, and its errors. */

import { countTokens } from './http.js';
import { writeAnswer } from './write-answer.js';

export function geminiError(status, name, message, details = []) {
  return {
    status,
    body: { error: { code: status, message, status: name, ...(details.length > 0 ? { details } : {}) } },
  };
}

export function geminiPromptOf(body) {
  const textOf = (content) => (content?.parts ?? []).map((part) => part.text ?? '').join('');
  return {
    system: textOf(body.systemInstruction),
    user: (body.contents ?? []).map(textOf).join('\n'),
    schema: body.generationConfig?.responseSchema ?? body.generationConfig?.responseJsonSchema,
    maxOutputTokens: body.generationConfig?.maxOutputTokens ?? 65_536,
  };
}

const TOP = [
  'contents',
  'systemInstruction',
  'generationConfig',
  'safetySettings',
  'serviceTier',
  'cachedContent',
  'tools',
  'toolConfig',
];
const SCHEMA = [
  'type',
  'format',
  'title',
  'description',
  'nullable',
  'enum',
  'items',
  'properties',
  'required',
  'propertyOrdering',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'pattern',
  'anyOf',
  'example',
  'default',
  'minProperties',
  'maxProperties',
];

/** Refuses what the real service refuses before it spends anything. */
export function validateGemini(body, model) {
  if (/not-a-model/.test(model))
    return geminiError(
      404,
      'NOT_FOUND',
      `models/${model} is not found for API version v1beta, or is not supported for generateContent.`,
    );
  const unknown = Object.keys(body).find((key) => !TOP.includes(key));
  if (unknown !== undefined) return unknownName(unknown, '');
  const config = body.generationConfig ?? {};
  if (config.responseSchema === undefined) return undefined;
  if (config.responseMimeType !== 'application/json')
    return geminiError(400, 'INVALID_ARGUMENT', 'A response schema needs response mime type application/json.');
  return schemaProblem(config.responseSchema, 'generation_config.response_schema');
}

function schemaProblem(node, path) {
  const unknown = Object.keys(node).find((key) => !SCHEMA.includes(key));
  if (unknown !== undefined) return unknownName(unknown, path);
  if (node.type !== undefined && !/^(STRING|NUMBER|INTEGER|BOOLEAN|ARRAY|OBJECT)$/.test(node.type)) {
    return geminiError(
      400,
      'INVALID_ARGUMENT',
      `Invalid value at '${path}.type' (type.googleapis.com/google.ai.generativelanguage.v1beta.Type), "${node.type}"`,
    );
  }
  const children = [
    ...Object.values(node.properties ?? {}),
    ...(node.items === undefined ? [] : [node.items]),
    ...(node.anyOf ?? []),
  ];
  for (const child of children) {
    const problem = schemaProblem(child, path);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function unknownName(name, path) {
  return geminiError(
    400,
    'INVALID_ARGUMENT',
    `Invalid JSON payload received. Unknown name "${name}"${path === '' ? '' : ` at '${path}'`}: Cannot find field.`,
  );
}

export function completeGemini(body, model, fault, { n, answer }) {
  const prompt = geminiPromptOf(body);
  const promptTokens =
    countTokens(prompt.system) + countTokens(prompt.user) + countTokens(JSON.stringify(prompt.schema ?? ''));
  const tier = body.serviceTier === 'flex' ? 'flex' : 'default';
  const base = { modelVersion: model, responseId: `resp-${n}` };
  const usageOf = (candidates, thoughts = 0) => ({
    promptTokenCount: promptTokens,
    ...(candidates > 0 ? { candidatesTokenCount: candidates } : {}),
    ...(thoughts > 0 ? { thoughtsTokenCount: thoughts } : {}),
    totalTokenCount: promptTokens + candidates + thoughts,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokens }],
  });
  if (fault?.kind === 'blocked')
    return {
      body: { ...base, promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: usageOf(0) },
      tier,
    };
  if (fault?.kind === 'safety' || fault?.kind === 'recitation') {
    return {
      body: { ...base, candidates: [{ finishReason: fault.kind.toUpperCase(), index: 0 }], usageMetadata: usageOf(0) },
      tier,
    };
  }
  const thoughts = thoughtTokens(body, model);
  if (fault?.kind === 'empty-truncate') {
    return {
      body: {
        ...base,
        candidates: [{ content: { role: 'model' }, finishReason: 'MAX_TOKENS', index: 0 }],
        usageMetadata: usageOf(0, prompt.maxOutputTokens),
      },
      tier,
    };
  }
  let text = fault?.text ?? answer?.({ ...prompt, model, vendor: 'gemini' }) ?? writeAnswer(prompt);
  if (typeof text !== 'string') text = JSON.stringify(text);
  let finishReason = 'STOP';
  if (fault?.kind === 'truncate' || countTokens(text) + thoughts > prompt.maxOutputTokens) {
    text = text.slice(0, Math.min(Math.floor(text.length / 2), prompt.maxOutputTokens * 4));
    finishReason = 'MAX_TOKENS';
  }
  if (fault?.kind === 'broken-json') text = `${text.slice(0, -2)},,"oops`;
  if (fault?.kind === 'fenced') text = `\`\`\`json\n${text}\n\`\`\``;
  if (fault?.kind === 'empty') text = '';
  const middle = Math.floor(text.length / 2);
  const parts = [
    ...(thoughts > 0 ? [{ text: 'I should be brief.', thought: true }] : []),
    { text: text.slice(0, middle) },
    { text: text.slice(middle) },
  ];
  const usageMetadata = fault?.kind === 'no-usage' ? undefined : usageOf(countTokens(text), thoughts);
  return {
    body: { candidates: [{ content: { parts, role: 'model' }, finishReason, index: 0 }], usageMetadata, ...base },
    tier,
  };
}

function thoughtTokens(body, model) {
  const thinking = body.generationConfig?.thinkingConfig;
  if (thinking?.thinkingBudget !== undefined) return Math.min(thinking.thinkingBudget, 128);
  if (thinking?.thinkingLevel !== undefined)
    return { MINIMAL: 0, LOW: 64 }[String(thinking.thinkingLevel).toUpperCase()] ?? 640;
  return /lite/.test(model) ? 0 : 640;
}

/** Faults that are answered instead of a completion; nothing is billed. */
export function geminiFault(fault, model) {
  const delay = `${((fault.retryAfterMs ?? 400) / 1000).toFixed(3)}s`;
  switch (fault.kind) {
    case 'status':
      return {
        status: fault.status ?? 500,
        body: fault.body ?? geminiError(500, 'INTERNAL', 'An internal error has occurred.').body,
      };
    case 'rate-limit':
    case 'quota':
      return geminiLimit(
        model,
        fault.kind === 'quota'
          ? 'GenerateRequestsPerDayPerProjectPerModel'
          : 'GenerateRequestsPerMinutePerProjectPerModel',
        '15',
        delay,
      );
    case 'auth':
      return geminiError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'API_KEY_INVALID',
          domain: 'googleapis.com',
          metadata: { service: 'generativelanguage.googleapis.com' },
        },
      ]);
    case 'overloaded':
      return geminiError(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.');
    default:
      return undefined;
  }
}

export function geminiLimit(model, quotaId, quotaValue, retryDelay) {
  return geminiError(
    429,
    'RESOURCE_EXHAUSTED',
    `You exceeded your current quota, please check your plan and billing details.\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_requests, limit: ${quotaValue}, model: ${model}\nPlease retry in ${retryDelay}.`,
    [
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [
          {
            quotaMetric: 'generativelanguage.googleapis.com/generate_content_requests',
            quotaId,
            quotaDimensions: { location: 'global', model },
            quotaValue,
          },
        ],
      },
      {
        '@type': 'type.googleapis.com/google.rpc.Help',
        links: [
          {
            description: 'Learn more about Gemini API quotas',
            url: 'https://ai.google.dev/gemini-api/docs/rate-limits',
          },
        ],
      },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay },
    ],
  );
}
