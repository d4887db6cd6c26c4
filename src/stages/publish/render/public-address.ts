import { basename } from 'node:path/posix';

/** An address as a post may show it: of a page that was read from a file only the file's name, for where it lies is nobody's business. */
export function publicAddress(url: string): string {
  return isFile(url) ? basename(decodeURIComponent(new URL(url).pathname)) : url;
}

/** The address itself where the web can reach it. */
export function webAddress(url: string): string | undefined {
  return isFile(url) ? undefined : url;
}

function isFile(url: string): boolean {
  return url.startsWith('file:');
}
