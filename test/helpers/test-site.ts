import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SiteRequest {
  readonly path: string;
  readonly at: number;
  readonly headers: IncomingMessage['headers'];
}

export type SiteHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A real HTTP server on loopback that keeps a log; unknown paths are 404, so robots.txt allows everything unless it is given. */
export class TestSite implements AsyncDisposable {
  readonly log: SiteRequest[] = [];
  readonly routes: Map<string, SiteHandler>;
  inFlight = 0;
  maxInFlight = 0;
  readonly #server: Server;

  private constructor(server: Server, routes: Map<string, SiteHandler>) {
    this.#server = server;
    this.routes = routes;
  }

  static async open(
    routes: Readonly<Record<string, SiteHandler | string>> = {},
    address = '127.0.0.1',
  ): Promise<TestSite> {
    const map = new Map<string, SiteHandler>();
    const server = createServer();
    const site = new TestSite(server, map);
    for (const [path, route] of Object.entries(routes)) map.set(path, typeof route === 'string' ? html(route) : route);
    server.on('request', (request, response) => site.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    return site;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    this.log.push({ path, at: performance.now(), headers: request.headers });
    this.inFlight += 1;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    response.on('close', () => {
      this.inFlight -= 1;
    });
    const route = this.routes.get(path) ?? this.routes.get('*');
    if (route === undefined) response.writeHead(404).end();
    else route(request, response);
  }

  get host(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `${address}:${port}`;
  }

  url(path: string): string {
    return `http://${this.host}${path}`;
  }

  paths(): string[] {
    return this.log.map(({ path }) => path);
  }

  /** Requests for anything but robots.txt and tdmrep.json. */
  pages(): SiteRequest[] {
    return this.log.filter(({ path }) => path !== '/robots.txt' && path !== '/.well-known/tdmrep.json');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Answers an HTML document, after `delayMs`. */
export function html(
  body: string,
  { delayMs = 0, headers = {} }: { readonly delayMs?: number; readonly headers?: Record<string, string> } = {},
): SiteHandler {
  return (_request, response) => {
    setTimeout(
      () => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body),
      delayMs,
    );
  };
}

export function text(body: string): SiteHandler {
  return (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(body);
}

export function status(code: number, headers: Record<string, string> = {}): SiteHandler {
  return (_request, response) => response.writeHead(code, headers).end();
}

export function redirect(location: string, code = 302): SiteHandler {
  return status(code, { location });
}

/** Answers by each of `handlers` in turn, then by the last for ever. */
export function inTurn(...handlers: readonly SiteHandler[]): SiteHandler {
  let turn = 0;
  return (request, response) => {
    const handler = handlers[Math.min(turn, handlers.length - 1)];
    turn += 1;
    return handler?.(request, response);
  };
}
