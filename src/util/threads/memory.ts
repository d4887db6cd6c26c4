/** Size of a thread's young generation in megabytes. Large enough that a page's tree dies there instead of being copied to the old generation. */
export const THREAD_YOUNG_MB = 24;
