/** The demo's output as the README shows it: usual port, paths from the project's folder. */
export function asShown(output: string, options: { readonly root: string }): string;

/** Without ids and times. */
export function lasting(shown: string): string;
