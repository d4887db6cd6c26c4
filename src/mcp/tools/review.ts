import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import { isWaiting, listForReview, offeredPosts, reviewPost } from '../../api/review.ts';
import { BloggerError } from '../../core/errors.ts';
import { placesOf } from '../../targets/files/pictures.ts';
import { isoNow, systemClock } from '../../util/clock.ts';
import type { ProjectContext } from '../project-context.ts';
import { defineTool } from '../tool.ts';

export const reviewList = defineTool({
  title: 'List posts that wait for review',
  description: 'Drafts that a person has not decided about yet; `all` lists every post.',
  input: z.object({ all: z.boolean().default(false) }),
  annotations: { readOnlyHint: true, openWorldHint: false },
  async run({ all }, { settings, cwd }) {
    const { posts } = await listForReview(settings.out, cwd, offeredPosts(resolve(cwd, settings.state)));
    return { posts: all ? posts : posts.filter(isWaiting) };
  },
});

const decision = z.object({
  file: z.string().min(1).describe('Path of the post, as `review_list` gives it'),
  by: z
    .string()
    .trim()
    .min(2)
    .max(100)
    .regex(/\p{L}/u, 'The name of a person')
    .describe('Name of the person who decided. Ask them; never fill in a name yourself.'),
  note: z.string().max(500).optional().describe('Why'),
});

export const reviewApprove = defineTool({
  title: 'Approve a post',
  description: "Records a person's approval and publishes the draft. Needs that person's name.",
  input: decision,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  run: (input, project) => decide('approve', input, project),
});

export const reviewReject = defineTool({
  title: 'Reject a post',
  description: "Records a person's rejection; the post stays a draft. Needs that person's name.",
  input: decision,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  run: (input, project) => decide('reject', input, project),
});

async function decide(
  verdict: 'approve' | 'reject',
  { file, by, note }: z.output<typeof decision>,
  { settings, cwd }: ProjectContext,
) {
  const fromOut = relative(resolve(cwd, settings.out), resolve(cwd, file));
  if (fromOut.startsWith('..') || isAbsolute(fromOut))
    throw new BloggerError(`${file} is outside the output folder ${settings.out}`, {
      code: 'USAGE',
      hint: 'Name a post that `review_list` shows.',
    });
  const at = isoNow(systemClock);
  const decided = { verdict, reviewer: by, at, ...(note === undefined ? {} : { note }) };
  const outcome = await reviewPost(file, cwd, decided, settings.frontMatter, placesOf(settings, cwd));
  if (outcome === undefined)
    throw new BloggerError(`${file} is not a post that blogger wrote`, {
      code: 'NOT_FOUND',
      hint: 'Name a post that `review_list` shows.',
    });
  if (outcome.before !== undefined) return { file, unchanged: outcome.before };
  return { file: outcome.movedTo ?? file, verdict, by, at };
}
