import { readFile, rename } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { BloggerError } from '../core/errors.ts';
import { openPostTable } from '../services/runs/post-records.ts';
import { openExistingState } from '../services/sqlite/open-state-file.ts';
import { DRAFT_MARK, NO_INDEX } from '../stages/publish/render/pages/held-marks.ts';
import { HELD, type Preset } from '../stages/publish/render/presets/preset.ts';
import { type FrontMatterPreset, presetOf } from '../stages/publish/render/presets/presets.ts';
import { sealed } from '../stages/publish/render/seal.ts';
import { DISCLOSURES } from '../stages/publish/render/words.ts';
import { isThere } from '../targets/files/own-files.ts';
import { type PicturePlaces, pictureNameIn, placePicture } from '../targets/files/pictures.ts';
import { type OwnPost, provenanceOf, readOwn } from '../targets/files/read-own.ts';
import { writeFileAtomic } from '../util/files/files.ts';
import { nodeErrorCode } from '../util/files/node-errors.ts';
import { walkFiles } from '../util/files/walk-files.ts';
import { editFrontMatter, type FrontMatterEdit } from '../util/front/edit-front-matter.ts';
import { readFrontMatter } from '../util/front/front-matter.ts';
import { escapeHtml } from '../util/text/escape-html.ts';
import { brokenFront, frontProblem } from './broken-front.ts';

export interface ReviewedPost {
  readonly file: string;
  readonly title: string;
  readonly draft: boolean;
  /** `none`, or the decision with its author and time. */
  readonly review: string;
  /** Its sources have changed since the decision, which keeps the post unchanged. */
  readonly hasNewSource?: true;
}

export interface ReviewDecision {
  readonly verdict: 'approve' | 'reject';
  readonly reviewer: string;
  /** ISO time. */
  readonly at: string;
  readonly note?: string;
}

/** Result of a decision: the path of the post; undefined when blogger did not write the file and left it unchanged. */
export interface ReviewOutcome {
  readonly file: string;
  /** The same verdict that was there already, with its author and time; the file is unchanged. */
  readonly before?: string;
  readonly movedTo?: string;
}

export interface BrokenPost {
  readonly file: string;
  /** After the line: `line 3: …`. */
  readonly problem: string;
}

export interface ReviewList {
  readonly posts: readonly ReviewedPost[];
  /** Files of posts that blogger did not write: they hold no review. */
  readonly others: readonly string[];
  /** Files whose front matter cannot be read, with the reason. */
  readonly broken: readonly BrokenPost[];
}

/** Whether a decision is pending. */
export function isWaiting({ draft, review, hasNewSource }: ReviewedPost): boolean {
  return (draft && review === 'none') || hasNewSource === true;
}

/** Source keys of posts that the last run did not rewrite because of a person's decision. */
export function offeredPosts(state: string): ReadonlySet<string> {
  using file = openExistingState(state);
  if (file === undefined) return new Set();
  return new Set(
    openPostTable(file.db)
      .list()
      .flatMap(({ sourceKey, offered }) => (offered === undefined ? [] : [sourceKey])),
  );
}

/** Lists the posts of a folder that blogger wrote, with their review status; nothing if there is no such folder. Throws `NOT_FOUND` if it cannot be read. */
export async function listForReview(
  out: string,
  cwd: string,
  offered: ReadonlySet<string> = new Set(),
): Promise<ReviewList> {
  const folder = resolve(cwd, out);
  const posts: ReviewedPost[] = [];
  const others: string[] = [];
  const broken: BrokenPost[] = [];
  if (!(await isFolder(folder))) return { posts, others, broken };
  for (const name of await walkFiles(folder, isPostName)) {
    const file = relative(cwd, join(folder, name));
    const text = await readFile(join(folder, name), 'utf8');
    const own = readOwn(text, name);
    const problem = frontProblem(text, name);
    if (problem !== undefined) broken.push({ file, problem });
    else if (own.sourceKey === undefined) others.push(file);
    else {
      const hasNewSource = offered.has(own.sourceKey) ? ({ hasNewSource: true } as const) : {};
      posts.push({ file, title: own.title ?? '', draft: own.hidden, review: own.review, ...hasNewSource });
    }
  }
  return { posts, others, broken };
}

/** Writes the decision into the file; approval clears the draft flag and moves the picture to the site. No other byte changes. Files that blogger did not write, and posts with the same verdict, stay unchanged. Throws `FRONT_MATTER_BROKEN`. */
export async function reviewPost(
  file: string,
  cwd: string,
  decision: ReviewDecision,
  preset: FrontMatterPreset,
  places?: PicturePlaces,
): Promise<ReviewOutcome | undefined> {
  const path = resolve(cwd, file);
  const text = await readPost(path, file);
  const own = readOwn(text, file);
  const problem = frontProblem(text, file);
  if (problem !== undefined) throw brokenFront(file, problem);
  if (own.sourceKey === undefined) return undefined;
  if (own.review.startsWith(VERDICTS[decision.verdict])) return { file, before: own.review };
  const decided = decide(text, file, own, decision);
  // The seal distinguishes a decision from an edit; it is renewed when nothing else was changed.
  await writeFileAtomic(path, own.isUntouched ? sealed(decided, own.sourceKey) : decided);
  const picture = pictureNameIn(text);
  if (places !== undefined && picture !== undefined)
    await placePicture(picture, decision.verdict === 'approve' ? 'shown' : 'held', places);
  const name = nameFor(file, decision, preset);
  if (name === file) return { file };
  if (await isThere(resolve(cwd, name)))
    throw new BloggerError(`${file} cannot be renamed to ${name}: that file exists`, {
      code: 'CHECK_FAILED',
      hint: 'The decision is saved; move one of the two files, then rename this one.',
    });
  await rename(path, resolve(cwd, name));
  return { file, movedTo: name };
}

const VERDICTS = { approve: 'approved', reject: 'rejected' } as const;

/** Renames a rejected post if the generator would build drafts; approval restores the name. */
function nameFor(file: string, { verdict }: ReviewDecision, preset: FrontMatterPreset): string {
  const name = file.endsWith(HELD) ? file.slice(0, -HELD.length) : file;
  const isBuilt = (presetOf(preset) as Preset).buildsDrafts === true && name.endsWith('.md');
  return verdict === 'reject' && (isBuilt || file.endsWith(HELD)) ? name + HELD : name;
}

function decide(text: string, file: string, own: OwnPost, { verdict, reviewer, at, note }: ReviewDecision): string {
  const isApproved = verdict === 'approve';
  const review = `${VERDICTS[verdict]} by ${reviewer} at ${at}${note === undefined ? '' : `: ${note}`}`;
  const said = isApproved && own.disclosure === 'auto' ? withoutDisclosure(text) : text;
  if (/\.x?html?$/i.test(file)) return decideHtml(said, isApproved, review);
  if (file.endsWith('.json')) return decideJson(said, isApproved, review);
  return editFrontMatter(said, editsFor(readFrontMatter(said).data, isApproved, review));
}

/** The draft marker of each front matter format, chosen by the keys present. */
function editsFor(
  data: Readonly<Record<string, unknown>>,
  isApproved: boolean,
  review: string,
): readonly FrontMatterEdit[] {
  const edits: FrontMatterEdit[] = [];
  if ('published' in data) edits.push({ path: ['published'], value: isApproved });
  else if (!('status' in data)) edits.push({ path: ['draft'], value: !isApproved });
  if ('status' in data) edits.push({ path: ['status'], value: isApproved ? 'published' : 'draft' });
  if ('eleventyExcludeFromCollections' in data || 'templateEngineOverride' in data) {
    edits.push({ path: ['permalink'], value: isApproved ? undefined : false });
    edits.push({ path: ['eleventyExcludeFromCollections'], value: isApproved ? undefined : true });
  }
  edits.push({ path: reviewPath(data), value: review });
  return edits;
}

/** Location of the decision in each front matter format. */
function reviewPath(data: Readonly<Record<string, unknown>>): readonly string[] {
  if ('review' in data) return ['review'];
  return provenanceOf(data) === data['provenance'] ? ['provenance', 'review'] : ['extra', 'provenance', 'review'];
}

function decideHtml(text: string, isApproved: boolean, review: string): string {
  const noted = text.replace(
    /(<meta name="blogger-review" content=)"[^"]*"/,
    (_, tag: string) => `${tag}"${escapeHtml(review)}"`,
  );
  const open = noted.replace(NO_INDEX, '').replace(`</time>${DRAFT_MARK}</p>`, '</time></p>');
  if (isApproved) return open;
  return open
    .replace(/(<meta name="blogger-review"[^<>]*>\n)/, `$1${NO_INDEX}`)
    .replace('</time></p>', `</time>${DRAFT_MARK}</p>`);
}

function decideJson(text: string, isApproved: boolean, review: string): string {
  return text
    .replace(/^( {2}"draft": )(?:true|false)/m, `$1${!isApproved}`)
    .replace(/^( {4}"review": )"(?:[^"\\]|\\.)*"/m, (_, name: string) => name + JSON.stringify(review));
}

/** Removes the note that no person has reviewed the text yet. */
function withoutDisclosure(text: string): string {
  return DISCLOSURES.reduce(
    (rest, words) =>
      rest
        .replace(`\n\n*${words}*`, '')
        .replace(`\r\n\r\n*${words}*`, '')
        .replace(`\n<p class="disclosure">${escapeHtml(words)}</p>`, ''),
    text,
  );
}

function isPostName(name: string): boolean {
  return /\.(?:md|html|json)(?:\.draft)?$/.test(name) && name !== 'index.html';
}

/** False if there is no such folder. */
async function isFolder(folder: string): Promise<boolean> {
  const { readdir } = await import('node:fs/promises');
  const names = await readdir(folder).catch((error: unknown) => {
    if (nodeErrorCode(error) === 'ENOENT') return undefined;
    throw new BloggerError(`Cannot read the folder of posts ${folder} (${nodeErrorCode(error) ?? 'unknown reason'})`, {
      code: 'NOT_FOUND',
      hint: 'Name it with --out.',
      cause: error,
    });
  });
  return names !== undefined;
}

async function readPost(path: string, file: string): Promise<string> {
  return await readFile(path, 'utf8').catch((error: unknown) => {
    throw new BloggerError(`Cannot read the post ${file} (${nodeErrorCode(error) ?? 'unknown reason'})`, {
      code: 'NOT_FOUND',
      hint: '`blogger review` lists the posts.',
      cause: error,
    });
  });
}
