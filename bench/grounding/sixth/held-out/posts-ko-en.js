// Sixth set: posts about real pages and retold facts, written by hand without the rules, tests or results in view. [truth, kind, sentence]; lines as in ../../fifth/visible.
// A source has two posts; both are in the same half. Korean posts about English pages of `extract-dev`.
export const POSTS_KO_EN = [
  {
    lang: 'ko',
    page: '4060',
    part: 1,
    lines: [
      ['F', 'ratio', '운동하는 사람은 정신 건강이 나쁜 날이 5분의 1쯤 적었다.'],
      ['P', 'paraphrase', '집안일이나 목공, 아이 돌보기도 도움이 된다.'],
      ['S', 'roles', '걷기가 요가보다 정신 건강에 더 도움이 됐다.'],
      ['P', 'paraphrase', '운동이 뇌의 작동 방식을 바꾸기 때문일 수도 있다.'],
      ['N', 'notation', '운동하는 사람은 정신 건강이 나쁜 날이 5분의 2 넘게 적었다.'],
      ['S', 'condition', '운동은 오래 하면 할수록 정신 건강에 좋다.'],
      ['P', 'paraphrase', '효과가 두드러진 것은 단체 스포츠와 자전거 타기, 헬스장 운동이었다.'],
      ['S', 'cause', '오래 운동하는 사람의 상태가 나쁜 것은 다쳤기 때문이라고 연구진은 보았다.'],
      ['F', 'quantity', '사람들은 한 달에 평균 6.4일은 정신 건강이 좋지 않았다.'],
    ],
  },
  {
    lang: 'ko',
    page: '4060',
    part: 2,
    lines: [
      ['D', 'derived:sum', '한 번에 45분씩 일주일에 다섯 번이면 모두 3시간 45분이다.'],
      ['S', 'hedge', '운동이 뇌를 바꾸어 우울증을 막는다는 것이 입증됐다.'],
      ['W', 'wrong-sum', '한 번에 45분씩 일주일에 세 번이면 모두 3시간 15분이다.'],
      ['N', 'notation', '한 번에 4분의 3시간씩 일주일에 세 번에서 다섯 번 하는 것이 가장 좋았다.'],
      ['F', 'name', '연구는 네이처에 실렸다.'],
      ['P', 'paraphrase', '운동도 지나치면 오히려 정신 건강에 좋지 않을 수 있다.'],
      ['S', 'scope', '몸을 쓰는 일이라면 무엇이든 똑같은 효과를 냈다.'],
      ['N', 'notation', '설문에 답한 어른은 120만 명이다.'],
      ['P', 'paraphrase', '요가나 태극권은 걷기보다 정신 건강에 더 도움이 됐다.'],
    ],
  },
];
