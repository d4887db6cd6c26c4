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

/** What is known of a model: what it takes, and its limits. */
export interface Lessons<Quirks extends OutputLimits> {
  readonly known: Quirks;
  /** Asks with what is known, and again without what a refusal says that the model does not take. */
  ask<T>(send: (quirks: Quirks) => Promise<T>, prompt: Prompt): Promise<T>;
  /**
   * True where a refusal of what was sent with `asked` is a lesson: the request may be sent again. Without its prompt it teaches no limits.
   */
  learn(error: unknown, asked: Quirks, prompt: Prompt | undefined): boolean;
}

/** `read` returns undefined where the refusal is about something else. What is learnt is kept for later calls. */
export function createLessons<Quirks extends OutputLimits>(
  initial: Quirks,
  read: (lesson: Lesson, asked: Quirks) => Quirks | undefined,
): Lessons<Quirks> {
  let known = initial;

  function learn(error: unknown, asked: Quirks, prompt: Prompt | undefined): boolean {
    if (!isRefused(error)) return false;
    const lesson = lessonIn(error);
    const limits = prompt && learnLimits(`${lesson.param ?? ''} ${lesson.reason}`, prompt, asked);
    const learnt = limits ?? read(lesson, asked);
    if (learnt === undefined) return false;
    // Of requests that were sent with the same, each may teach something else.
    const isNew = ([name, value]: readonly [string, unknown]) => value !== asked[name as keyof Quirks];
    known = { ...known, ...Object.fromEntries(Object.entries(learnt).filter(isNew)) };
    return true;
  }

  return {
    get known() {
      return known;
    },
    learn,
    async ask(send, prompt) {
      for (let lesson = 1; ; lesson += 1) {
        const asked = known;
        try {
          return await send(asked);
        } catch (error) {
          if (lesson > MAX_LESSONS || !learn(error, asked, prompt)) throw error;
        }
      }
    },
  };
}

function lessonIn({ message, details: { reason, param } }: BloggerError): Lesson {
  return {
    reason: typeof reason === 'string' ? reason : message,
    param: typeof param === 'string' ? param : undefined,
  };
}

/** Refusals of a request as such; a limit, a key or a page teaches nothing. Some servers check a request late and call it a fault of theirs. */
function isRefused(error: unknown): error is BloggerError {
  if (!BloggerError.is(error)) return false;
  // A router that finds no server for these fields says so as if it had no such model.
  if (error.code === 'PROVIDER_MODEL') return isAboutFields(error.message);
  const { status, bill } = error.details;
  if (error.code === 'PROVIDER_REQUEST') return status === 400 || status === 422;
  return error.code === 'PROVIDER_OVERLOADED' && status === 500 && bill === 'free';
}

function isAboutFields(message: string): boolean {
  return (
    /\b(?:requested|given|these) parameters\b|\bservice[_ ]tier\b/i.test(message) ||
    (/\bsupports?\b/i.test(message) && /\b(?:response_format|structured outputs?|json)\b/i.test(message))
  );
}
