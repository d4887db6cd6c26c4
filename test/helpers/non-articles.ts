/** Pages that answer with status 200 and are no articles, in six languages, each kind in the form that sites of that kind have. */

export interface NonArticle {
  readonly kind: string;
  readonly lang: string;
  readonly url: string;
  readonly html: string;
}

interface Words {
  readonly lang: string;
  readonly site: string;
  readonly nav: readonly string[];
  readonly lost: { readonly title: string; readonly text: readonly string[] };
  readonly gone: { readonly title: string; readonly text: readonly string[] };
  readonly consent: { readonly title: string; readonly text: readonly string[]; readonly buttons: readonly string[] };
  readonly teaser: { readonly title: string; readonly text: readonly string[]; readonly offer: readonly string[] };
  readonly check: { readonly title: string; readonly text: readonly string[] };
  readonly latest: { readonly title: string; readonly items: readonly (readonly [string, string])[] };
  readonly enableScripts: string;
}

const WORDS: readonly Words[] = [
  {
    lang: 'en',
    site: 'Harbour Post',
    nav: ['Home', 'Politics', 'Culture', 'Sport', 'Weather'],
    lost: {
      title: 'We can’t find that page',
      text: [
        'The page you requested does not exist or is no longer available. You may have followed an old link or mistyped the address.',
        'Please check the spelling, use the search at the top, or go back to our home page. If you think this is a mistake, let our readers’ desk know which link brought you here.',
      ],
    },
    gone: {
      title: 'Oops!',
      text: ['This page has been moved or deleted. Try the search, or return to the front page.'],
    },
    consent: {
      title: 'Before you continue to Harbour Post',
      text: [
        'We and our 214 partners store and access information on your device, such as cookies, and process personal data such as identifiers to show personalised advertising and content, measure it, and develop our products.',
        'You can accept all purposes, reject them or manage your preferences. You may withdraw your consent at any time in the privacy settings. Some partners rely on their legitimate interest and do not ask for consent.',
      ],
      buttons: ['Accept all', 'Reject all', 'Manage settings'],
    },
    teaser: {
      title: 'Why the old cannery will not become flats',
      text: [
        'For eleven years the cannery at the east pier has stood empty. On Tuesday the council was to decide what becomes of it, and almost everybody in the hall believed they knew how the vote would end.',
        'Then the youngest member asked for the floor and read from a letter that nobody had seen before…',
      ],
      offer: [
        'Continue reading with a subscription',
        'Full access to all articles for 4.90 a month, cancel any time.',
        'Already a subscriber? Log in',
      ],
    },
    check: {
      title: 'Just a moment...',
      text: [
        'Please verify that you are human. We are checking your browser before you can access the site.',
        'Enable JavaScript and cookies to continue. Ray ID: 7d1f0c2e',
      ],
    },
    latest: {
      title: 'Latest news',
      items: [
        ['Ferry line gets a third boat', 'From June the boats leave every twenty minutes on weekdays.'],
        ['School opens its new kitchen', 'Pupils cook for pupils, and the first menu was sold out.'],
        ['Storm takes roof of gym', 'The teams train in the church hall until spring.'],
        ['Library lends instruments', 'Ukuleles are the favourite, a tuba is still to be had.'],
        ['A museum for nets', 'Three fishermen show what their grandfathers used.'],
        ['Cheaper parking at the pier', 'The first hour is free from next month on.'],
        ['Night bus comes back', 'After two years the line runs again on Fridays.'],
        ['Seals counted', 'Volunteers saw more of them than ever before.'],
      ],
    },
    enableScripts: 'You need to enable JavaScript to run this app.',
  },
  {
    lang: 'de',
    site: 'Hafenblatt',
    nav: ['Start', 'Politik', 'Kultur', 'Sport', 'Wetter'],
    lost: {
      title: 'Diese Seite gibt es leider nicht (mehr)',
      text: [
        'Die gewünschte Seite konnte nicht gefunden werden. Vielleicht ist der Link veraltet, oder in der Adresse ist ein Tippfehler.',
        'Bitte prüfen Sie die Schreibweise oder nutzen Sie unsere Suche. Von der Startseite aus kommen Sie zu allen aktuellen Themen, und ältere Beiträge stehen im Archiv.',
      ],
    },
    gone: {
      title: 'Hoppla!',
      text: ['Diese Seite wurde verschoben oder gelöscht. Zurück zur Startseite oder zur Suche.'],
    },
    consent: {
      title: 'Hafenblatt mit Werbung lesen',
      text: [
        'Wir und unsere 187 Partner speichern Informationen auf Ihrem Gerät, etwa Cookies, und verarbeiten personenbezogene Daten, um Anzeigen und Inhalte zu personalisieren und deren Leistung zu messen.',
        'Mit einem Klick auf „Akzeptieren“ stimmen Sie allen Zwecken zu. Ihre Einwilligung können Sie jederzeit in den Einstellungen unter Datenschutz widerrufen.',
      ],
      buttons: ['Akzeptieren und weiter', 'Ablehnen', 'Einstellungen'],
    },
    teaser: {
      title: 'Warum aus der Konservenfabrik keine Wohnungen werden',
      text: [
        'Elf Jahre lang stand die Fabrik am Ostkai leer. Am Dienstag sollte der Rat entscheiden, was daraus wird, und fast alle im Saal glaubten zu wissen, wie die Abstimmung ausgeht.',
        'Dann meldete sich das jüngste Mitglied und las aus einem Brief vor, den niemand kannte …',
      ],
      offer: [
        'Weiterlesen mit Hafenblatt Plus',
        'Abonnenten lesen alle Artikel, 4,90 Euro im Monat, jederzeit kündbar.',
        'Bereits registriert? Hier anmelden',
      ],
    },
    check: {
      title: 'Sicherheitsüberprüfung',
      text: [
        'Bitte bestätigen Sie, dass Sie ein Mensch und kein Roboter sind. Ihr Browser wird überprüft.',
        'Aktivieren Sie JavaScript, um fortzufahren.',
      ],
    },
    latest: {
      title: 'Neueste Meldungen',
      items: [
        ['Fähre bekommt drittes Boot', 'Ab Juni fährt werktags alle zwanzig Minuten ein Schiff.'],
        ['Schule weiht Küche ein', 'Kinder kochen für Kinder, das erste Menü war schnell weg.'],
        ['Sturm deckt Turnhalle ab', 'Bis zum Frühjahr wird im Gemeindesaal trainiert.'],
        ['Bücherei verleiht Instrumente', 'Ukulelen sind beliebt, eine Tuba ist noch da.'],
        ['Ein Museum für Netze', 'Drei Fischer zeigen, womit die Großväter fuhren.'],
        ['Parken am Kai wird billiger', 'Die erste Stunde ist ab nächstem Monat frei.'],
        ['Nachtbus kehrt zurück', 'Nach zwei Jahren fährt die Linie freitags wieder.'],
        ['Robben gezählt', 'Freiwillige sahen mehr Tiere als je zuvor.'],
      ],
    },
    enableScripts: 'Bitte aktivieren Sie JavaScript, um diese Anwendung zu nutzen.',
  },
  {
    lang: 'fr',
    site: 'Le Courrier du Port',
    nav: ['Accueil', 'Politique', 'Culture', 'Sport', 'Météo'],
    lost: {
      title: 'Page introuvable',
      text: [
        'La page que vous cherchez n’existe pas ou n’existe plus. Le lien que vous avez suivi est peut-être ancien, ou l’adresse a été mal saisie.',
        'Vérifiez l’orthographe, utilisez la recherche ou revenez à l’accueil du site, où vous trouverez toute l’actualité du jour et nos archives.',
      ],
    },
    gone: { title: 'Oups !', text: ['Cette page a été déplacée ou supprimée. Revenez à la page d’accueil.'] },
    consent: {
      title: 'Le Courrier du Port et vos données',
      text: [
        'Avec votre accord, nos 96 partenaires et nous utilisons des cookies pour stocker et consulter des données personnelles sur votre appareil, afin d’afficher des publicités personnalisées et de mesurer leur efficacité.',
        'Vous pouvez accepter, refuser ou paramétrer vos choix. Votre consentement peut être retiré à tout moment dans notre politique de confidentialité.',
      ],
      buttons: ['Tout accepter', 'Tout refuser', 'Paramétrer'],
    },
    teaser: {
      title: 'La conserverie ne deviendra pas des logements',
      text: [
        'Depuis onze ans, la conserverie du quai est reste vide. Mardi, le conseil devait décider de son avenir, et presque tous dans la salle croyaient connaître le résultat du vote.',
        'C’est alors que la plus jeune élue a demandé la parole et lu une lettre que personne n’avait vue…',
      ],
      offer: [
        'Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.',
        'Abonnez-vous pour 4,90 € par mois, sans engagement.',
        'Déjà abonné ? Connectez-vous',
      ],
    },
    check: {
      title: 'Vérification de sécurité',
      text: [
        'Veuillez confirmer que vous êtes humain et non un robot. Nous vérifions votre navigateur.',
        'Activez JavaScript pour continuer.',
      ],
    },
    latest: {
      title: 'Dernières nouvelles',
      items: [
        ['Un troisième bateau pour la ligne', 'Dès juin, un départ toutes les vingt minutes en semaine.'],
        ['L’école ouvre sa cuisine', 'Les élèves cuisinent et le premier menu a tout de suite plu.'],
        ['La tempête emporte un toit', 'Les équipes s’entraînent dans la salle paroissiale.'],
        ['La bibliothèque prête des instruments', 'Les ukulélés partent vite, il reste un tuba.'],
        ['Un musée des filets', 'Trois pêcheurs montrent les outils de leurs aïeux.'],
        ['Stationnement moins cher au quai', 'La première heure sera gratuite le mois prochain.'],
        ['Le bus de nuit revient', 'Après deux ans, la ligne circule à nouveau le vendredi.'],
        ['On a compté les phoques', 'Les bénévoles en ont vu plus que jamais.'],
      ],
    },
    enableScripts: 'Veuillez activer JavaScript pour utiliser cette application.',
  },
  {
    lang: 'es',
    site: 'El Correo del Puerto',
    nav: ['Inicio', 'Política', 'Cultura', 'Deportes', 'Tiempo'],
    lost: {
      title: 'No hemos encontrado esa página',
      text: [
        'La página que busca no existe o ya no está disponible. Es posible que el enlace sea antiguo o que la dirección esté mal escrita.',
        'Compruebe la ortografía, utilice el buscador o vuelva a la portada, donde encontrará las noticias del día y el archivo de los últimos años.',
      ],
    },
    gone: { title: '¡Vaya!', text: ['Esta página ha sido movida o eliminada. Vuelva a la página principal.'] },
    consent: {
      title: 'Su privacidad es importante',
      text: [
        'Nosotros y nuestros 143 socios utilizamos cookies para almacenar y consultar datos personales en su dispositivo, mostrar publicidad personalizada y medir su rendimiento.',
        'Puede aceptar, rechazar o configurar sus preferencias, y retirar su consentimiento en cualquier momento en la política de privacidad.',
      ],
      buttons: ['Aceptar todo', 'Rechazar', 'Configurar'],
    },
    teaser: {
      title: 'Por qué la conservera no será de viviendas',
      text: [
        'Durante once años la conservera del muelle este ha estado vacía. El martes el pleno tenía que decidir su futuro, y casi todos en la sala creían saber cómo terminaría la votación.',
        'Entonces la concejala más joven pidió la palabra y leyó una carta que nadie conocía…',
      ],
      offer: [
        'Suscríbete para seguir leyendo',
        'Acceso a todo el contenido exclusivo por 4,90 € al mes.',
        '¿Ya eres suscriptor? Inicia sesión',
      ],
    },
    check: {
      title: 'Comprobación de seguridad',
      text: [
        'Confirme que es humano y no un robot. Estamos comprobando su navegador.',
        'Active JavaScript para continuar.',
      ],
    },
    latest: {
      title: 'Últimas noticias',
      items: [
        ['La línea tendrá un tercer barco', 'Desde junio habrá salidas cada veinte minutos entre semana.'],
        ['La escuela estrena cocina', 'Los alumnos cocinan y el primer menú se agotó.'],
        ['El temporal se lleva un tejado', 'Los equipos entrenan en el salón parroquial.'],
        ['La biblioteca presta instrumentos', 'Los ukeleles vuelan, todavía queda una tuba.'],
        ['Un museo de redes', 'Tres pescadores enseñan lo que usaban sus abuelos.'],
        ['Aparcar en el muelle, más barato', 'La primera hora será gratis desde el mes que viene.'],
        ['Vuelve el autobús nocturno', 'Tras dos años la línea circula otra vez los viernes.'],
        ['Recuento de focas', 'Los voluntarios vieron más que nunca.'],
      ],
    },
    enableScripts: 'Debe activar JavaScript para usar esta aplicación.',
  },
  {
    lang: 'ko',
    site: '항구신문',
    nav: ['홈', '정치', '문화', '스포츠', '날씨'],
    lost: {
      title: '요청하신 페이지를 찾을 수 없습니다',
      text: [
        '찾으시는 페이지가 존재하지 않거나 더 이상 제공되지 않습니다. 오래된 링크를 따라오셨거나 주소를 잘못 입력하셨을 수 있습니다.',
        '입력하신 주소를 다시 확인하시거나 상단의 검색을 이용해 주시기 바랍니다. 홈으로 이동하시면 오늘의 기사와 지난 기사를 모두 보실 수 있습니다. 이용에 불편을 드려 죄송합니다.',
      ],
    },
    gone: { title: '죄송합니다', text: ['이 페이지는 이동되었거나 삭제되었습니다. 홈으로 돌아가 주세요.'] },
    consent: {
      title: '계속하기 전에',
      text: [
        '당사와 214개 파트너는 쿠키 등을 이용하여 이용자의 기기에 정보를 저장하고 개인정보를 처리하며, 이를 맞춤 광고를 보여 주고 성과를 측정하는 데 사용합니다.',
        '모두 수락하거나 거부할 수 있으며 설정에서 언제든지 동의를 철회할 수 있습니다. 자세한 내용은 개인정보 처리방침을 참고하세요.',
      ],
      buttons: ['모두 동의', '거부', '설정'],
    },
    teaser: {
      title: '통조림 공장은 왜 아파트가 되지 못하나',
      text: [
        '동쪽 부두의 통조림 공장은 열한 해 동안 비어 있었다. 화요일에 의회가 그 앞날을 정하기로 했고, 회의장에 모인 사람들은 거의 모두 결과를 안다고 믿었다.',
        '그때 가장 젊은 의원이 발언권을 얻어 아무도 본 적이 없는 편지를 읽기 시작했다…',
      ],
      offer: [
        '이 기사의 전문은 유료 구독자만 볼 수 있습니다.',
        '월 4,900원으로 모든 기사를 계속 읽으세요. 언제든지 해지할 수 있습니다.',
        '이미 회원이신가요? 로그인',
      ],
    },
    check: {
      title: '보안 확인',
      text: [
        '로봇이 아닌지 확인하고 있습니다. 브라우저를 확인하는 동안 잠시 기다려 주세요.',
        '계속하려면 자바스크립트를 켜 주세요.',
      ],
    },
    latest: {
      title: '최신 기사',
      items: [
        ['여객선 한 척 더 늘린다', '유월부터 평일에는 이십 분마다 배가 떠난다.'],
        ['학교에 새 조리실 열어', '학생들이 만든 첫 식단은 금세 동이 났다.'],
        ['폭풍에 체육관 지붕 날아가', '봄까지 팀들은 마을 회관에서 훈련한다.'],
        ['도서관, 악기도 빌려준다', '우쿨렐레가 가장 인기이고 튜바는 아직 남았다.'],
        ['그물 박물관 문 열어', '어부 세 사람이 할아버지의 도구를 보여 준다.'],
        ['부두 주차료 내린다', '다음 달부터 첫 한 시간은 무료다.'],
        ['심야 버스 다시 달린다', '두 해 만에 금요일마다 운행한다.'],
        ['물범 개체 수 조사', '자원봉사자들은 어느 때보다 많이 보았다.'],
      ],
    },
    enableScripts: '이 앱을 실행하려면 자바스크립트를 켜야 합니다.',
  },
  {
    lang: 'ja',
    site: '港新聞',
    nav: ['ホーム', '政治', '文化', 'スポーツ', '天気'],
    lost: {
      title: 'お探しのページは見つかりませんでした',
      text: [
        'お探しのページは存在しないか、公開を終了しました。リンクが古いか、アドレスの入力に誤りがある可能性があります。',
        'アドレスをもう一度ご確認いただくか、上部の検索をご利用ください。トップページからは最新の記事と過去の記事をご覧いただけます。ご不便をおかけして申し訳ございません。',
      ],
    },
    gone: { title: 'エラー', text: ['このページは移動または削除されました。トップページにお戻りください。'] },
    consent: {
      title: '続行する前に',
      text: [
        '当社と214社のパートナーは、クッキーなどを用いてお使いの端末に情報を保存し、個人情報を処理して、広告の最適化や効果の測定に利用します。',
        'すべてに同意するか、拒否するか、設定で選ぶことができます。同意はいつでもプライバシーの設定から取り消せます。',
      ],
      buttons: ['すべて同意', '拒否', '設定'],
    },
    teaser: {
      title: '缶詰工場はなぜ住宅にならないのか',
      text: [
        '東の埠頭の缶詰工場は十一年のあいだ空き家だった。火曜日に議会がその行方を決めるはずで、議場のほとんどの人が結果を知っていると信じていた。',
        'そのとき最年少の議員が発言を求め、誰も見たことのない手紙を読み始めた…',
      ],
      offer: [
        'この記事は有料会員限定です。残り1,800文字',
        '月額490円で全文をお読みいただけます。いつでも解約できます。',
        '会員の方はログインして続きを読む',
      ],
    },
    check: {
      title: 'セキュリティの確認',
      text: [
        'ロボットではないことを確認しています。ブラウザを確認するあいだお待ちください。',
        '続行するにはJavaScriptを有効にしてください。',
      ],
    },
    latest: {
      title: '新着記事',
      items: [
        ['渡し船が三隻に増える', '六月から平日は二十分おきに船が出る。'],
        ['学校に新しい調理室', '生徒が作った最初の献立はすぐに売り切れた。'],
        ['嵐で体育館の屋根が飛ぶ', '春までチームは公民館で練習する。'],
        ['図書館が楽器を貸し出し', 'ウクレレが人気で、チューバはまだある。'],
        ['網の博物館が開館', '三人の漁師が祖父の道具を見せる。'],
        ['埠頭の駐車料金を値下げ', '来月から最初の一時間は無料になる。'],
        ['深夜バスが復活', '二年ぶりに金曜日に運行する。'],
        ['アザラシの数を調査', 'ボランティアはかつてなく多くを見た。'],
      ],
    },
    enableScripts: 'このアプリを実行するにはJavaScriptを有効にしてください。',
  },
];

const KINDS: Readonly<Record<string, (words: Words) => { kind: string; path: string; html: string }>> = {
  'a lost page in the frame of the site': (words) => ({
    kind: 'an error page',
    path: '/2024/05/the-quiet-ferry',
    html: framed(words, words.lost.title, `<main><h1>${words.lost.title}</h1>${paragraphs(words.lost.text)}</main>`),
  }),
  'a page that is gone, by a template of a content system': (words) => ({
    kind: 'an error page',
    path: '/archiv/12345.html',
    html: framed(
      words,
      words.site,
      `<div id="content" class="error-404 not-found"><h1 class="page-title">${words.gone.title}</h1>${paragraphs(words.gone.text)}<form role="search"><input type="search"></form></div>`,
      '<meta name="robots" content="noindex, follow">',
    ),
  }),
  'a consent wall': (words) => ({
    kind: 'a consent wall',
    path: '/news/harbour',
    html: bare(
      words,
      words.consent.title,
      `<div class="cmp-box"><h1>${words.consent.title}</h1>${paragraphs(words.consent.text)}${words.consent.buttons.map((label) => `<button>${label}</button>`).join('')}</div>`,
    ),
  }),
  'a teaser': (words) => ({
    kind: 'a teaser before a paywall',
    path: '/news/cannery',
    html: framed(
      words,
      words.teaser.title,
      `<article><h1>${words.teaser.title}</h1>${paragraphs(words.teaser.text)}<div class="offer-box">${words.teaser.offer.map((line) => `<p>${line}</p>`).join('')}</div></article>`,
      '<meta property="og:type" content="article"><meta property="article:published_time" content="2025-03-04T08:00:00Z">',
    ),
  }),
  'a teaser whose text stands in JSON-LD': (words) => ({
    kind: 'a teaser before a paywall',
    path: '/plus/cannery',
    html: framed(
      words,
      words.teaser.title,
      `<article><h1>${words.teaser.title}</h1>${paragraphs(words.teaser.text)}</article>`,
      `<script type="application/ld+json">${JSON.stringify({
        '@context': 'https://schema.org',
        '@type': 'NewsArticle',
        headline: words.teaser.title,
        isAccessibleForFree: 'False',
        articleBody: words.teaser.text.join(' ').repeat(12),
      })}</script>`,
    ),
  }),
  'an application shell': (words) => ({
    kind: 'an application shell',
    path: '/article/98',
    html: bare(
      words,
      words.site,
      `<noscript>${words.enableScripts}</noscript><div id="root"></div><script src="/static/main.5f2c.js"></script>`,
    ),
  }),
  'an access check': (words) => ({
    kind: 'an access check',
    path: '/news/harbour',
    html: bare(
      words,
      words.check.title,
      `<div class="main-wrapper"><h1>${words.site}</h1>${paragraphs(words.check.text)}<div id="challenge-stage"></div></div>`,
    ),
  }),
  'a listing': (words) => ({
    kind: 'a listing',
    path: '/news/',
    html: framed(
      words,
      words.latest.title,
      `<main><h1>${words.latest.title}</h1>${words.latest.items
        .map(
          ([title, text], index) =>
            `<div class="card"><h2><a href="/news/${index}">${title}</a></h2><p>${text}</p></div>`,
        )
        .join('')}</main>`,
      '<meta property="og:type" content="website">',
    ),
  }),
};

/** Forty-eight pages: eight forms in six languages. */
export const NON_ARTICLES: readonly (NonArticle & { readonly form: string })[] = Object.entries(KINDS).flatMap(
  ([form, make]) =>
    WORDS.map((words) => {
      const { kind, path, html } = make(words);
      return { form, kind, lang: words.lang, url: `https://news.example${path}`, html };
    }),
);

function framed(words: Words, title: string, body: string, head = ''): string {
  const nav = words.nav.map((label, index) => `<li><a href="/${index}">${label}</a></li>`).join('');
  return bare(
    words,
    `${title} – ${words.site}`,
    `<header><a href="/">${words.site}</a><nav><ul>${nav}</ul></nav></header>${body}<footer><p>© 2025 ${words.site}</p><ul>${nav}</ul></footer>`,
    head,
  );
}

function bare({ lang }: Words, title: string, body: string, head = ''): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`;
}

function paragraphs(lines: readonly string[]): string {
  return lines.map((line) => `<p>${line}</p>`).join('');
}
