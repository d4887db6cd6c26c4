import { expect, test } from 'vitest';
import { BloggerError } from '../../../src/core/errors.ts';
import type { LanguageModel, ModelRequest } from '../../../src/core/ports.ts';
import { retryingModel } from '../../../src/stages/write/calls/retrying-model.ts';
import { fakeRandom } from '../../helpers/fakes.ts';
import { makeReply } from '../../helpers/make-brief.ts';

const never = new AbortController().signal;
const limited = () => new BloggerError('하루 한도', { code: 'PROVIDER_RATE_LIMITED' });

/** A model that answers what `outcome` says, on a clock that waits move. */
function modelOf(outcome: () => 'answer' | 'limit') {
  let now = 0;
  const clock = {
    now: () => now,
    monotonic: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const inner = {
    provider: 'p',
    model: 'm',
    answer: async () => {
      if (outcome() === 'limit') throw limited();
      return makeReply();
    },
  } as LanguageModel;
  return retryingModel(inner, { attempts: 3, clock, random: fakeRandom([0.9]), emit: () => {} });
}

async function codes(model: LanguageModel, calls: number) {
  const found: string[] = [];
  for (let call = 0; call < calls; call += 1)
    found.push(
      await model.answer({ id: `${call}` } as ModelRequest, never).then(
        () => 'answer',
        (error: BloggerError) => error.code,
      ),
    );
  return found;
}

test('a limit that no call gets through for minutes ends the run', async () => {
  const found = await codes(
    modelOf(() => 'limit'),
    100,
  );

  expect(found[0]).toBe('PROVIDER_RATE_LIMITED');
  expect(found.at(-1)).toBe('PROVIDER_PAUSED');
  expect(found.filter((code) => code === 'PROVIDER_RATE_LIMITED').length).toBeGreaterThanOrEqual(9);
});

test('a limit that lets a call through now and then does not', async () => {
  let tries = 0;
  const found = await codes(
    modelOf(() => {
      tries += 1;
      return tries % 20 === 0 ? 'answer' : 'limit';
    }),
    100,
  );

  expect(found).not.toContain('PROVIDER_PAUSED');
});
