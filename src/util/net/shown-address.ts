/** Host, port and database of a store for people: without user, password and parameters, which may hold one. */
export function shownAddress(url: string): string {
  const [address = ''] = url.split('?', 1);
  return address.slice(Math.max(address.lastIndexOf('@') + 1, address.indexOf('//') + 2));
}
