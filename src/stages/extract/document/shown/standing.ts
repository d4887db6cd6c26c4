import type { StartTag } from '../start-tag.ts';
import { BLOCK_TAGS } from '../tags.ts';
import { type Form, formByClasses, NO_FORM } from './form.ts';
import { type Look, PLAIN_LOOK, styled } from './look.ts';
import { isForScreenReaders, shownByClasses } from './utility-classes.ts';

/**
 * Visibility of an element. `hidden`: a browser shows none of it. `read`: only screen readers read it.
 * `seen`: visible, but ignored by screen readers.
 */
export type Standing = 'shown' | 'hidden' | 'read' | 'seen';

export interface Placed {
  readonly standing: Standing;
  readonly look: Look;
  readonly form: Form;
}

/** `isOpened`: a button on the page opens it. */
export function placeElement(tag: StartTag, parent: Look, isOpened: boolean): Placed {
  const style = tag.get('style');
  const className = tag.get('class') ?? '';
  const {
    look,
    presence,
    form: stated,
  } = style === undefined || style === ''
    ? { look: parent, presence: 'shown' as const, form: NO_FORM }
    : styled(style, parent, { hasClass: className !== '' });
  const classes = className === '' ? undefined : formByClasses(className);
  const form = classes === undefined ? stated : { ...stated, ...classes };
  const isClosed = presence === 'none' || isHiddenByAttribute(tag.get('hidden')) || shownByClasses(className) === false;
  if (isClosed && !isOpened) return { standing: 'hidden', look, form };
  if (isOpened) return { standing: 'shown', look: { ...PLAIN_LOOK, paper: look.paper }, form };
  if (presence === 'away' || isForScreenReaders(className)) return { standing: 'read', look, form };
  if (tag.get('aria-hidden')?.toLowerCase() === 'true' && tag.name !== 'img')
    return { standing: BLOCK_TAGS.has(tag.name) ? 'hidden' : 'seen', look, form };
  return { standing: 'shown', look, form };
}

/** `until-found` is opened by a search in the page. */
function isHiddenByAttribute(hidden: string | undefined): boolean {
  return hidden !== undefined && hidden.toLowerCase() !== 'until-found';
}

/** Panels of menus, dialogs and search boxes are not text. */
const NOT_TEXT = /^(?:dialog|alertdialog|menu|menubar|listbox|navigation|search|tooltip|combobox)$/i;
const NEVER_PANELS = new Set(['nav', 'form', 'dialog', 'aside', 'header', 'footer', 'ul']);

/** Ids of elements that buttons of the page open: answers in a list of questions, tab panels. */
export class Panels {
  readonly #ids = new Set<string>();
  /** Tabs without a panel so far. */
  #tabs = 0;

  /** Notes what a start tag controls. */
  note(tag: StartTag): void {
    if (tag.get('role') === 'tab') this.#tabs += 1;
    if (this.#ids.size > 5_000 || tag.has('aria-haspopup')) return;
    const toggles =
      tag.has('data-toggle') || tag.has('data-bs-toggle') || tag.has('aria-expanded') || tag.get('role') === 'tab';
    const targets = [
      tag.get('aria-controls'),
      tag.get('data-bs-target') ?? tag.get('data-target'),
      toggles ? tag.get('href') : undefined,
    ];
    for (const target of targets) {
      const id = target?.trim().replace(/^#/, '');
      if (id !== undefined && id !== '' && id.length < 200) this.#ids.add(id);
    }
  }

  has(tag: StartTag): boolean {
    if (tag.get('role') === 'tabpanel' && this.#tabs > 0) {
      this.#tabs -= 1;
      return true;
    }
    const id = tag.get('id');
    if (id === undefined || NEVER_PANELS.has(tag.name) || NOT_TEXT.test(tag.get('role') ?? '')) return false;
    return this.#ids.has(id) || STREAMED.test(id);
  }
}

/** React streams parts of a page as hidden `<div id="S:1">` and shows them by script: they are the page. */
const STREAMED = /^[SB]:[0-9a-z]+$/;
