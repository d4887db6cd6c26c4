/** What a refusal means for the run: one table of rules, after the status and the words of the vendor. */

import { billOfStatus } from '../../../core/bill.ts';
import { isLongWait, judgeLimit } from './judge-limit.ts';
import { movedBase } from './moved-base.ts';
import type { WireError } from './read-refusal.ts';
import { type Case, type ProviderErrorContext, termsOf, type Verdict } from './refusal-case.ts';
import {
  isAboutAccount,
  isAboutModel,
  isAboutOutput,
  isAboutTier,
  isBadKey,
  isBrokenBehind,
  isBusy,
  isCrashed,
  isFlagged,
  isMoneyGone,
  isNoSuchPath,
  isNotLoaded,
  isPlanUsedUp,
  isStarting,
  isSurelyTooLong,
  isTooLong,
  plainWords,
} from './refusal-words.ts';

interface Rule {
  readonly when: (one: Case) => boolean;
  readonly verdict: (one: Case) => Verdict;
}

/** For calls that may have been billed. */
export const NOT_REPEATED =
  'The call may have been paid for, so it counts at its worst case and is not repeated in this run; --retry-failed sends it again.';

/** Conflict, locked, too early, and Groq's status where a tier has no capacity: of servers that are busy with the model itself. */
const NOT_YET: ReadonlySet<number> = new Set([409, 423, 425, 498]);

const RULES: readonly Rule[] = [
  { when: ({ wire }) => wire.hasBegun === true, verdict: unknownOutcome },
  {
    when: ({ wire, words }) =>
      wire.status < 400 ||
      (wire.status !== 404 && !isRefusal(wire) && isNoSuchPath(words)) ||
      (wire.status === 404 && isNothingThere(wire, words)),
    verdict: ({ wire, context }) => wrongAddress(wire, context),
  },
  {
    when: ({ wire, words }) => wire.status === 401 || isBadKey(words),
    verdict: ({ context }) => ({ code: 'PROVIDER_AUTH', hint: `Check ${context.keyName}.` }),
  },
  {
    when: ({ wire, words }) =>
      wire.status === 413 ||
      (isRefusal(wire) && wire.status !== 429 && wire.status !== 402 && isTooLong(words)) ||
      (wire.status === 500 && wire.ownWords && isSurelyTooLong(words)),
    verdict: () => ({
      code: 'PROVIDER_REQUEST',
      hint: 'Waiting does not help: shorten the source or --length, or use a model with a larger context.',
    }),
  },
  {
    when: ({ wire, words, context }) => wire.ownWords && context.isOwnServer === true && isNotLoaded(words),
    verdict: () => ({
      code: 'PROVIDER_MODEL',
      hint: 'Load the model in the server, or name with --model one that it has loaded; a smaller one needs less memory.',
    }),
  },
  { when: ({ wire }) => isRefusal(wire) && isLongWait(wire), verdict: judgeLimit },
  {
    when: ({ wire, words }) => wire.status === 402 || (isRefusal(wire) && wire.status !== 429 && isUsedUp(wire, words)),
    verdict: ({ words }) => ({
      code: 'PROVIDER_QUOTA',
      hint: isAboutFiles(words)
        ? 'Delete old files at the provider, or take --tier standard.'
        : 'Add credit at the provider.',
    }),
  },
  {
    when: ({ wire, words }) => isRefusal(wire) && wire.status !== 429 && isAboutTier(words),
    verdict: ({ context: { model } }) => ({
      code: 'PROVIDER_MODEL',
      hint: `"${model}" is not sold in this tier here: take --tier standard, or another model.`,
      details: { tierRefused: true },
    }),
  },
  {
    when: ({ wire, words }) => isRefusal(wire) && wire.status !== 404 && isAboutAccount(words),
    verdict: ({ context }) => ({
      code: 'PROVIDER_AUTH',
      hint: `The account behind ${context.keyName} may not use this model, project or region.`,
    }),
  },
  { when: ({ wire }) => wire.status === 429, verdict: judgeLimit },
  { when: ({ wire }) => wire.status === 403 && !wire.ownWords, verdict: refusesPage },
  {
    when: ({ wire, words }) => isRefusal(wire) && wire.status !== 404 && (wire.flagged === true || isFlagged(words)),
    verdict: () => ({
      code: 'REPLY_REFUSED',
      hint: 'Remove the page from the list, or use another model. The other posts are not affected.',
    }),
  },
  {
    when: ({ wire, words }) =>
      wire.status === 404 ||
      wire.status === 410 ||
      (isRefusal(wire) && isAboutModel(words)) ||
      isAboutModel(termsOf(wire)),
    verdict: ({ context: { model, address } }) => ({
      code: 'PROVIDER_MODEL',
      hint: `Set another model than "${model}" with --model, or check the base URL${address === undefined ? '' : ` (${address})`}.`,
    }),
  },
  { when: ({ wire, context }) => wire.status === 403 && context.hasAnswered === true, verdict: refusesPage },
  {
    when: ({ wire }) => wire.status === 403,
    verdict: ({ context }) => ({
      code: 'PROVIDER_AUTH',
      hint: `The account behind ${context.keyName} may not use this model, project or region.`,
    }),
  },
  { when: ({ wire }) => billOfStatus(wire.status, wire) === 'unknown', verdict: unknownOutcome },
  {
    when: ({ wire, words, context }) =>
      wire.status === 503 && !isBusy(words) && (context.isOwnServer === true || isStarting(words)),
    verdict: () => ({
      code: 'PROVIDER_OVERLOADED',
      hint: 'The server is not ready yet: it is asked again until it is.',
      details: { starting: true },
    }),
  },
  {
    when: ({ wire, words, context }) =>
      NOT_YET.has(wire.status) || wire.status >= 500 || (context.isOwnServer === true && isCrashed(words)),
    verdict: () => ({ code: 'PROVIDER_OVERLOADED', hint: 'Retried automatically; if it stays, try later.' }),
  },
];

const OTHERWISE: Verdict = {
  code: 'PROVIDER_REQUEST',
  hint: 'The model or the server does not accept such a request; try another model.',
};

/** The first rule that fits decides. */
export function judgeRefusal(wire: WireError, context: ProviderErrorContext): Verdict {
  const one = { wire, context, words: plainWords([wire.type, wire.code, wire.message]) };
  return RULES.find(({ when }) => when(one))?.verdict(one) ?? OTHERWISE;
}

/** True for a refusal of what the model wrote or of what is charged as if it had, and for a gateway's own words about a connection behind it that broke during the call. */
export function saysItRan(
  { status, type, code, message }: WireError,
  { isOwnServer, chargesFlagged }: ProviderErrorContext,
): boolean {
  const words = plainWords([type, code, message]);
  return (
    isAboutOutput(words) ||
    (chargesFlagged === true && isFlagged(words)) ||
    (isOwnServer === true && status >= 500 && isBrokenBehind(words))
  );
}

/** Azure keeps a number of files, which batches fill. */
function isAboutFiles(words: string): boolean {
  return /\bfiles\b/.test(words);
}

/** An error without a status is what its words say. */
function isRefusal({ status, isUnnamed = false }: WireError): boolean {
  return isUnnamed || (status >= 400 && status < 500);
}

/** A server that has no such path, and says nothing of a model. */
function isNothingThere({ message, ownWords }: WireError, words: string): boolean {
  if (isAboutModel(words)) return false;
  return !ownWords || isNoSuchPath(words) || /^\W{0,3}not found\W{0,3}$/i.test(message.trim());
}

function refusesPage(): Verdict {
  return {
    code: 'PROVIDER_REQUEST',
    hint: 'Something between here and the model, such as a firewall, refuses this page. Remove it from the list, or use another address.',
  };
}

function unknownOutcome(): Verdict {
  return {
    code: 'PROVIDER_UNKNOWN_OUTCOME',
    hint: `${NOT_REPEATED} Where answers take long, ask the gateway for a longer timeout.`,
  };
}

/** The money of the account or of the key; a 403 of the key's own limit is one of money. */
function isUsedUp({ status }: WireError, words: string): boolean {
  return isMoneyGone(words) || isPlanUsedUp(words) || (status === 403 && /\blimit (?:exceeded|reached)\b/.test(words));
}

function wrongAddress({ location }: WireError, { address }: ProviderErrorContext): Verdict {
  const moved = address === undefined || location === undefined ? undefined : movedBase(address, location);
  if (moved !== undefined)
    return {
      code: 'PROVIDER_ADDRESS',
      hint: moved.isSameHost
        ? `Set the base URL to ${moved.url}.`
        : `If this other host is yours too, set the base URL to ${moved.url}.`,
    };
  const missing =
    address !== undefined && !/\/v\d+\b/.test(address) ? ' Most servers want it with /v1 at its end.' : '';
  return { code: 'PROVIDER_ADDRESS', hint: `Check the base URL.${missing}` };
}
