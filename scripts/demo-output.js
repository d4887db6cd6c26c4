/** What the demo prints, without what differs between machines and runs. */

/** As on a machine where nobody has the port of the sample site, from the folder of the project. */
export function asShown(output, { root }) {
  return output
    .replaceAll(root, '')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:4173')
    .replaceAll('.demo/urls.txt', 'fixtures/urls.txt');
}

/** What is the same in every run. */
export function lasting(shown) {
  return (
    shown
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
      // Whether a copy comes before its original is planned is a matter of milliseconds.
      .replace(/skipped: the post is written from|merged into the post of/g, 'a copy of')
      .replace(/^(?: {2}Time| {2}Slowest|Crawl ended|[=-]).*\n/gm, '')
      .trim()
  );
}
