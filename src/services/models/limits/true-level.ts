export interface Counts {
  /** What is left by our own count. */
  readonly own: number;
  /** What the vendor says is left. */
  readonly remaining: number;
  /** Taken from our count by calls that have not left yet, so the vendor cannot know of them. */
  readonly notLeft: number;
  /** Of calls that left, but that may be missing in the vendor's count. */
  readonly uncounted: number;
  /** Refilled at once by our count, little by little by the vendor's: that much of ours may be there too early. */
  readonly step: number;
}

/**
 * Our own count, kept between the least and the most that the vendor's can be. Taking the vendor's figure as it stands would pay the calls
 * on their way a second time, and then the next ones are refused.
 */
export function trueLevel({ own, remaining, notLeft, uncounted, step }: Counts): number {
  const most = remaining - notLeft - step;
  const least = most - uncounted;
  return Math.min(Math.max(own, least), most);
}
