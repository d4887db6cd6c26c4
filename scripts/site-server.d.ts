export interface SiteServer {
  readonly port: number;
  readonly url: string;
  /** Paths asked for, in order. */
  readonly log: string[];
  close(): Promise<void>;
}

/** Serves the sample site on loopback. */
export function startSiteServer(options?: {
  readonly port?: number;
  readonly log?: string[];
  readonly latencyMs?: number;
}): Promise<SiteServer>;
