import { BloggerError } from '../core/errors.ts';
import { frontMatterFault } from '../util/front/front-matter.ts';

/** Why a site generator could not read the front matter of a post, after its line; undefined for a sound one and for pages. */
export function frontProblem(text: string, file: string): string | undefined {
  return /\.x?html?(?:\.draft)?$/i.test(file) ? undefined : frontMatterFault(text);
}

/** The error of a post whose front matter cannot be read. */
export function brokenFront(file: string, problem: string): BloggerError {
  return new BloggerError(`Cannot read the front matter of ${file}: ${problem}`, {
    code: 'FRONT_MATTER_BROKEN',
    hint: 'Correct that line, or take the file from your version control, then run the same command again.',
  });
}
