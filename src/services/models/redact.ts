const KEY_SHAPES = [
  /\bsk-[A-Za-z0-9_*.-]{3,}/g,
  /\bAIza[\w-]{10,}/g,
  /\bBearer\s+[^\s"',]+/gi,
  /([?&]key=)[^&\s"']+/gi,
  /\borg-[A-Za-z0-9]{6,}/g,
];

/** Text of a vendor or of a socket, fit for messages, logs and the ledger: without the given keys and without anything shaped like one. */
export function redactSecrets(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, '[key]');
  for (const shape of KEY_SHAPES)
    clean = clean.replace(shape, (_match, lead: unknown) => (typeof lead === 'string' ? `${lead}[key]` : '[key]'));
  return clean;
}
