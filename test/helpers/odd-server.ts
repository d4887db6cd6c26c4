import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OddAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
  /** The connection is cut after the body: more was promised. */
  readonly cut?: true;
}

export interface OddServer {
  readonly url: string;
  /** Answers to all requests from now on. */
  answer(answer: OddAnswer): void;
  close(): Promise<void>;
}

/** A server that gives one answer to whatever is asked. */
export async function startOddServer(): Promise<OddServer> {
  let current: OddAnswer = {};
  const { url, close } = await listen((_request, response) => {
    const { status = 200, headers = {}, body = '', cut } = current;
    const data = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const type = typeof body === 'string' ? 'text/plain' : 'application/json';
    const length = Buffer.byteLength(data) + (cut === true ? 100 : 0);
    response.writeHead(status, { 'content-type': type, 'content-length': length, ...headers });
    if (cut === true) response.write(data, () => response.destroy());
    else response.end(data);
  });
  return {
    url,
    close,
    answer(answer) {
      current = answer;
    },
  };
}

/** A server whose answers are what `answer` returns: a text as it is, anything else as JSON, an `OddAnswer` under `refuse` with its status. */
export function startTinyServer(
  answer: (method: string, url: string, body: string) => unknown,
): Promise<Pick<OddServer, 'url' | 'close'>> {
  return listen(({ method = '', url = '' }, response, body) => {
    const data = answer(method, url, body);
    const refusal = (data as { readonly refuse?: OddAnswer } | undefined)?.refuse;
    response.writeHead(refusal?.status ?? 200, { 'content-type': 'application/json' });
    response.end(typeof data === 'string' ? data : JSON.stringify(refusal?.body ?? data));
  });
}

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<Pick<OddServer, 'url' | 'close'>> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => handle(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
