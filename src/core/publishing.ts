/** What is published, and where: the ports that every target beyond the output folder fulfils. Imports nothing. */

/** A picture of a post that lies beside it. */
export interface Picture {
  /** Its address as it stands in the post. */
  readonly src: string;
  /** Absolute path. */
  readonly path: string;
  /** Hash of its bytes. */
  readonly hash: string;
  readonly type: string;
  readonly alt: string;
}

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
  /** Address of the original, where the post has one elsewhere. */
  readonly canonical?: string;
  /** `src` of the picture that stands for the post: one of `pictures`, or an address on the web. */
  readonly cover?: string;
  readonly pictures: readonly Picture[];
  /** Hash of everything above: another one is another version. */
  readonly hash: string;
}

/** How a post becomes visible; a draft is seen by the editors of the site alone. */
export type Showing =
  | { readonly as: 'draft' }
  | { readonly as: 'publish' }
  /** `at`: milliseconds since the epoch. */
  | { readonly as: 'schedule'; readonly at: number };

/** A post as a target has it now. */
export interface RemotePost {
  readonly id: string;
  /** Address for readers, as the target gave it. */
  readonly url: string;
  readonly slug?: string;
  /** The target's own word for this version: another one is another version. */
  readonly revision: string;
  /** Hash of the text that the target has: a post that was only shown or put off keeps it. */
  readonly textHash?: string;
  /** Hash of the version that blogger sent last, where the post itself still says it. */
  readonly sentHash?: string;
  /** True where the post itself shows that nobody changed its text since blogger sent it, from whichever machine. */
  readonly isSealed?: boolean;
  /** True where it lies in the bin: somebody deleted it. */
  readonly isGone?: boolean;
}

/** What does not work at a target, and what it says of itself. */
export interface TargetCheck {
  readonly problems: readonly string[];
  readonly version?: string;
  /** Time of the target's clock, in milliseconds since the epoch, and of ours at the same moment. */
  readonly clock?: { readonly theirs: number; readonly ours: number };
}

/** A site that is written to over the network. Each call is one request or a few; none is repeated by the target itself. */
export interface Target {
  readonly name: string;
  /** By what it is told from another site of its kind. */
  readonly place: string;
  /** All posts that carry this key, those made first before later ones, deleted ones last. */
  find(key: string, signal: AbortSignal): Promise<readonly RemotePost[]>;
  /** The post of this id; undefined where it was deleted or thrown away. */
  read(id: string, signal: AbortSignal): Promise<RemotePost | undefined>;
  create(document: PostDocument, showing: Showing, signal: AbortSignal): Promise<RemotePost>;
  /** Replaces this version by another; throws `TARGET_CHANGED` where the target has another version by now. */
  update(version: RemotePost, document: PostDocument, signal: AbortSignal): Promise<RemotePost>;
  /** Takes back a post that this process made and that another one had made already. */
  discard(id: string, signal: AbortSignal): Promise<void>;
  check(signal: AbortSignal): Promise<TargetCheck>;
  /** Where it takes pictures. */
  readonly media?: MediaLibrary;
}

export interface RemotePicture {
  readonly id: string;
  readonly url: string;
}

/** The pictures of a site, each known by the hash of its bytes. */
export interface MediaLibrary {
  /** Those made first before later ones. `since`: when an upload whose answer is unknown began. */
  find(picture: Picture, since: number | undefined, signal: AbortSignal): Promise<readonly RemotePicture[]>;
  add(picture: Picture, bytes: Uint8Array, signal: AbortSignal): Promise<RemotePicture>;
  /** Takes back one that was made twice; absent where it cannot be. */
  discard?(id: string, signal: AbortSignal): Promise<void>;
}

/** A post with the file that it was read from. */
export interface OutgoingPost {
  readonly document: PostDocument;
  /** Path below the output folder, or its bare name where it lies elsewhere; forward slashes. */
  readonly file: string;
  /** The whole file. */
  readonly text: string;
  /** Of the sources; absent in what a person wrote. */
  readonly sourceKey?: string;
  readonly showing: Showing;
  /** What is known of it at this target. */
  readonly known: Publication | undefined;
}

export type SentPost =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly remote: RemotePost; readonly hash: string }
  | { readonly kind: 'kept'; readonly because: 'changed' | 'deleted' };

/** A place that takes posts as they are and holds them elsewhere: a repository by a branch, a program by a message. */
export interface Outlet {
  readonly name: string;
  readonly place: string;
  /** Sends what is new, in the order given; `settle` is called for each post as soon as the outlet has it. */
  send(
    posts: readonly OutgoingPost[],
    options: {
      readonly force: boolean;
      readonly settle: (post: OutgoingPost, sent: SentPost) => void;
    },
    signal: AbortSignal,
  ): Promise<void>;
  check(signal: AbortSignal): Promise<TargetCheck>;
}

/** What is known of a post at a target. `intended` is written before each call that changes something there. */
export interface Publication {
  /** The place of the target. */
  readonly target: string;
  readonly key: string;
  /** Hash of the version that is on its way, until the target has answered. */
  readonly intended?: string;
  readonly remote?: RemotePost;
  /** Hash of the version that is there. */
  readonly hash?: string;
  /** Hashes of the versions before it, the newest first. */
  readonly former?: readonly string[];
  /** When readers see it, in milliseconds since the epoch. */
  readonly at?: number;
}

/** What is known of a picture at a target. */
export interface PictureRecord {
  readonly target: string;
  readonly hash: string;
  /** When its upload began, until the target has answered. */
  readonly intendedAt?: number;
  readonly remote?: RemotePicture;
}

/** Each `save` is durable before it returns. */
export interface Publications {
  find(target: string, key: string): Publication | undefined;
  save(publication: Publication): void;
  /** All posts of a target. */
  list(target: string): readonly Publication[];
  findPicture(target: string, hash: string): PictureRecord | undefined;
  savePicture(picture: PictureRecord): void;
}
