/** What the page of a held post has and the page of an approved post has not; readers of pages need no renderer for it. */

/** Beside the date. */
export const DRAFT_MARK = ' · draft';
/** In the head: search engines leave the page out. */
export const NO_INDEX = '<meta name="robots" content="noindex">\n';
