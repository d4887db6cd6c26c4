import fc from 'fast-check';
import * as cl100k from 'gpt-tokenizer/encoding/cl100k_base';
import * as o200k from 'gpt-tokenizer/encoding/o200k_base';
import * as p50k from 'gpt-tokenizer/encoding/p50k_base';
import * as r50k from 'gpt-tokenizer/encoding/r50k_base';
import { expect, test } from 'vitest';
import type { Prompt } from '../../../src/core/ports.ts';
import { mostInputTokens } from '../../../src/stages/write/calls/token-bound.ts';
import { buildPrompt, ownInstructionBytes } from '../../../src/stages/write/prompt/build-prompt.ts';
import { PROMPT_VERSIONS } from '../../../src/stages/write/prompt/prompt-texts.ts';
import { fuzzed } from '../../helpers/fuzz.ts';
import { makeBrief } from '../../helpers/make-brief.ts';

const VOCABULARIES = Object.entries({ r50k, p50k, cl100k, o200k });

/** Three tokens frame each message. */
const countOf = ({ countTokens }: { countTokens(text: string): number }, { system, user, schema }: Prompt) =>
  countTokens(system) + countTokens(user) + countTokens(JSON.stringify(schema)) + 9;

const promptOf = (text: string, more: { readonly style?: string; readonly version?: '2' | '3' } = {}) => {
  const prompt = buildPrompt(makeBrief(), {
    templateText: 'An article.',
    reasoningTokens: 0,
    estimateTokens: () => 0,
    ...more,
  });
  return { ...prompt, user: `${prompt.user}\n${text}` };
};

test.each([
  ['English', 'The council of Northmere began its work on harbour ferries in 1991.'],
  ['Zulu', 'Umkhandlu wasenyakatho waqala umsebenzi wawo wezikebhe zasesikhungweni ngonyaka ka-1991.'],
  ['Finnish', 'Kaupunginvaltuusto aloitti satamalauttojen suunnittelun epäjärjestelmällisyydestään huolimatta.'],
  ['Korean', '북부 도시 의회는 1991년에 항구 나룻배 사업을 시작했다.'],
  ['Thai', 'สภาเมืองเริ่มงานเรือข้ามฟากในปี ค.ศ. 1991'],
  ['Amharic', 'የከተማው ምክር ቤት በ1991 የወደብ ጀልባዎች ሥራ ጀመረ።'],
  ['Tibetan', 'གྲོང་ཁྱེར་གྱི་ལྷན་ཚོགས་ཀྱིས་༡༩༩༡ ལོར་ལས་ཀ་འགོ་བཙུགས།'],
  ['base64', Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 97) % 256)).toString('base64')],
  ['hexadecimal digits', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ['emoji with joiners', '👩‍👩‍👧‍👦🏳️‍🌈🧑🏿‍🚀'],
  ['ancient scripts', '𒀀𒁀𓀀𓁀𐎠𐎡'],
  ['combining marks', 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘'],
  ['zero-width and private characters', '\u200b\u200d\ue000\uf8ff\u{10ffff}'.repeat(20)],
  ['punctuation', '~}|{`^]\\[@?>=<;:/.-,+*)(&%$#"!'.repeat(10)],
  ['white space', ' \t\n\r\n \u00a0\u3000'.repeat(30)],
])('no vocabulary needs more tokens for %s than are reserved', (_name, text) => {
  const prompt = promptOf(text.repeat(20));

  for (const [, vocabulary] of VOCABULARIES)
    expect(mostInputTokens(prompt, ownInstructionBytes({}))).toBeGreaterThan(countOf(vocabulary, prompt));
});

test('whatever a page says, and whatever house style is set, the reserved tokens suffice', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 400 });
  fc.assert(
    fc.property(anyText, anyText, (text, style) => {
      const prompt = promptOf(text, { style });
      for (const [, vocabulary] of VOCABULARIES)
        expect(mostInputTokens(prompt, ownInstructionBytes({}))).toBeGreaterThan(countOf(vocabulary, prompt));
    }),
    fuzzed(20),
  );
});

test.each(PROMPT_VERSIONS)('the instructions of version %s need at most 0.28 tokens for each byte', (version) => {
  const { system } = promptOf('', { version });

  for (const [, { countTokens }] of VOCABULARIES)
    expect(countTokens(system) / Buffer.byteLength(system)).toBeLessThan(0.28);
});

test('a short English prompt is reserved at less than 3.2 times its tokens', () => {
  const prompt = promptOf('The council began its work in 1991. '.repeat(10));

  expect(mostInputTokens(prompt, ownInstructionBytes({})) / countOf(o200k, prompt)).toBeLessThan(3.2);
});
