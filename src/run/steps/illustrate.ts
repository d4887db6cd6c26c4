import { BloggerError } from '../../core/errors.ts';
import type { Illustrator } from '../../core/ports.ts';
import type { CheckedDraft } from '../../core/types.ts';

/** Adds the post's picture. A post whose picture fails is saved as a draft with the reason. */
export async function illustrate(
  checked: CheckedDraft,
  illustrator: Illustrator | undefined,
  signal: AbortSignal,
): Promise<CheckedDraft> {
  if (illustrator === undefined) return checked;
  try {
    const picture = await illustrator.illustrate(checked, signal);
    return picture === undefined ? checked : { ...checked, picture };
  } catch (error) {
    if (!BloggerError.is(error) || error.code !== 'PICTURE_FAILED') throw error;
    const { message, hint } = error;
    const finding = {
      rule: 'no-picture',
      severity: 'error',
      message,
      ...(hint === undefined ? {} : { fix: hint }),
    } as const;
    return { ...checked, holdAsDraft: true, findings: [finding, ...checked.findings] };
  }
}
