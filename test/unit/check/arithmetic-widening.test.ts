import { expect, test } from 'vitest';
import { checkGrounding, locateFacts } from '../../../src/stages/check/grounding/check-grounding.ts';
import { makeArticleOf, makeDraftOf } from '../../helpers/make-brief.ts';

function check(lang: string, source: string, sentence: string) {
  const facts = locateFacts(makeDraftOf(sentence, makeArticleOf(source, { lang })));
  return {
    isFlagged: checkGrounding(facts).some(({ severity }) => severity === 'error'),
    sums: facts.flatMap(({ derived }) => derived ?? []),
  };
}

/** Paragraphs between two figures, so that they stand in sentences far apart. */
const BETWEEN = Array.from(
  { length: 36 },
  (_, at) => `Chapter ${'abcdefghijklmnopqrstuvwxyz'[at % 26]} deals with other matters of the town.`,
).join(' ');

/** A long list: each car with three figures. */
const CARS = ['Corvo', 'Lyra', 'Delmar', 'Taro', 'Vinto', 'Mistral', 'Ostro', 'Bora', 'Levante', 'Zonda']
  .map((name, at) => {
    const [power, range, price] = [641 - 13 * at - at * at, 480 - 11 * at, 81 - 4 * at];
    return `The ${name} car has a motor of ${power} horsepower. It drives ${range} miles. It is sold from $${price},500.`;
  })
  .join(' ');

/** Language, source, a sentence whose figure follows from figures far apart, and one whose figure does not. */
test.each<[string, string, string, string]>([
  [
    'en',
    `${CARS} ${BETWEEN}`,
    'The motor of the Corvo has 48 horsepower more than the one of the Taro.',
    'The motor of the Corvo has 53 horsepower more than the one of the Taro.',
  ],
  [
    'en',
    `The museum shows 1,671 objects of local life. ${BETWEEN} All objects of the museum were given by 114 donors.`,
    'On average a donor of the museum gave 14.7 objects each.',
    'On average a donor of the museum gave 19.2 objects each.',
  ],
  [
    'en',
    `The chain counts 4,500 shops worldwide. ${BETWEEN} About 3,700 shops of the chain stand in Korea, and 300 in China.`,
    'Some 82 percent of the shops of the chain worldwide stand in Korea.',
    'Some 72 percent of the shops of the chain worldwide stand in Korea.',
  ],
])('%s, not in one place: %#', (lang, source, right, wrong) => {
  const { isFlagged, sums } = check(lang, source, right);
  expect({ isFlagged, sums: sums.length }).toEqual({ isFlagged: false, sums: 1 });
  expect(check(lang, source, wrong).isFlagged).toBe(true);
});

test('a result that some two of many figures have by chance is not believed', () => {
  const ages = Array.from({ length: 30 }, (_, at) => `Rider ${at + 1} came in after ${3 * at + 7} minutes.`).join(' ');
  expect(check('en', ages, 'Between the favourites lay a gap of 18.2 minutes.').isFlagged).toBe(true);
  expect(check('en', ages, 'The storm delayed the favourites by 41 minutes.').isFlagged).toBe(true);
});

test('a sentence that says both figures calculates with no others', () => {
  const source = 'Spring makes up 30%, summer 26%, autumn 27% and winter 17% of the visits.';
  expect(check('en', source, 'Spring (30%) and winter (17%) together make up 57% of the visits.').isFlagged).toBe(true);
});
