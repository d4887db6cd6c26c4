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
  '\\b(?:insufficient|exceed\\w*|not enough|no more|more credits|out of|too low|used up|used all|exhaust\\w*|reach\\w*|over|hard limit|limit)\\b',
);
const UNPAID = /good standing|arrear|overdue|unpaid|past invoices|余额不足|欠费/;
const KEY = near(
  '\\b(?:api key|access token)\\b',
  '\\b(?:invalid|incorrect|wrong|not valid|expired|missing|didn t provide)\\b',
);
const NO_CALLER = /authentication error|unregistered callers/;
const ACCOUNT =
  /location is not supported|unsupported country|country, region|organi[sz]ation (?:must be|is not|has been)|account (?:is|has been) (?:not active|deactivated|disabled|suspended)|permission error/;
const MODEL = /\b(?:invalid|unknown|no such) model\b|\bfailed to load model\b|\bnot a valid model\b/;
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
  '\\b(?:content|input|output|prompt|data|request|text|safety|usage)\\b',
  '\\b(?:moderat\\w*|flagged|filter(?:ed|s)?|polic(?:y|ies)|guidelines|inappropriate|sensitive|unsafe|risk|inspection|safety system)\\b',
);
const FLAGGED_CHINESE = /敏感|不安全|违规/;

export const isMoneyGone = (words: string) => MONEY.test(words) || UNPAID.test(words);
export const isBadKey = (words: string) => KEY.test(words) || NO_CALLER.test(words);
/** What no other page can pass either: region, organisation, account. */
export const isAboutAccount = (words: string) => ACCOUNT.test(words);
export const isAboutModel = (words: string) => MODEL.test(words) || MODEL_GONE.test(words) || MISSING_FILE.test(words);
export const isTooLong = (words: string) => LENGTH.test(words);
export const isFlagged = (words: string) => FLAGGED.test(words) || FLAGGED_CHINESE.test(words);
export const isOfTheDay = (words: string) => /per ?day|\bdaily\b|\b[tr]pd\b/.test(words);
export const isStarting = (words: string) =>
  /\b(?:re)?(?:load|start|boot|warm|initiali[sz])(?:ing|s|ed|up)?\b|spinning up/.test(words);
export const isBusy = (words: string) => /overload|capacity|busy|demand/.test(words);
export const isNoSuchPath = (words: string) =>
  /unexpected endpoint|invalid url|no route|cannot (?:post|get) \/|page not found|not found: \//.test(words);
