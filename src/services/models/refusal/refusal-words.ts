/** What the words of a refusal are about. Vendors word the same cause differently, so causes are found by a subject and what is said of it, close together. */

/** Type, code and message in one form: `BudgetExceeded`, `budget_exceeded` and `budget exceeded` are the same words. */
export function plainWords(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_`'"-]+/g, ' ')
    .toLowerCase();
}

/** One of `first` and one of `second` with at most 40 characters between them, in either order. */
function near(first: string, second: string): RegExp {
  return new RegExp(`(?:${first}).{0,40}(?:${second})|(?:${second}).{0,40}(?:${first})`, 's');
}

const MONEY = near(
  '\\b(?:quota|budget|balance|credits?|funds|billing|payment|spending|spend)\\b',
  '\\b(?:insufficient|exceed\\w*|not enough|no more|more credits|out of|too low|used up|used all|exhaust\\w*|reach\\w*|over|hard limit|limit|(?:doesn t|don t|do not|does not) have any|(?:have|has) no)\\b',
);
/** What was paid in before and is used up; Google says "check your plan and billing" of every limit, but not this. */
const CREDIT = near('\\b(?:credits?|balance|funds|prepay\\w*)\\b', '\\b(?:deplet\\w*|exhaust\\w*|used up|ran out)\\b');
/** Terms that name an empty account and nothing else. */
const ACCOUNT_EMPTY = /\binsufficient (?:quota|balance|credits?|funds)\b|\bcredit balance\b|\bbilling\b|\barrear/;
const UNPAID = /good standing|arrear|overdue|unpaid|past invoices/;
/** Balance and credit, which no message of another kind names: Chinese, Korean, Japanese, Russian, and the languages of Europe. */
const MONEY_ELSEWHERE =
  /余额|欠费|额度[^,。]{0,4}(?:用尽|用完|不足|耗尽)|잔액|잔고|크레딧|残高|クレジット|баланс|средств|\bsaldo\b|\bcrédito?s?\b|guthaben|\bkredi\b|bakiye/;
const KEY = near(
  '\\b(?:api key|access token)\\b',
  '\\b(?:invalid|incorrect|wrong|not valid|expired|missing|didn t provide|leaked|revoked|disabled|suspended|deactivated|deleted)\\b',
);
const NO_CALLER = /authentication error|unregistered callers/;
const ACCOUNT =
  /location is not supported|unsupported country|country, region|organi[sz]ation (?:must be|is not|has been)|account (?:is|has been) (?:not active|inactive|deactivated|disabled|suspended)|permission error/;
const MODEL =
  /\b(?:invalid|unknown|no such) model\b|\bmodel not (?:supported|available|allowed|enabled)\b|\boperation not supported\b|\bfailed to load model\b|\bnot a valid model\b/;
const MODEL_GONE = near(
  '\\bmodel\\b',
  '\\b(?:not exist|not found\\b|is not a valid\\b|decommissioned\\b|no longer\\b|has been (?:deprecated|retired)\\b)',
);
/** Google says so, with a 403, of a file that is no longer there. */
const MISSING_FILE = /permission to access the file .{1,100} or it may not exist/;
const LENGTH = near(
  '\\b(?:context(?: length| size| window)?|prompt|input|request|messages?|tokens?)\\b',
  '\\b(?:exceed\\w*|too (?:long|large)|overflow\\w*|must be <=|maximum context length)(?:\\b|\\s)',
);
const FLAGGED = near(
  '\\b(?:content|input|output|response(?! (?:format|schema)\\b)|prompt|data|request|text|safety|usage)\\b',
  '\\b(?:moderat\\w*|flagged|blocked|filter(?:ed|s)?|polic(?:y|ies)|guidelines|inappropriate|sensitive|unsafe|risk|inspection|safety system)\\b',
);
const FLAGGED_OTHERWISE = /\bguardrails?\b|敏感|不安全|违规/;

const TIER_REFUSED = near(
  '\\b(?:service tier|flex)\\b',
  '\\b(?:unsupported|invalid|unknown|(?:not|isn t|doesn t|does not|cannot|can t) (?:be )?(?:support\\w*|available|allowed|permitted|enabled|used?))\\b',
);
/** What a server on a machine of the user's own says of its model, whatever the request. */
const NOT_LOADED =
  /\bno models? (?:is |are |was |were )?(?:currently )?loaded\b|\brequires more (?:\w{1,12} )?memory\b|\bfailed to load model\b/;

export const isMoneyGone = (words: string) => MONEY.test(words) || UNPAID.test(words) || MONEY_ELSEWHERE.test(words);
export const isCreditGone = (words: string) => CREDIT.test(words);
export const isAccountEmpty = (terms: string) => ACCOUNT_EMPTY.test(terms);
export const isBadKey = (words: string) => KEY.test(words) || NO_CALLER.test(words);
/** What no other page can pass either: region, organisation, account. */
export const isAboutAccount = (words: string) => ACCOUNT.test(words);
/** The tier that was asked for is not sold with this model. */
export const isAboutTier = (words: string) => TIER_REFUSED.test(words);
export const isNotLoaded = (words: string) => NOT_LOADED.test(words);
export const isAboutModel = (words: string) => MODEL.test(words) || MODEL_GONE.test(words) || MISSING_FILE.test(words);
/** What servers of their own say with a status of 500. */
const SURELY_LENGTH = [
  near('\\b(?:input|prompt|context)\\b', '\\btoo (?:long|large|big)\\b'),
  near('\\bexceed\\w*\\b', '\\bcontext (?:length|size|window)\\b'),
  /\bmaximum context length\b/,
];
export const isSurelyTooLong = (words: string) => SURELY_LENGTH.some((pattern) => pattern.test(words));
export const isTooLong = (words: string) => LENGTH.test(words);
export const isFlagged = (words: string) => FLAGGED.test(words) || FLAGGED_OTHERWISE.test(words);
const OUTPUT_BLOCKED = near(
  '\\b(?:(?:response|output|completion)(?! (?:format|schema|mime|config|tokens?|limit)\\b)|generated (?:text|content))\\b',
  '\\b(?:blocked|denied|rejected|flagged|filtered|violat\\w*|inappropriate|unsafe|sensitive)\\b',
);
/** What a check of the text, or a fault, says that came after the model had written; the prompt may be named as its cause. */
export const isAboutOutput = (words: string) =>
  /\b(?:during|while) generat(?:ion|ing)\b/.test(words) ||
  (OUTPUT_BLOCKED.test(words) && !/\b(?:prompt|inputs?|request)\b/.test(words));
/** Of a call behind a gateway that was sent and had no end; one that could not connect was not sent. */
const BROKEN_BEHIND =
  /\btimed ?out\b|\btime ?out\b|\bdeadline\b|\bconnection (?:was |has been )?(?:reset|lost|closed|aborted|terminated)\b|\bsocket hang up\b|\beconnreset\b|\bunexpected eof\b|\bpremature|\bserver disconnected\b/;
const NOT_CONNECTED =
  /\bconnect(?:ing|ion)? (?:timed? ?out|refused)\b|\btimed? ?out (?:while |when )?connecting\b|\bfailed to connect\b|\bcould not connect\b/;
export const isBrokenBehind = (words: string) => BROKEN_BEHIND.test(words) && !NOT_CONNECTED.test(words);
/** Of a server of the user's own, whose model has to be loaded again. */
export const isCrashed = (words: string) => /\b(?:crashed|unloaded|reloaded|exited unexpectedly)\b/.test(words);
/** By the day, in the languages of vendors and of the gateways in front of them. */
const OF_THE_DAY =
  /per ?day|\bdaily\b|\b[tr]pd\b|每日|每天|今日|当日|日限额|일일|하루|오늘|1日|一日|本日|\bdiari[oa]s?\b|\bdiári[oa]s?\b|\bpar jour\b|journali[eè]re?|quotidien|tages|täglich|giornalier|дневн|суточн|в день|günlük|dagelijks|dzienn/;
export const isOfTheDay = (words: string) => OF_THE_DAY.test(words);
/** By a week or a month, or by what the plan grants as a whole. */
const OF_THE_PLAN =
  /\busage limits?\b|\b(?:weekly|monthly)\b|\bper (?:week|month)\b|\bbilling (?:cycle|period)\b|[每本当](?:周|月)|今月|毎月|今週|월간|이번 달|주간|\bmensu(?:al|el)|\bmonat|\bwöchentlich|\bmensil|меся[цч]|недел|\baylık/;
const PLAN_USED_UP = near('\\b(?:usage|weekly|monthly) limits?\\b', '\\b(?:reach\\w*|exceed\\w*|hit|used up)\\b');
export const isPlanUsedUp = (words: string) => PLAN_USED_UP.test(words);
export const isOfThePlan = (words: string) => OF_THE_PLAN.test(words);
const NO_FREE_USE = near(
  '\\bfree (?:\\w{1,12} )?(?:tier|plan|quota)\\b',
  '\\b(?:(?:doesn t|does not|don t|do not) have|(?:has|have) no(?! more)|there is no|(?:is not|isn t|not) (?:available|included|supported|part))\\b',
);
/** A limit of nothing, as of a model that a plan does not hold. */
export const isNothingGranted = (words: string) => /\blimit: ?0(?![\d.])/.test(words) || NO_FREE_USE.test(words);
/** A limit by the minute under a name that speaks of a quota. */
export const isThrottle = (terms: string) => /throttl|burst|rate limit/.test(terms);
/** A limit by the minute in the words of people. */
export const isOfTheMinute = (words: string) =>
  /\bper (?:minute|second)\b|\b[rt]p[ms]\b|\bqps\b|\btoo many requests\b/.test(words);
export const isStarting = (words: string) =>
  /\b(?:re)?(?:load|start|boot|warm|initiali[sz])(?:ing|s|ed|up)?\b|spinning up/.test(words);
export const isBusy = (words: string) => /overload|capacity|busy|demand/.test(words);
/** Of the whole API: a server without batches, or a batch that is gone, says nothing about its address. */
export const isNoSuchPath = (words: string) =>
  /unexpected endpoint|invalid url|no route|cannot (?:post|get) \/|page not found|not found: \//.test(words) &&
  !/\/(?:batches|files)\b/.test(words);
