import type { ElementNode } from './nodes.ts';
import type { Look } from './shown/look.ts';
import { FORMATTING_TAGS, IMPLIED_ENDS, SCOPE_TAGS, TABLE_TAGS } from './tags.ts';

export interface Open {
  readonly name: string;
  /** Undefined inside dropped elements. */
  readonly node: ElementNode | undefined;
  readonly look: Look;
}

/** Elements of foreign languages, in which `<x/>` closes itself. */
export const FOREIGN_TAGS: ReadonlySet<string> = new Set(['svg', 'math']);

/** The stack of open elements. Its depth is limited by its owner, so each search in it takes constant time. */
export class OpenElements {
  readonly #stack: Open[] = [];
  #foreign = 0;

  get depth(): number {
    return this.#stack.length;
  }

  get top(): Open | undefined {
    return this.#stack.at(-1);
  }

  get isForeign(): boolean {
    return this.#foreign > 0;
  }

  /** The innermost element that is in the tree. */
  get innermostNode(): ElementNode | undefined {
    return this.#stack.findLast(({ node }) => node !== undefined)?.node;
  }

  push(open: Open): void {
    this.#stack.push(open);
    if (FOREIGN_TAGS.has(open.name)) this.#foreign += 1;
  }

  popTo(depth: number): void {
    while (this.#stack.length > depth) {
      const open = this.#stack.pop();
      if (open !== undefined && FOREIGN_TAGS.has(open.name)) this.#foreign -= 1;
    }
  }

  /** Takes one out of the middle: a wrongly nested formatting element ends alone. */
  removeAt(index: number): void {
    this.#stack.splice(index, 1);
  }

  /** The depth down to which a start tag closes elements; undefined where it closes none. */
  impliedEnd(name: string): number | undefined {
    const implied = IMPLIED_ENDS.get(name);
    if (implied === undefined) return undefined;
    let outermost: number | undefined;
    for (let index = this.#stack.length - 1; index >= 0; index -= 1) {
      const open = this.#stack[index];
      if (open === undefined || implied.within.has(open.name)) break;
      if (implied.closes.has(open.name)) outermost = index;
    }
    return outermost;
  }

  /** Where the element is that an end tag closes; undefined where it closes none. */
  indexOf(name: string): number | undefined {
    const isTable = TABLE_TAGS.has(name);
    for (let index = this.#stack.length - 1; index >= 0; index -= 1) {
      const open = this.#stack[index];
      if (open === undefined) return undefined;
      if (open.name === name) return index;
      if (!isTable && SCOPE_TAGS.has(open.name)) return undefined;
    }
    return undefined;
  }

  /** True when a formatting element at `index` holds open elements that go on after its end. */
  closesAlone(index: number): boolean {
    const name = this.#stack[index]?.name ?? '';
    return FORMATTING_TAGS.has(name) && this.#stack.slice(index + 1).some((open) => !FORMATTING_TAGS.has(open.name));
  }
}
