import { expect, test } from 'vitest';
import type { LicensedPicture } from '../../../src/core/types.ts';
import { extractArticle } from '../../../src/stages/extract/extract-article.ts';

const BY = 'https://creativecommons.org/licenses/by/4.0/';
const MARK = '<img alt="Creative Commons License" src="https://i.creativecommons.org/l/by/4.0/88x31.png">';
/** As the licence chooser of Creative Commons writes it. */
const CHOSEN = `<a rel="license" href="http://creativecommons.org/licenses/by/4.0/">${MARK}</a><br>This work is licensed under a <a rel="license" href="http://creativecommons.org/licenses/by/4.0/">Creative Commons Attribution 4.0 International License</a>.`;
const TEXT = Array.from(
  { length: 8 },
  (_, at) =>
    `<p>Paragraph ${at} of the article tells calmly what the people of the harbour did that morning, how boat number ${at} left, and why nobody hurried about it before the bell rang at the end of the pier.</p>`,
);

interface Parts {
  readonly head?: string;
  readonly figure?: string;
  readonly foot?: string;
}

function picturesOf({ head = '', figure = '<img src="/img/boat.jpg" alt="A boat">', foot = '' }: Parts) {
  const body = `<!doctype html><html lang="en"><head><title>The harbour</title><meta name="author" content="Ann Bell"><meta property="og:site_name" content="Harbour News">${head}</head>
<body><main><article><h1>The harbour</h1>${TEXT.slice(0, 4).join('')}${figure}${TEXT.slice(4).join('')}</article></main><footer>${foot}</footer></body></html>`;
  const url = 'https://news.example.com/harbour';
  const article = extractArticle({
    url,
    finalUrl: url,
    contentType: 'text/html',
    body,
    fetchedAt: '2026-01-01T00:00:00Z',
    policy: { allowed: true, policy: 'respect' },
  });
  return article.pictures ?? [];
}

const linked = (data: object) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
const captioned = (caption: string, src = '/img/boat.jpg') =>
  `<figure><img src="${src}" alt="A boat"><figcaption>${caption}</figcaption></figure>`;

test.each<[string, Parts, Partial<LicensedPicture>]>([
  ['the mark that the licence chooser gives', { foot: CHOSEN }, { licence: 'CC BY 4.0', creator: 'Ann Bell' }],
  ['a link of the head', { head: `<link rel="license" href="${BY}">` }, { licence: 'CC BY 4.0' }],
  [
    'a deed in another language and port',
    { foot: '<a rel="license" href="//creativecommons.org/licenses/by-sa/2.0/kr/deed.ko">라이선스</a>' },
    { licence: 'CC BY-SA 2.0' },
  ],
  [
    'CC0',
    { foot: '<a rel="license nofollow" href="https://creativecommons.org/publicdomain/zero/1.0/">CC0</a>' },
    { licence: 'CC0 1.0' },
  ],
  [
    'an article by schema.org',
    { head: linked({ '@type': 'BlogPosting', headline: 'The harbour', license: BY }) },
    { licence: 'CC BY 4.0' },
  ],
  [
    'a licence that is an object',
    { head: linked({ '@type': 'Article', license: { '@type': 'CreativeWork', url: BY } }) },
    { licence: 'CC BY 4.0' },
  ],
  [
    'a picture by schema.org, of elsewhere',
    {
      head: linked({
        '@type': 'ImageObject',
        contentUrl: 'https://cdn.example.org/boat.jpg',
        license: BY,
        creator: { '@type': 'Person', name: 'Joe Photo' },
      }),
      figure: '<img src="https://cdn.example.org/boat-1024x683.jpg" alt="A boat">',
    },
    { licence: 'CC BY 4.0', creator: 'Joe Photo', src: 'https://cdn.example.org/boat.jpg' },
  ],
  [
    'a picture nested in a graph',
    {
      head: linked({
        '@graph': [
          {
            '@type': 'NewsArticle',
            image: {
              '@type': 'ImageObject',
              url: '/img/boat.jpg',
              license: 'https://creativecommons.org/licenses/by/2.0/',
              creditText: 'Joe Photo',
            },
          },
        ],
      }),
    },
    { licence: 'CC BY 2.0', creator: 'Joe Photo' },
  ],
  [
    'a caption with its licence',
    { figure: captioned(`Photo by <a href="/joe">Joe Photo</a>, <a href="${BY}">CC BY 4.0</a>`) },
    { creator: 'Photo by Joe Photo, CC BY 4.0' },
  ],
  [
    'a caption with its licence on a page of another',
    {
      figure: captioned(`Joe Photo <a rel="license" href="${BY}">CC BY</a>`),
      foot: '<a rel="license" href="https://creativecommons.org/licenses/by-nc/4.0/">CC BY-NC</a>',
    },
    { licence: 'CC BY 4.0' },
  ],
  [
    'the mark of Korean public works',
    {
      foot: '<a href="http://www.kogl.or.kr/info/licenseType1.do"><img src="/img_opentype01.png" alt="공공누리 제1유형"></a>',
      head: '<meta name="dc.rights" content="https://www.kogl.or.kr/info/licenseType1.do">',
    },
    { licence: 'KOGL Type 1' },
  ],
  [
    'the licence of British public works',
    {
      foot: '<p>All content is available under the <a rel="license" href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open Government Licence v3.0</a>, except where otherwise stated</p>',
    },
    { licence: 'OGL 3.0' },
  ],
  [
    'a licence of text and pictures, shown by another host',
    {
      foot: `<p>Text and images: <a rel="license" href="${BY}">CC BY</a></p>`,
      figure: '<img src="https://cdn.example.org/boat.jpg" alt="A boat">',
    },
    { src: 'https://cdn.example.org/boat.jpg' },
  ],
  ['its own author in the caption', { figure: captioned('Photo by Ann Bell'), foot: CHOSEN }, { licence: 'CC BY 4.0' }],
  [
    'a caption that only describes',
    { figure: captioned('The boats before the bell'), foot: CHOSEN },
    { licence: 'CC BY 4.0' },
  ],
])('a picture is taken by %s', (_name, parts, expected) => {
  expect(picturesOf(parts)).toMatchObject([
    { src: 'https://news.example.com/img/boat.jpg', alt: 'A boat', ...expected },
  ]);
});

test.each<[string, Parts]>([
  ['no statement', {}],
  ['a licence that forbids trade', { foot: CHOSEN.replaceAll('/by/', '/by-nc/') }],
  [
    'a licence that forbids changes',
    { head: '<link rel="license" href="https://creativecommons.org/licenses/by-nd/4.0/">' },
  ],
  [
    'the terms of the site',
    {
      head: linked({
        '@type': 'ImageObject',
        contentUrl: '/img/boat.jpg',
        license: '/terms',
        creditText: 'Harbour News',
      }),
      foot: CHOSEN,
    },
  ],
  ['a page licence that is no known one', { foot: '<a rel="license" href="/copyright">Terms</a>' }],
  [
    'two licences of the page that differ',
    { head: `<link rel="license" href="${BY}">`, foot: CHOSEN.replaceAll('/by/', '/by-nc-sa/') },
  ],
  ['a reservation in the caption', { figure: captioned('© 2024 Getty Images'), foot: CHOSEN }],
  ['the name of another in the caption', { figure: captioned('Photo by Joe Photo'), foot: CHOSEN }],
  ['a Korean credit in the caption', { figure: captioned('항구의 아침 (사진=연합뉴스)'), foot: CHOSEN }],
  ['a stock agency in the caption', { figure: captioned('Joe Photo on Unsplash'), foot: CHOSEN }],
  [
    'a caption with a licence that forbids trade',
    { figure: captioned('Joe, <a href="https://creativecommons.org/licenses/by-nc/2.0/">CC BY-NC</a>'), foot: CHOSEN },
  ],
  [
    'a licence of the text alone',
    {
      foot: `<p>The text of this page is available under <a rel="license" href="${BY}">CC BY</a>; additional terms may apply.</p>`,
    },
  ],
  [
    'a licence that leaves out pictures',
    { foot: `<p>This work is licensed under <a rel="license" href="${BY}">CC BY</a>. Images are excluded.</p>` },
  ],
  [
    'a type of text in the markup',
    {
      foot: `<span href="http://purl.org/dc/dcmitype/Text" rel="dct:type">work</span> licensed under a <a rel="license" href="${BY}">CC BY</a>`,
    },
  ],
  [
    'a picture of another host under the licence of the page',
    { figure: '<img src="https://upload.elsewhere.org/boat.jpg" alt="A boat">', foot: CHOSEN },
  ],
  [
    'a link in an article about licences',
    {
      figure: `<img src="/img/boat.jpg" alt="A boat"><p>Read <a href="${BY}">the licence</a> and <a href="${BY}">its deed</a>.</p>`,
    },
  ],
  [
    'a licence in a comment',
    { foot: `<div class="comments"><p>My photo: <a rel="license" href="${BY}">CC BY</a></p></div>` },
  ],
  ['a licence in a quotation', { figure: `<img src="/img/boat.jpg" alt="A boat"><blockquote>${CHOSEN}</blockquote>` }],
  [
    'a licence of another picture',
    { head: linked({ '@type': 'ImageObject', contentUrl: '/img/crane.jpg', license: BY }) },
  ],
  ['a logo', { figure: '<img src="/img/logo.png" alt="Harbour News">', foot: CHOSEN }],
  [
    'several pictures under one caption',
    {
      figure: `<figure><img src="/img/boat.jpg" alt=""><img src="/img/crane.jpg" alt=""><figcaption>Joe, <a href="${BY}">CC BY</a>; Ann, all rights reserved</figcaption></figure>`,
    },
  ],
  [
    'an address that only looks like the licence',
    { foot: '<a rel="license" href="https://creativecommons.org.example.com/licenses/by/4.0/">CC BY</a>' },
  ],
])('no picture is taken by %s', (_name, parts) => {
  expect(picturesOf(parts)).toEqual([]);
});
