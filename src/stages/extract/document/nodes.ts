/**
 * A document tree with the part of the DOM that extraction uses and nothing else: linked lists instead of live collections,
 * no events, no styles. Building it costs a fifth of a general DOM's time, and every operation is linear in what it touches.
 */

export class Attribute {
  readonly name: string;
  value: string;

  constructor(name: string, value: string) {
    this.name = name;
    this.value = value;
  }
}

export class TextNode {
  readonly nodeType = 3;
  parentNode: ElementNode | null = null;
  previousSibling: TreeNode | null = null;
  nextSibling: TreeNode | null = null;
  data: string;

  constructor(data: string) {
    this.data = data;
  }

  get textContent(): string {
    return this.data;
  }

  set textContent(data: string) {
    this.data = data;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }
}

export type TreeNode = ElementNode | TextNode;

export class ElementNode {
  readonly nodeType = 1;
  readonly localName: string;
  parentNode: ElementNode | null = null;
  previousSibling: TreeNode | null = null;
  nextSibling: TreeNode | null = null;
  firstChild: TreeNode | null = null;
  lastChild: TreeNode | null = null;
  attributes: Attribute[];
  /** The document, for `createElement`. */
  ownerDocument: TreeDocument;
  constructor(ownerDocument: TreeDocument, localName: string, attributes: Attribute[] = []) {
    this.ownerDocument = ownerDocument;
    this.localName = localName;
    this.attributes = attributes;
  }

  getAttribute(name: string): string | null {
    for (const attribute of this.attributes) if (attribute.name === name) return attribute.value;
    return null;
  }

  hasAttribute(name: string): boolean {
    return this.getAttribute(name) !== null;
  }

  setAttribute(name: string, value: string): void {
    for (const attribute of this.attributes) {
      if (attribute.name === name) {
        attribute.value = value;
        return;
      }
    }
    this.attributes.push(new Attribute(name, value));
  }

  removeAttribute(name: string): void {
    if (this.hasAttribute(name)) this.attributes = this.attributes.filter((attribute) => attribute.name !== name);
  }

  get className(): string {
    return this.getAttribute('class') ?? '';
  }

  get id(): string {
    return this.getAttribute('id') ?? '';
  }

  get src(): string {
    return this.getAttribute('src') ?? '';
  }

  get firstElementChild(): ElementNode | null {
    return elementFrom(this.firstChild);
  }

  get nextElementSibling(): ElementNode | null {
    return elementFrom(this.nextSibling);
  }

  get childNodes(): TreeNode[] {
    const nodes: TreeNode[] = [];
    for (let node = this.firstChild; node !== null; node = node.nextSibling) nodes.push(node);
    return nodes;
  }

  get children(): ElementNode[] {
    const elements: ElementNode[] = [];
    for (let node = this.firstElementChild; node !== null; node = node.nextElementSibling) elements.push(node);
    return elements;
  }

  get textContent(): string {
    let text = '';
    for (let node = nextInside(this, this); node !== null; node = nextInside(node, this)) {
      if (node.nodeType === 3) text += node.data;
    }
    return text;
  }

  set textContent(text: string) {
    while (this.firstChild !== null) this.removeChild(this.firstChild);
    if (text !== '') this.appendChild(new TextNode(text));
  }

  appendChild<T extends TreeNode>(node: T): T {
    node.parentNode?.removeChild(node);
    node.parentNode = this;
    node.previousSibling = this.lastChild;
    if (this.lastChild === null) this.firstChild = node;
    else this.lastChild.nextSibling = node;
    this.lastChild = node;
    return node;
  }

  removeChild<T extends TreeNode>(node: T): T {
    if (node.previousSibling === null) this.firstChild = node.nextSibling;
    else node.previousSibling.nextSibling = node.nextSibling;
    if (node.nextSibling === null) this.lastChild = node.previousSibling;
    else node.nextSibling.previousSibling = node.previousSibling;
    node.parentNode = null;
    node.previousSibling = null;
    node.nextSibling = null;
    return node;
  }

  replaceChild<T extends TreeNode>(replacement: TreeNode, node: T): T {
    replacement.parentNode?.removeChild(replacement);
    replacement.parentNode = this;
    replacement.previousSibling = node.previousSibling;
    replacement.nextSibling = node.nextSibling;
    if (node.previousSibling === null) this.firstChild = replacement;
    else node.previousSibling.nextSibling = replacement;
    if (node.nextSibling === null) this.lastChild = replacement;
    else node.nextSibling.previousSibling = replacement;
    node.parentNode = null;
    node.previousSibling = null;
    node.nextSibling = null;
    return node;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  getElementsByTagName(name: string): ElementNode[] {
    const wanted = name.toLowerCase();
    return elementsInside(this, (element) => wanted === '*' || element.localName === wanted);
  }

  /** Takes a list of tag names with commas between them, in document order; no other selector. */
  querySelectorAll(names: string): ElementNode[] {
    if (!names.includes(',')) return this.getElementsByTagName(names);
    const wanted = new Set(names.toLowerCase().split(','));
    return elementsInside(this, (element) => wanted.has(element.localName));
  }
}

export class TreeDocument {
  readonly documentElement: ElementNode;
  readonly head: ElementNode;
  readonly body: ElementNode;

  constructor() {
    this.documentElement = this.createElement('html');
    this.head = this.documentElement.appendChild(this.createElement('head'));
    this.body = this.documentElement.appendChild(this.createElement('body'));
  }

  createElement(name: string): ElementNode {
    return new ElementNode(this, name.toLowerCase());
  }

  createTextNode(data: string): TextNode {
    return new TextNode(data);
  }

  getElementsByTagName(name: string): ElementNode[] {
    return this.documentElement.getElementsByTagName(name);
  }

  querySelectorAll(names: string): ElementNode[] {
    return this.documentElement.querySelectorAll(names);
  }
}

/** The node after `node` in document order that is still inside `root`; null after the last. Needs no stack. */
export function nextInside(node: TreeNode, root: ElementNode): TreeNode | null {
  if (node.nodeType === 1 && node.firstChild !== null) return node.firstChild;
  return nextAfter(node, root);
}

/** As `nextInside`, without going into `node`. */
export function nextAfter(node: TreeNode, root: ElementNode): TreeNode | null {
  let current: TreeNode | null = node;
  while (current !== null && current !== root) {
    if (current.nextSibling !== null) return current.nextSibling;
    current = current.parentNode;
  }
  return null;
}

export function elementsInside(root: ElementNode, test: (element: ElementNode) => boolean): ElementNode[] {
  const found: ElementNode[] = [];
  for (let node = nextInside(root, root); node !== null; node = nextInside(node, root)) {
    if (node.nodeType === 1 && test(node)) found.push(node);
  }
  return found;
}

function elementFrom(start: TreeNode | null): ElementNode | null {
  let node = start;
  while (node !== null && node.nodeType !== 1) node = node.nextSibling;
  return node;
}
