/** Korean particles after a value: `을(를)` and its kin become the one that its last sound asks for. Pure. */

const PARTICLES = /(\S)([`"'’”)\]]{0,3})(은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로|이어야\(여야\))/g;

type Sound = 'vowel' | 'consonant' | 'rieul';

/** How the digits 0 to 9 are read: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구. */
const DIGITS: readonly Sound[] = [
  'consonant',
  'rieul',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'rieul',
  'rieul',
  'vowel',
];

/** Where the last sound is not known (most words in Latin letters), both forms stay, as is usual in Korean programs. */
export function choosingParticles(text: string): string {
  return text.replace(PARTICLES, (whole, last: string, closing: string, particle: string) => {
    const sound = soundOf(last);
    return sound === undefined ? whole : `${last}${closing}${particleAfter(particle, sound)}`;
  });
}

function soundOf(letter: string): Sound | undefined {
  if (/\d/.test(letter)) return DIGITS[Number(letter)];
  if (/[lL]/.test(letter)) return 'rieul';
  if (/[mnMN]/.test(letter)) return 'consonant';
  const syllable = letter.charCodeAt(0) - 0xac00;
  if (syllable < 0 || syllable >= 11_172) return undefined;
  const final = syllable % 28;
  if (final === 0) return 'vowel';
  return final === 8 ? 'rieul' : 'consonant';
}

function particleAfter(particle: string, sound: Sound): string {
  if (particle === '(으)로') return sound === 'consonant' ? '으로' : '로';
  if (particle === '이어야(여야)') return sound === 'vowel' ? '여야' : '이어야';
  return (sound === 'vowel' ? particle[2] : particle[0]) ?? particle;
}
