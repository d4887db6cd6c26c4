/** Ports of targets other than the output folder. Imports nothing. */

/** A picture file next to a post. */
export interface Picture {
  /** Address as written in the post. */
  readonly src: string;
  /** Absolute path. */
  readonly path: string;
  /** Hash of its bytes. */
  readonly hash: string;
  readonly type: string;
  readonly alt: string;
  /** Path relative to the project's folder, if known; forward slashes. */
  readonly inProject?: string;
}

/** A finished post, independent of the target. */
export interface PostDocument {
  /** Stable for the same post, across runs and machines. */
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly slug: string;
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  readonly lang: string;
  /** Clean HTML. */
  readonly html: string;
  /** Canonical address, if the original is elsewhere. */
  readonly canonical?: string;
  /** `src` of the featured picture: one of `pictures`, or a web address. */
  readonly cover?: string;
  readonly pictures: readonly Picture[];
  /** Hash of everything above; identifies the version. */
  readonly hash: string;
}

/** How a post becomes visible; only editors of the site see a draft. */
export type Showing =
  | { readonly as: 'draft' }
  | { readonly as: 'publish' }
  /** `at`: milliseconds since the epoch. */
  | { readonly as: 'schedule'; readonly at: number };

/** Current state of a post at a target. */
export interface RemotePost {
  readonly id: string;
  /** Public address, as reported by the target. */
  readonly url: string;
  readonly slug?: string;
  /** The target's identifier of this version. */
  readonly revision: string;
  /** Hash of the text at the target; publishing or rescheduling does not change it. */
  readonly textHash?: string;
  /** Hash of the version that blogger sent last, if the post still carries it. */
  readonly sentHash?: string;
  /** Whether the seal in the post proves that its text is unchanged since blogger sent it, from any machine; undefined without a seal. */
  readonly isSealed?: boolean;
  /** True if the post is in the trash. */
  readonly isGone?: boolean;
}

/** Problems and properties of a target, for `doctor`. */
export interface TargetCheck {
  readonly problems: readonly string[];
  /** Set if no post can be sent: the error of every post. */
  readonly refused?: Error;
  readonly version?: string;
  /** The target's clock and ours at the same moment, in milliseconds since the epoch. */
  readonly clock?: { readonly theirs: number; readonly ours: number };
}

/** A site with a network API. Each call is one or a few requests; a target does not retry. */
export interface Target {
  readonly name: string;
  /** Distinguishes it from other sites of the same kind. */
  readonly place: string;
  /** All posts with this key, oldest first, deleted ones last. `mayBeNew`: a create request with an unknown outcome was sent. */
  find(key: string, signal: AbortSignal, mayBeNew?: boolean): Promise<readonly RemotePost[]>;
  /** The post with this id; undefined if it was deleted or is in the trash. */
  read(id: string, signal: AbortSignal): Promise<RemotePost | undefined>;
  create(document: PostDocument, showing: Showing, signal: AbortSignal): Promise<RemotePost>;
  /** Replaces this version; throws `TARGET_CHANGED` if the target has a different version by now. */
  update(version: RemotePost, document: PostDocument, signal: AbortSignal): Promise<RemotePost>;
  /** Seals a post whose final text is known only from the target's response; absent if the text is sealed before sending. Never throws `TARGET_CHANGED`. */
  seal?(version: RemotePost, document: PostDocument, signal: AbortSignal): Promise<RemotePost>;
  /** Deletes a post of this process that duplicates one of another process. */
  discard(id: string, signal: AbortSignal): Promise<void>;
  check(signal: AbortSignal): Promise<TargetCheck>;
  /** Absent if the target takes no pictures. */
  readonly media?: MediaLibrary;
}

export interface RemotePicture {
  readonly id: string;
  readonly url: string;
}

/** The pictures of a site, identified by the hash of their bytes. */
export interface MediaLibrary {
  /** Oldest first. `since`: when an upload with an unknown outcome began. */
  find(picture: Picture, since: number | undefined, signal: AbortSignal): Promise<readonly RemotePicture[]>;
  add(picture: Picture, bytes: Uint8Array, signal: AbortSignal): Promise<RemotePicture>;
  /** Deletes a duplicate; absent if the target cannot. */
  discard?(id: string, signal: AbortSignal): Promise<void>;
}

/** A post with its file. */
export interface OutgoingPost {
  readonly document: PostDocument;
  /** Path relative to the output folder, or only the name if the file is elsewhere; forward slashes. */
  readonly file: string;
  /** The whole file. */
  readonly text: string;
  /** Key of the sources; absent in hand-written posts. */
  readonly sourceKey?: string;
  readonly showing: Showing;
  /** Stored record of the post at this target. */
  readonly known: Publication | undefined;
}

export type SentPost =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly remote: RemotePost; readonly hash: string }
  | { readonly kind: 'kept'; readonly because: 'changed' | 'deleted' };

/** Receives posts as files or messages: a git branch, a webhook. */
export interface Outlet {
  readonly name: string;
  readonly place: string;
  /** Sends new versions in the given order; calls `settle` for each post as soon as the outlet has it. */
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

/** Stored record of a post at a target. `intended` is written before each call that changes the target. */
export interface Publication {
  /** The place of the target. */
  readonly target: string;
  readonly key: string;
  /** Hash of the version being sent, until the target has responded. */
  readonly intended?: string;
  readonly remote?: RemotePost;
  /** Hash of the version at the target. */
  readonly hash?: string;
  /** Hashes of earlier versions, newest first. */
  readonly former?: readonly string[];
  /** Publication time, in milliseconds since the epoch. */
  readonly at?: number;
  /** Of a hand-written post: its path in the project, and the hash of its words, by which it is known under another name. */
  readonly file?: string;
  readonly words?: string;
}

/** Stored record of a picture at a target. */
export interface PictureRecord {
  readonly target: string;
  readonly hash: string;
  /** Start of the upload, until the target has responded. */
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
