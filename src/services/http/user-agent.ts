export interface UserAgentParts {
  /** Product token; robots.txt groups are matched against its leading letters, `_` and `-`. */
  readonly userAgent: string;
  readonly version: string;
  /** Contact address for site owners. */
  readonly contactUrl?: string | undefined;
}

/** The User-Agent header: `token/version (+contact)`. */
export function userAgentHeader({ userAgent, version, contactUrl }: UserAgentParts): string {
  const product = userAgent.includes('/') ? userAgent : `${userAgent}/${version}`;
  return contactUrl === undefined ? product : `${product} (+${contactUrl})`;
}
