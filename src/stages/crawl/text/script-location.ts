/** The address that a script only leads to. Pure; no script is run. */

const MAX_CHARS = 4_000;
/** `location = "…"`, `window.top.location.href = '…'`, `location.replace("…")`; group 2 is the address as written. */
const ASSIGNED =
  /(?<![\w$])(?:(?:window|self|top|parent|document)\s{0,9}\.\s{0,9}){0,2}location(?:\s{0,9}\.\s{0,9}href)?\s{0,9}=(?!=)\s{0,9}(["'])([^"'\n]{1,2000})\1/g;
const CALLED =
  /(?<![\w$])location\s{0,9}\.\s{0,9}(?:replace|assign)\s{0,9}\(\s{0,9}(["'])([^"'\n]{1,2000})\1\s{0,9}\)/g;
/** Scripts that choose are programs: which way they take is not known. */
const CHOOSES = /\b(?:if|switch|case)\b|\?[^?"'\n]{0,200}:/;

/** The only literal address that scripts assign to the location; undefined where there is none, several, or where it depends on something. */
export function scriptLocation(scripts: string): string | undefined {
  if (scripts.length > MAX_CHARS) return undefined;
  const found = [...scripts.matchAll(ASSIGNED), ...scripts.matchAll(CALLED)].map(([, , url = '']) => unescaped(url));
  if (new Set(found).size !== 1 || CHOOSES.test(withoutStrings(scripts))) return undefined;
  return found[0];
}

function withoutStrings(script: string): string {
  return script.replace(/"[^"\n]{0,2000}"|'[^'\n]{0,2000}'/g, '""');
}

/** `\/` and the escapes of letters, as generators of pages write them. */
function unescaped(text: string): string {
  return text
    .replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/gi, (_, two?: string, four?: string) =>
      String.fromCharCode(Number.parseInt(two ?? four ?? '', 16)),
    )
    .replace(/\\(.)/g, '$1');
}
