import type { Tool } from '../tool.ts';
import { crawl } from './crawl.ts';
import { generate } from './generate.ts';
import { plan } from './plan.ts';
import { reviewApprove, reviewList, reviewReject } from './review.ts';
import { status } from './status.ts';

/** All tools by the name that clients call. */
export const TOOLS: Readonly<Record<string, Tool>> = {
  crawl,
  plan,
  generate,
  status,
  review_list: reviewList,
  review_approve: reviewApprove,
  review_reject: reviewReject,
};
