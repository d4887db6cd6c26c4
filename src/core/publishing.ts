/** What is published, and where: the port that every target beyond the output folder fulfils. Imports nothing. */

/** A finished post, as any target takes it. */
export interface PostDocument {
  /** The same for the same post, over runs and machines. */
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly slug: string;
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  readonly lang: string;
  /** Clean HTML. */
  readonly html: string;
  /** Hash of everything above: another one is another version. */
  readonly hash: string;
}

/** How a post becomes visible; a draft is seen by the editors of the site alone. */
export type PublishAs = 'draft' | 'publish';

/** A post as a target has it now. */
export interface RemotePost {
  readonly id: string;
  /** Address for readers, as the target gave it. */
  readonly url: string;
  /** The target's own word for this version: another one is another version. */
  readonly revision: string;
  /** Hash of the version that blogger sent last, where the post itself still says it. */
  readonly sentHash?: string;
}

/** A place that is written to over the network. Each call is one request or a few; none is repeated by the target itself. */
export interface Target {
  readonly name: string;
  /** All posts that carry this key, those made first before later ones. */
  find(key: string, signal: AbortSignal): Promise<readonly RemotePost[]>;
  /** The post of this id; undefined where it was deleted or thrown away. */
  read(id: string, signal: AbortSignal): Promise<RemotePost | undefined>;
  create(document: PostDocument, as: PublishAs, signal: AbortSignal): Promise<RemotePost>;
  /** Replaces this version by another; throws `TARGET_CHANGED` where the target has another version by now. */
  update(version: RemotePost, document: PostDocument, signal: AbortSignal): Promise<RemotePost>;
  /** Takes back a post that this process made and that another one had made already. */
  discard(id: string, signal: AbortSignal): Promise<void>;
  /** Names what will not work: rights, clock, version. Empty where all is well. */
  check(signal: AbortSignal): Promise<readonly string[]>;
}

/** What is known of a post at a target. `intended` is written before each call that changes something there. */
export interface Publication {
  readonly target: string;
  readonly key: string;
  /** Hash of the version that is on its way, until the target has answered. */
  readonly intended?: string;
  readonly remote?: RemotePost;
  /** Hash of the version that is there. */
  readonly hash?: string;
}

export interface Publications {
  find(target: string, key: string): Publication | undefined;
  /** Durable before it returns. */
  save(publication: Publication): void;
}
