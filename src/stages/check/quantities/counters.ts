/** Korean counters, which tell what is counted: people, vehicles, places. Pure. */

const CLASSES: readonly (readonly [string, string])[] = [
  ['people', '명 인 분 사람'],
  ['vehicles', '대'],
  ['ships', '척'],
  ['animals', '마리'],
  ['books', '권'],
  ['places', '곳 군데 개소'],
  ['homes', '가구 세대 채 호'],
  ['trees', '그루'],
  ['floors', '층'],
  ['times', '번 회 차례'],
  ['votes', '표'],
  ['seats', '석'],
  ['points', '점'],
  ['teams', '팀'],
  ['songs', '곡'],
  ['shares', '주'],
  ['countries', '개국'],
];
const CLASS_OF = new Map(CLASSES.flatMap(([name, words]) => words.split(' ').map((word) => [word, name] as const)));

/** Undefined for counters that count anything. `점` counts points and pieces, `분` people and minutes by their noun. */
function classOf(nouns: readonly string[]): string | undefined {
  for (const noun of nouns) {
    const found = CLASS_OF.get(noun);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether two counts cannot be of the same things. */
export function countOther(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [classOf(one), classOf(other)];
  return a !== undefined && b !== undefined && a !== b;
}
