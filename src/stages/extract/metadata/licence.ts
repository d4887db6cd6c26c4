/** Licences that pages link to. Pure. */

export interface Licence {
  /** As it is cited: `CC BY 4.0`. */
  readonly name: string;
  readonly url: string;
  /** Everyone may show the image unchanged beside a text, also commercially. */
  readonly isOpen: boolean;
}

/** Address of a licence's text, and its name; the first group is what the name is made of. */
const LICENCES: readonly {
  readonly address: RegExp;
  read(parts: readonly string[]): Pick<Licence, 'name' | 'isOpen'>;
}[] = [
  {
    // With the port of a country and the language of the deed left out: `by-sa/3.0/kr/deed.ko`.
    address: /^creativecommons\.org\/licenses\/(by(?:-nc)?(?:-nd|-sa)?|by-nd-nc)\/(\d\.\d)(?:\/|$)/,
    read: ([terms = '', version = '']) => ({
      name: `CC ${terms.toUpperCase()} ${version}`,
      isOpen: terms === 'by' || terms === 'by-sa',
    }),
  },
  {
    address: /^creativecommons\.org\/publicdomain\/zero\/(\d\.\d)(?:\/|$)/,
    read: ([version = '']) => ({ name: `CC0 ${version}`, isOpen: true }),
  },
  {
    address: /^creativecommons\.org\/publicdomain\/mark\/(\d\.\d)(?:\/|$)/,
    read: () => ({ name: 'Public domain', isOpen: true }),
  },
  {
    address: /^kogl\.or\.kr\/info\/(?:licen[cs]etype|opentype)([1-4])(?:\.do)?$/,
    read: ([type = '']) => ({ name: `KOGL Type ${type}`, isOpen: type === '1' }),
  },
  {
    address: /^nationalarchives\.gov\.uk\/doc\/open-government-licence\/version\/([1-3])(?:\/|$)/,
    read: ([version = '']) => ({ name: `OGL ${version}.0`, isOpen: true }),
  },
];

/** The licence at an address; undefined where the address is of no licence that is known here, such as a site's own terms. */
export function licenceAt(href: string, base: string): Licence | undefined {
  if (href.length > 500 || !URL.canParse(href.trim(), base)) return undefined;
  const url = new URL(href.trim(), base);
  const place = (url.hostname.replace(/^(?:www\d?|m)\./, '') + url.pathname).toLowerCase();
  for (const { address, read } of LICENCES) {
    const match = address.exec(place);
    if (match !== null) return { ...read(match.slice(1)), url: url.href };
  }
  return undefined;
}
