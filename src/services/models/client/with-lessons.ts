import { BloggerError } from '../../../core/errors.ts';
import type { Prompt } from '../../../core/ports.ts';
import { learnLimits, type OutputLimits } from './output/limits.ts';

/** A server may refuse one field after the other; each refusal is free. */
const MAX_LESSONS = 5;

/** The server's own words alone: the status and the name of the model are numbers too. */
export interface Lesson {
  readonly reason: string;
  /** The name of the field, which some servers give apart from the reason. */
  readonly param: string | undefined;
}

/**
 * Asks with what is known of a model, and again without what a refusal says that it does not take. What is learnt is kept for later calls.
 * `learn` returns undefined where the refusal is about something else.
 */
export function withLessons<Quirks extends OutputLimits>(
  initial: Quirks,
  learn: (lesson: Lesson, asked: Quirks) => Quirks | undefined,
): <T>(ask: (quirks: Quirks) => Promise<T>, prompt: Prompt) => Promise<T> {
  let quirks = initial;
  return async (ask, prompt) => {
    for (let lesson = 1; ; lesson += 1) {
      const asked = quirks;
      try {
        return await ask(asked);
      } catch (error) {
        if (lesson > MAX_LESSONS || !isRefused(error)) throw error;
        const given = lessonIn(error);
        const learnt = learnLimits(`${given.param ?? ''} ${given.reason}`, prompt, asked) ?? learn(given, asked);
        if (learnt === undefined) throw error;
        quirks = learnt;
      }
    }
  };
}

function lessonIn({ message, details: { reason, param } }: BloggerError): Lesson {
  return {
    reason: typeof reason === 'string' ? reason : message,
    param: typeof param === 'string' ? param : undefined,
  };
}

/** Refusals of a request as such; a limit, a key or a page teaches nothing. */
function isRefused(error: unknown): error is BloggerError {
  if (!BloggerError.is(error)) return false;
  // A router that finds no server for these fields says so as if it had no such model.
  if (error.code === 'PROVIDER_MODEL') return isAboutFields(error.message);
  if (error.code !== 'PROVIDER_REQUEST') return false;
  const { status } = error.details;
  return status === 400 || status === 422;
}

function isAboutFields(message: string): boolean {
  return (
    /\b(?:requested|given|these) parameters\b/i.test(message) ||
    (/\bsupports?\b/i.test(message) && /\b(?:response_format|structured outputs?|json)\b/i.test(message))
  );
}
