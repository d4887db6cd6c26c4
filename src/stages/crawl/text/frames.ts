/** Frames of a document, and which of them is the page. */

export interface FoundFrame {
  readonly kind: 'frame' | 'iframe';
  /** As written; may be relative. */
  readonly src: string;
  readonly name: string;
  /** Share of the window, 0 to 1, as far as the frameset says it; of an iframe 1, or 0 where it is hidden. */
  readonly share: number;
}

/** Collects frames from a stream of tags. A frame's share is its cell in each frameset around it. */
export function createFrameReader() {
  const sets: { readonly shares: readonly number[]; next: number; readonly share: number }[] = [];
  const frames: FoundFrame[] = [];

  function cell(): number {
    const set = sets.at(-1);
    if (set === undefined) return 1;
    const share = set.share * (set.shares[set.next % set.shares.length] ?? 1);
    set.next += 1;
    return share;
  }

  return {
    open(tag: string, attributes: Readonly<Record<string, string>>): void {
      if (tag === 'frameset') {
        const share = cell();
        sets.push({ shares: readShares(attributes), next: 0, share });
      } else if (isDocumentObject(tag, attributes) && frames.length < MAX_FRAMES) {
        const { data = attributes['src'] ?? '', name = attributes['id'] ?? '' } = attributes;
        if (data.trim() !== '')
          frames.push({ kind: 'iframe', src: data.trim(), name, share: isHidden(attributes) ? 0 : 1 });
      } else if ((tag === 'frame' || tag === 'iframe') && frames.length < MAX_FRAMES) {
        const share = tag === 'frame' ? cell() : isHidden(attributes) ? 0 : 1;
        const { src = '', name = attributes['id'] ?? '' } = attributes;
        if (src.trim() !== '') frames.push({ kind: tag, src: src.trim(), name, share });
      }
    },
    close(tag: string): void {
      if (tag === 'frameset') sets.pop();
    },
    found: (): readonly FoundFrame[] => frames,
  };
}

const MAX_FRAMES = 50;

/** `object` and `embed` of a document are frames by another name. */
function isDocumentObject(tag: string, { type }: Readonly<Record<string, string>>): boolean {
  return (tag === 'object' || tag === 'embed') && /^(?:text\/html|application\/xhtml\+xml)\b/i.test(type?.trim() ?? '');
}

/** The one frame that is the page: the largest of a frameset (a name such as `main` decides between equals), or the only iframe that is shown. */
export function mainFrame(frames: readonly FoundFrame[]): FoundFrame | undefined {
  const set = frames.filter(({ kind }) => kind === 'frame');
  if (set.length > 0) return [...set].sort((a, b) => weight(b) - weight(a))[0];
  const shown = frames.filter(({ share }) => share > 0);
  return shown.length === 1 ? shown[0] : undefined;
}

function weight({ name, share }: FoundFrame): number {
  return share + (/main|content|body|view/i.test(name) ? 0.01 : 0);
}

/** Shares of `cols="20%,*"` or `rows="80,*"`; a star takes what is left, pixels are counted against a window of 1000. */
function readShares({ cols, rows }: Readonly<Record<string, string>>): readonly number[] {
  const sizes = (list: string | undefined) => {
    const parts = (list ?? '*')
      .split(',')
      .slice(0, MAX_FRAMES)
      .map((part) => part.trim());
    const fixed = parts.map((part) => (part.endsWith('*') ? 0 : fixedShare(part)));
    const stars = parts.filter((part) => part.endsWith('*')).length;
    const left = Math.max(0, 1 - fixed.reduce((sum, share) => sum + share, 0));
    return parts.map((part, index) => (part.endsWith('*') ? left / stars : (fixed[index] ?? 0)));
  };
  return sizes(rows).flatMap((row) => sizes(cols).map((column) => row * column));
}

function fixedShare(part: string): number {
  const size = Number.parseFloat(part);
  if (Number.isNaN(size)) return 0;
  return Math.min(1, part.endsWith('%') ? size / 100 : size / 1000);
}

function isHidden({ width, height, style = '', hidden }: Readonly<Record<string, string>>): boolean {
  const isTiny = (size: string | undefined) =>
    size !== undefined && /^[0-9]+(px)?$/.test(size.trim()) && Number.parseInt(size, 10) < 100;
  return (
    hidden !== undefined || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style) || isTiny(width) || isTiny(height)
  );
}
