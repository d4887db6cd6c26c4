/** The 1-based line of an offset, for offsets that only grow. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let seen = 0;
  return (offset) => {
    const end = Math.min(offset, text.length);
    for (; seen < end; seen += 1) if (text.charCodeAt(seen) === 10) line += 1;
    return line;
  };
}
