/**
 * Counts the visible text of a page and that of each hidden part. If all text is hidden until a script shows it, or if the page
 * has its text only for readers without scripts, one hidden part has most of the text: that part is the page.
 */
export class HiddenParts {
  /** Ordinal of the part that is shown in this reading; undefined in the first. */
  readonly #toShow: number | undefined;
  readonly #chars: number[] = [];
  #shown = 0;
  #count = 0;
  /** Depth at which the outermost hidden part was opened. */
  #depth: number | undefined;
  /** Depth of a dropped element whose text is never text, such as a script. */
  #muted: number | undefined;

  constructor(toShow: number | undefined) {
    this.#toShow = toShow;
  }

  /** Called at each outermost hidden part, before `begin`. */
  isPartToShow(): boolean {
    if (this.#depth !== undefined) return false;
    if (this.#count !== this.#toShow) return false;
    this.#count += 1;
    this.#chars.push(0);
    return true;
  }

  begin(depth: number): void {
    if (this.#depth !== undefined) return;
    this.#depth = depth;
    this.#count += 1;
    this.#chars.push(0);
  }

  mute(depth: number): void {
    this.#muted ??= depth;
  }

  /** Called when elements beyond `depth` open ones end. */
  endBeyond(depth: number): void {
    if (this.#depth !== undefined && depth < this.#depth) this.#depth = undefined;
    if (this.#muted !== undefined && depth < this.#muted) this.#muted = undefined;
  }

  takeHidden(text: string): void {
    const index = this.#chars.length - 1;
    if (this.#depth === undefined || this.#muted !== undefined || index < 0) return;
    this.#chars[index] = (this.#chars[index] ?? 0) + weightOfText(text);
  }

  takeShown(text: string): void {
    this.#shown += weightOfText(text);
  }

  get partToShow(): number | undefined {
    const most = this.#chars.reduce((best, chars) => Math.max(best, chars), 0);
    return most >= LEAST && most > this.#shown * CLEARLY_MORE ? this.#chars.indexOf(most) : undefined;
  }
}

const LEAST = 250;
const CLEARLY_MORE = 2;
/** Shorter pieces are labels of menus. */
const MIN_PIECE = 40;

/** Characters of running text; a Han or Hangul character says about as much as two and a half Latin ones. */
function weightOfText(text: string): number {
  const plain = text.trim();
  if (plain.length < MIN_PIECE / 2.5) return 0;
  const isWide = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(plain.slice(0, 40));
  const weight = isWide ? plain.length * 2.5 : plain.length;
  return weight < MIN_PIECE ? 0 : weight;
}
