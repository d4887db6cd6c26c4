/** Spans of a run: one for the run, and below it one for each page and each call. */

import type { Attributes, Span, Tracer } from '@opentelemetry/api';

export interface Spans {
  startRun(at: string, attributes: Attributes): void;
  /** Ends the run's span and all spans that are still open. */
  endRun(at: string, attributes: Attributes, errorMessage: string | undefined): void;
  /** Starts the span of a request to a host or a vendor. */
  start(id: string, name: string, at: string, attributes: Attributes): void;
  /** Returns all attributes of the span, those of its start included. */
  end(id: string, at: string, attributes: Attributes, error?: SpanError): Attributes;
}

interface SpanError {
  readonly code: string;
  readonly message: string;
}

export function createSpans(api: typeof import('@opentelemetry/api'), tracer: Tracer): Spans {
  const open = new Map<string, { readonly span: Span; readonly attributes: Attributes }>();
  let run: Span | undefined;

  function end(id: string, at: string, attributes: Attributes, error?: SpanError): Attributes {
    const found = open.get(id);
    if (found === undefined) return attributes;
    open.delete(id);
    const { span } = found;
    span.setAttributes(attributes);
    if (error !== undefined)
      span.setStatus({ code: api.SpanStatusCode.ERROR, message: error.message }).setAttribute('error.type', error.code);
    span.end(new Date(at));
    return { ...found.attributes, ...attributes };
  }

  return {
    startRun(at, attributes) {
      run = tracer.startSpan('blogger run', { startTime: new Date(at), attributes });
    },
    endRun(at, attributes, errorMessage) {
      for (const id of [...open.keys()]) end(id, at, {});
      if (errorMessage !== undefined) run?.setStatus({ code: api.SpanStatusCode.ERROR, message: errorMessage });
      run?.setAttributes(attributes);
      run?.end(new Date(at));
    },
    start(id, name, at, attributes) {
      const parent = run === undefined ? api.ROOT_CONTEXT : api.trace.setSpan(api.ROOT_CONTEXT, run);
      const kind = api.SpanKind.CLIENT;
      open.set(id, { span: tracer.startSpan(name, { startTime: new Date(at), kind, attributes }, parent), attributes });
    },
    end,
  };
}
