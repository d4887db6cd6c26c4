/** Reading: lists and feeds, fetching, hosts, robots.txt, AI policies, browsers, documents. */

export const reading = {
  'If it is an address, write it with its scheme: {url}': '주소라면 앞부분까지 쓰십시오: {url}',
  'rows that name no web page were left out: {n}, the first in line {line}: {found}':
    '웹 페이지가 아닌 행 {n}개를 뺐습니다(첫 번째는 {line}행: {found})',
  'expected a robots.txt with Sitemap lines, found none': 'Sitemap 줄이 있는 robots.txt가 필요한데 하나도 없습니다',
  'expected bookmarks with web addresses, found none': '웹 주소가 있는 북마크가 하나도 없습니다',
  'expected a header row with a url column, got {found}': 'url 열이 있는 머리글 행이 필요한데 {found}입니다',
  'left out, because their content type or status is not that of a page: {n} rows':
    '내용 종류나 상태로 보아 페이지가 아닌 행 {n}개를 뺐습니다',
  'expected a URL in the url column, got none': 'url 열에 URL이 없습니다',
  'expected CSV, got {found}': 'CSV로 읽을 수 없습니다: {found}',
  'expected a feed (RSS, Atom or JSON Feed), but it is cut off or malformed before its first whole item':
    '피드(RSS, Atom, JSON Feed)가 첫 항목이 끝나기 전에 잘렸거나 형식이 잘못되었습니다',
  'all {n} items are new, so earlier ones may be missing; run more often':
    '항목 {n}개가 모두 새 것이라 그 전의 항목이 빠졌을 수 있습니다. 더 자주 실행하십시오',
  '{url} moved permanently to {url2}; write the new address into the list':
    '{url} 주소가 {url2}(으)로 완전히 옮겨졌습니다. 목록에 새 주소를 쓰십시오',
  '{url} is not requested again before {time}, because of its last answer: {reason}':
    '마지막 응답 때문에 {url}을(를) {time} 전에는 다시 요청하지 않습니다: {reason}',
  'older items are missing, because the next part of the feed could not be read: {reason}':
    '피드의 다음 부분을 읽지 못해 더 오래된 항목이 빠졌습니다: {reason}',
  'The list is gone for good; take it out.': '목록이 완전히 없어졌습니다. 빼십시오.',
  'the feed is cut off; the items behind that place are missing': '피드가 중간에 끊겼습니다. 그 뒤의 항목은 빠졌습니다',
  'expected a feed or a sitemap from {url}, got a page':
    '{url}에서 피드나 사이트맵을 받아야 하는데 일반 페이지를 받았습니다',
  'expected a feed or a sitemap from {url}, got an empty document':
    '{url}에서 피드나 사이트맵을 받아야 하는데 빈 문서를 받았습니다',
  'expected a feed or a sitemap from {url}, got another kind of document':
    '{url}에서 피드나 사이트맵을 받아야 하는데 다른 종류의 문서를 받았습니다',
  'left out, because the feed gives no address: {n} items': '피드에서 주소가 없는 항목 {n}개를 뺐습니다',
  'the feed is longer than {n} characters; only its first {n2} items were read':
    '피드가 {n}자보다 길어 처음 {n2}개 항목만 읽었습니다',
  'expected a JSON object with a url, got {found}': 'url이 있는 JSON 객체가 필요한데 {found}입니다',
  'expected an OPML file with outlines that have an xmlUrl, found none': 'OPML 파일에 xmlUrl이 있는 outline이 없습니다',
  'expected at most {n} addresses in a sitemap; the others are left out':
    '사이트맵의 주소는 {n}개까지 읽고 나머지는 뺍니다',
  'expected the end of the sitemap, but it is cut off here': '사이트맵이 여기에서 잘렸습니다',
  'expected a sitemap, found elements nested more than {n} deep': '사이트맵의 요소가 {n}단계보다 깊습니다',
  'expected a closing " for the quoted value, found the end of the line':
    '따옴표로 연 값이 닫는 " 없이 줄이 끝났습니다',
  'expected high, medium, low or name=value behind the URL, got {found}':
    'URL 뒤에는 high, medium, low나 이름=값을 적습니다. 받은 값: {found}',
  'on request': '요청할 때',
  'not due': '아직 때가 아님',
  '… and {n} more': '… 외 {n}개',
  '{n} bad {lines}': '잘못된 {lines} {n}개',
  '{problems} in the list; nothing was run': '목록에 {problems}이(가) 있어 아무것도 실행하지 않았습니다',
  line: '줄',
  lines: '줄',
  'Fix the lines, or leave them out with --skip-bad-lines.': '그 줄을 고치거나 --skip-bad-lines로 빼고 실행하십시오.',
  'Cannot read the list {list}: {reason}': '목록 {list}을(를) 읽을 수 없습니다: {reason}',
  'Open the address in a browser, or download the list and name the file.':
    '주소를 브라우저로 열어 보거나, 목록을 내려받아 그 파일을 지정하십시오.',
  'Expected lists nested at most {n} deep, and at most {n2} of them; {list} is beyond that':
    '목록 안의 목록은 {n}단계, {n2}개까지 읽습니다. {list}은(는) 그보다 많습니다',
  'Name the sitemaps or feeds that you want instead of the index.':
    '색인 대신 필요한 사이트맵이나 피드를 지정하십시오.',
  'Expected at least one entry of priority {level} in {list}, found none among {n}':
    '{list}의 항목 {n}개 가운데 우선순위가 {level}인 것이 없습니다',
  'Write `high`, `medium` or `low` behind a URL, or leave --only out.':
    'URL 뒤에 `high`, `medium`, `low`를 적거나 --only를 빼십시오.',
  'Expected at least one URL in {list}, found none': '{list}에 URL이 하나도 없습니다',
  'Write one URL a line; lines that start with # are comments.':
    'URL을 한 줄에 하나씩 적습니다. #으로 시작하는 줄은 주석입니다.',
  'expected one of {values}, got {found}': '{values} 가운데 하나여야 하는데 {found}입니다',
  'expected a value for {name}, got none': '{name}에 값이 없습니다',
  'expected priority {values}, 0.0 to 1.0 or 1 to 5, got {found}':
    '우선순위는 {values}, 0.0~1.0, 1~5 가운데 하나여야 하는데 {found}입니다',
  'expected {what}, got {found}': '{what}이(가) 필요한데 {found}입니다',
  'expected {what}, got "{found}"': '{what}이(가) 필요한데 "{found}"입니다',
  'expected a length from 200 to 100000 characters, got {found}': '길이는 200자에서 100000자까지인데 {found}입니다',
  'expected feed=yes or feed=no, got {found}': 'feed=yes나 feed=no여야 하는데 {found}입니다',
  'expected newest= a number from 0 to 9999, got {found}':
    'newest=에는 0에서 9999까지의 수를 적습니다. 받은 값: {found}',
  '{reason}; nothing was read from it': '{reason}; 거기에서는 아무것도 읽지 않았습니다',
  'Open the address in a browser; if the feed moved, correct the address in the list.':
    '주소를 브라우저로 열어 보십시오. 피드가 옮겨졌으면 목록의 주소를 고치십시오.',
  'The page {url} names no feed': '페이지 {url}에 피드 주소가 없습니다',
  'Write the address of the feed itself, or leave feed=yes out to read the page.':
    '피드의 주소를 직접 적거나, 페이지를 읽으려면 feed=yes를 빼십시오.',
  'expected a text file with one URL a line, got binary data':
    '한 줄에 URL이 하나씩 있는 텍스트 파일이 필요한데 이진 데이터입니다',
  'expected a URL such as {example}, got {found}': '{example} 같은 URL이 필요한데 {found}입니다',
  'expected an http or https address, got {scheme}//… in {found}':
    'http나 https 주소가 필요한데 {found}의 주소는 {scheme}//…입니다',
  'expected an address without user name and password': '주소에 사용자 이름과 암호를 넣을 수 없습니다',
  '; {name} is not used, because a post has one of each': '; 글 하나에 하나뿐이므로 {name}은(는) 사용하지 않습니다',
  'Name the list (`blogger generate my-urls.txt`), give `-` to read it from standard input, or run `blogger init` for a sample.':
    '목록을 지정하거나(`blogger generate my-urls.txt`), `-`로 표준 입력에서 읽거나, `blogger init`으로 예제를 만드십시오.',
  'there is no such file': '그런 파일이 없습니다',
  'it is a folder': '폴더입니다',
  'The list {list} answered with status {n} and no address to go to':
    '목록 {list}이(가) 갈 주소 없이 상태 {n}(으)로 응답했습니다',
  'The list {list} answered with status {n}': '목록 {list}이(가) 상태 {n}(으)로 응답했습니다',
  '`blogger sources` lists the addresses.': '주소는 `blogger sources`에 나옵니다.',

  'no Chromium was found on PATH': 'PATH에 Chromium이 없습니다',
  'Install one: `apt-get install chromium`.': '설치하십시오: `apt-get install chromium`.',
  'the package puppeteer-core is not installed': 'puppeteer-core 패키지가 설치되어 있지 않습니다',
  'Install it: `npm install puppeteer-core`.': '설치하십시오: `npm install puppeteer-core`.',
  '{browser} does not answer ({reason})': '{browser}이(가) 응답하지 않습니다({reason})',
  'the browser': '브라우저',
  'Correct --browser (BLOGGER_BROWSER_URL): a path, a channel such as chrome, or the address of a running browser.':
    '--browser(BLOGGER_BROWSER_URL)를 고치십시오: 경로, chrome 같은 채널, 또는 실행 중인 브라우저의 주소입니다.',
  'the browser of the channel {channel}': '{channel} 채널의 브라우저',
  '{url} is larger than {n} bytes when it is drawn': '{url}: 그린 결과가 {n}바이트보다 큽니다',
  'Raise crawl.maxBytes (--max-bytes).': 'crawl.maxBytes(--max-bytes)를 늘리십시오.',
  'The page loads more bytes than it may': '페이지가 허용된 것보다 많은 바이트를 불러옵니다',
  '{url} was not drawn within {n} ms': '{url}: {n}밀리초 안에 그리지 못했습니다',
  '{url} could not be drawn by the browser: {reason}': '{url}: 브라우저가 그리지 못했습니다: {reason}',
  'no Chromium was found': 'Chromium이 없습니다',
  '{browser} could not be started: {reason}': '{browser}을(를) 시작할 수 없습니다: {reason}',
  'The page is drawn by scripts, and there is no browser to draw it: {reason}':
    '스크립트로 그려지는 페이지인데 그릴 브라우저가 없습니다: {reason}',
  'Install one (`npm install puppeteer-core`, `apt-get install chromium`), or name one with --browser or BLOGGER_BROWSER_URL. `--render never` reads such pages as they are.':
    '설치하거나(`npm install puppeteer-core`, `apt-get install chromium`) --browser나 BLOGGER_BROWSER_URL로 지정하십시오. `--render never`는 그런 페이지를 있는 그대로 읽습니다.',
  'No codec for {encoding}': '{encoding}의 코덱이 없습니다',
  'The certificate is the site owner’s to repair; check the address in a browser.':
    '인증서는 사이트 운영자가 고쳐야 합니다. 주소를 브라우저로 확인하십시오.',
  'the host name does not exist': '호스트 이름이 존재하지 않습니다',
  'Check the spelling of the host in the list.': '목록에 적은 호스트의 철자를 확인하십시오.',
  'the host name could not be looked up just now': '지금은 호스트 이름을 조회할 수 없습니다',
  'the connection was refused': '연결이 거부되었습니다',
  'the connection was reset': '연결이 재설정되었습니다',
  'the connection was closed': '연결이 닫혔습니다',
  'the host cannot be reached': '호스트에 연결할 수 없습니다',
  'the network cannot be reached': '네트워크에 연결할 수 없습니다',
  'no local address is free': '쓸 수 있는 로컬 주소가 없습니다',
  'the connection timed out': '연결 시간이 초과되었습니다',
  'the server closed the connection': '서버가 연결을 닫았습니다',
  'the host did not accept the connection': '호스트가 연결을 받지 않았습니다',
  'the server did not answer': '서버가 응답하지 않았습니다',
  'the server stopped sending': '서버가 보내기를 멈추었습니다',
  'the answer ended early': '응답이 도중에 끝났습니다',
  'the answer has more than 64 kB of headers': '응답의 헤더가 64 kB를 넘습니다',
  'the proxy refused the connection': '프록시가 연결을 거부했습니다',
  'the address cannot be requested': '요청할 수 없는 주소입니다',
  'the certificate has expired': '인증서가 만료되었습니다',
  'the certificate is for another host': '다른 호스트의 인증서입니다',
  'the certificate is self-signed': '자체 서명된 인증서입니다',
  'the certificate chain is self-signed': '인증서 체인이 자체 서명되어 있습니다',
  'the certificate cannot be verified': '인증서를 확인할 수 없습니다',
  'the certificate’s issuer is unknown': '인증서의 발급자를 알 수 없습니다',
  'the compressed body is broken': '압축된 본문이 손상되었습니다',
  'the compressed body is cut off': '압축된 본문이 잘렸습니다',
  'Could not fetch {url}: {reason}': '{url}을(를) 가져오지 못했습니다: {reason}',
  '{url} did not answer completely within {n} ms': '{url}이(가) {n}밀리초 안에 응답을 마치지 못했습니다',
  'Raise crawl.timeoutMs (--timeout).': 'crawl.timeoutMs(--timeout)를 늘리십시오.',
  '{url} is larger than {n} bytes': '{url}의 크기가 {n}바이트를 넘습니다',
  'Put the final address into the list, or raise crawl.maxRedirects (--max-redirects).':
    '목록에 마지막 주소를 적거나 crawl.maxRedirects(--max-redirects)를 늘리십시오.',
  '{url} sent its body in {encoding}, which cannot be unpacked here':
    '{url}이(가) 본문을 {encoding}(으)로 보냈는데 여기에서는 풀 수 없습니다',
  'TLS failed ({reason})': 'TLS 연결에 실패했습니다({reason})',
  'the answer is not valid HTTP ({reason})': '응답이 올바른 HTTP가 아닙니다({reason})',
  'the connection failed': '연결에 실패했습니다',
  'the connection failed ({reason})': '연결에 실패했습니다({reason})',
  'The answer is not HTTP': '응답이 HTTP가 아닙니다',
  'redirects in a circle, back to {url}': '{url}(으)로 되돌아오는 리디렉션입니다',
  'redirects more than {n} times, last to {url}': '리디렉션이 {n}번을 넘습니다. 마지막 주소: {url}',
  '{from} redirects in a circle, back to {url}': '{from}의 리디렉션이 {url}(으)로 되돌아옵니다',
  '{from} redirects more than {n} times, last to {url}': '{from}의 리디렉션이 {n}번을 넘습니다. 마지막 주소: {url}',
  '{from} redirects to {url}, which is not an address': '{from}이(가) 주소가 아닌 {url}(으)로 리디렉션합니다',
  '{from} redirects to {url}, which is not crawled': '{from}이(가) 크롤링하지 않는 주소 {url}(으)로 리디렉션합니다',
  'The answer ended early': '응답이 도중에 끝났습니다',
  'Not an address: {text}': '주소가 아닙니다: {text}',
  'Only http and https are crawled, got {scheme}//': 'http와 https만 크롤링하는데 {scheme}//입니다',
  'An address must not carry a user name or password, got one for {host}':
    '주소에 사용자 이름이나 암호를 넣을 수 없습니다({host})',
  'Take `user:password@` out of the address.': '주소에서 `user:password@`를 빼십시오.',
  'Only ports 80 and 443 are crawled, got {host}': '80번과 443번 포트만 크롤링합니다: {host}',
  'Set allowPrivate (--allow-private) to crawl other ports.':
    '다른 포트를 크롤링하려면 allowPrivate(--allow-private)를 설정하십시오.',
  '{host}, which is {address}': '{host}({address})',
  'Private and special addresses are not crawled, got {address}':
    '사설 주소와 특수 주소는 크롤링하지 않습니다: {address}',
  'Set allowPrivate (--allow-private) to crawl your own network.':
    '내부 네트워크를 크롤링하려면 allowPrivate(--allow-private)를 설정하십시오.',
  'Names of a local network are not crawled through a proxy, got {host}':
    '로컬 네트워크의 이름은 프록시를 거쳐 크롤링하지 않습니다: {host}',
  'robots.txt of {host} forbids {url}': '{host}의 robots.txt가 {url}을(를) 금지합니다',
  'Take the entry out of the list, or ask the site owner.': '항목을 목록에서 빼거나 사이트 운영자에게 문의하십시오.',
  '{url} is not crawled because its robots.txt could not be read: {reason}':
    'robots.txt를 읽을 수 없어 {url}을(를) 크롤링하지 않습니다: {reason}',
  'Until robots.txt answers, RFC 9309 forbids the whole host. Run the same command again later.':
    'RFC 9309에 따라 robots.txt가 응답할 때까지 호스트 전체를 크롤링하지 않습니다. 나중에 같은 명령을 다시 실행하십시오.',
  '{url} is not read because its tdmrep.json, which may reserve its text from AI use, could not be read: {reason}':
    'AI 사용을 막았을 수 있는 tdmrep.json을 읽을 수 없어 {url}을(를) 읽지 않습니다: {reason}',
  'Run the same command again later. Where the file does not exist and the server says 5xx instead of 404, get the owner’s leave and set aiPolicy to warn (--ai-policy warn).':
    '나중에 같은 명령을 다시 실행하십시오. 파일이 없는데 서버가 404 대신 5xx로 응답한다면, 운영자의 허락을 받고 aiPolicy를 warn으로(--ai-policy warn) 설정하십시오.',
  '{url} answered with status {n} and no address to go to': '{url}이(가) 갈 주소 없이 상태 {n}(으)로 응답했습니다',
  'Open the address in a browser, and put the one that it leads to into the list.':
    '주소를 브라우저로 열어 보고, 그것이 이끄는 주소를 목록에 쓰십시오.',
  'Expected a page from {url}, got status {n}': '{url}에서 페이지 대신 상태 {n}을(를) 받았습니다',
  'The site does not give this page to crawlers; take the entry out of the list.':
    '사이트가 크롤러에게 이 페이지를 주지 않습니다. 항목을 목록에서 빼십시오.',
  'The page is gone; take the entry out of the list or correct its address.':
    '페이지가 없어졌습니다. 항목을 목록에서 빼거나 주소를 고치십시오.',
  'The site asks to slow down: lower crawl.perHost or raise crawl.delayMs.':
    '사이트가 천천히 요청하라고 합니다. crawl.perHost를 줄이거나 crawl.delayMs를 늘리십시오.',
  'Run the same command again later; pages that were read are not asked for again.':
    '나중에 같은 명령을 다시 실행하십시오. 이미 읽은 페이지는 다시 요청하지 않습니다.',
  '{store} does not {what}: limits per host are kept by this process alone':
    '{store}: {what}. 호스트별 제한은 이 프로세스만 지킵니다',
  'take part ({reason})': '참여하지 않음({reason})',
  'Local files are not read here, got {url}': '여기에서는 로컬 파일을 읽지 않습니다: {url}',
  'Expected at most {n} bytes, {file} has {n2}': '최대 {n}바이트인데 {file}은(는) {n2}바이트입니다',
  'Could not read {file}{reason}': '{file}을(를) 읽지 못했습니다{reason}',
  'Paths in the list are relative to the list’s own folder.': '목록의 경로는 목록이 있는 폴더를 기준으로 합니다.',
  '{from} leads on more than {n} times, last to {url}': '{from}에서 {n}번 넘게 이어집니다. 마지막 주소: {url}',
  '{url} sent a part of the page only (status 206, {range})':
    '{url}이(가) 페이지의 일부만 보냈습니다(상태 206, {range})',
  '{url} reserves its text from AI use ({signal}); it is used all the same':
    '{url}은(는) 글의 AI 사용을 허락하지 않지만({signal}) 그래도 사용합니다',
  'Set aiPolicy to respect (--ai-policy respect) to leave such pages out.':
    '그런 페이지를 빼려면 aiPolicy를 respect로(--ai-policy respect) 설정하십시오.',
  'The owner of {url} reserves its text from AI use ({signal})':
    '{url}의 운영자가 글의 AI 사용을 허락하지 않습니다({signal})',
  'Take the entry out of the list, or get the owner’s leave and set aiPolicy to warn (--ai-policy warn).':
    '항목을 목록에서 빼거나, 운영자의 허락을 받고 aiPolicy를 warn으로(--ai-policy warn) 설정하십시오.',
  'Expected a whole list in JSON of at most {n} bytes from {url}, got one that breaks off':
    '{url}에서 최대 {n}바이트의 완전한 JSON 목록이 필요한데 도중에 끊겼습니다',
  '{name} (aiPolicy {policy}): {reason}': '{name}(aiPolicy {policy}): {reason}',
  'no policy found': '정책을 찾지 못함',
  'is the same page as': '→ 같은 페이지:',
  'leads to {url}, the same page as': '→ {url}, 같은 페이지:',
  '{a} is the same page as {b}, which is already in this run':
    '{a}은(는) 이 실행에 이미 있는 {b}과(와) 같은 페이지입니다',
  '{a} leads to {url}, the same page as {b}, which is already in this run':
    '{a}은(는) {url}(으)로 이어지며, 이 실행에 이미 있는 {b}과(와) 같은 페이지입니다',
  'binary data without a type': '종류를 알 수 없는 이진 데이터',
  'Expected HTML, plain text, Markdown, PDF or captions from {url}, got {type}':
    '{url}에서 HTML, 텍스트, Markdown, PDF, 자막이 필요한데 {type}입니다',
  'Take the entry out of the list.': '항목을 목록에서 빼십시오.',
  'The page holds no text': '페이지에 글이 없습니다',
  'Pages that are drawn by scripts hold no text; look for a printable or AMP version.':
    '스크립트로 그려지는 페이지에는 글이 없습니다. 인쇄용이나 AMP 페이지를 찾아 보십시오.',
  'longer than {n} ms': '{n}밀리초 넘게 걸림',
  'more than it may ({what})': '허용된 것보다 많음({what})',
  'Reading the page took {what}, so it was given up': '페이지를 읽다가 그만두었습니다: {what}',
  'The page is broken or hostile; take it out of the list.': '망가졌거나 악의적인 페이지입니다. 목록에서 빼십시오.',
  'Not an article: the page is taken for {kind}': '기사가 아닙니다: {kind}(으)로 보입니다',
  'Open the address in a browser; list the address of the article itself.':
    '주소를 브라우저로 열어 보고, 기사의 주소를 목록에 적으십시오.',
  'The page has {n} characters of text, fewer than {n2}': '페이지의 글이 {n}자로 {n2}자보다 적습니다',
  'Lower minSourceChars, or take the page out of the list.': 'minSourceChars를 줄이거나 페이지를 목록에서 빼십시오.',
  'its gzip data {what} after {n} unpacked bytes': '압축을 {n}바이트 푼 뒤 gzip 데이터가 {what}',
  'it is larger than {n} bytes when unpacked; the rest was left out': '압축을 풀면 {n}바이트를 넘어 나머지는 뺐습니다',
  'is cut off': '잘렸습니다',
  'is damaged': '손상되었습니다',
  'an error page': '오류 페이지',
  'a consent wall': '동의 화면',
  'a teaser before a paywall': '유료 기사의 맛보기',
  'an application shell': '빈 앱 화면',
  'an access check': '접근 확인 화면',
  'a login page': '로그인 페이지',
  'a listing': '목록 페이지',
  'the same address': '같은 주소입니다',
  'the same address in another spelling': '표기만 다른 같은 주소입니다',
  'tracking parameters ({names})': '추적 매개변수({names})',
  'the order of parameters': '매개변수의 순서',
  'a fragment, which names a place in the page': '페이지 안의 위치를 가리키는 조각(#)',
  'empty parameters': '빈 매개변수',
  'the same page: the addresses differ only in {what}': '같은 페이지입니다. 주소의 차이: {what}',
  '{a} {same} {b}, which is already in this run': '{a} {same} {b}(이 실행에 이미 있음)',
  'PDFs are read by an optional package that is not installed': 'PDF를 읽는 선택 패키지가 설치되어 있지 않습니다',
  'The PDF has no text layer: its pages are pictures': 'PDF에 글자가 없습니다: 쪽이 모두 그림입니다',
  'Run it through OCR first (`ocrmypdf in.pdf out.pdf`), then name the result.':
    '먼저 OCR을 하고(`ocrmypdf in.pdf out.pdf`) 그 결과를 지정하십시오.',
  'The PDF is protected by a password': 'PDF에 암호가 걸려 있습니다',
  'The PDF cannot be read: {reason}': 'PDF를 읽을 수 없습니다: {reason}',
  'Save a copy without the password, then name it.': '암호 없는 사본을 저장하여 지정하십시오.',
  'Open it in a viewer; save it again if that works.': '뷰어에서 열어 보고, 열리면 다시 저장하십시오.',
  'refuses requests ({reason})': '요청을 거부합니다({reason})',
  'does not respond': '응답하지 않습니다',
  '{store} {what}: limits per host are kept by this process alone':
    '{store} {what}: 호스트별 제한은 이 프로세스만 지킵니다',
  'Other machines may request pages of the same hosts at the same time until {store} is back.':
    '{store}이(가) 돌아올 때까지 다른 컴퓨터가 같은 호스트의 페이지를 동시에 요청할 수 있습니다.',
  'expected a line such as URL=https://example.com/, found none': 'URL=https://example.com/ 같은 줄이 없습니다',
  'expected XML with web addresses, found none': '웹 주소가 있는 XML이 아닙니다',
  'expected a property list with a URL, found none': 'URL이 있는 속성 목록이 없습니다',
  'Reading the list took {what}, so it was given up': '목록을 읽다가 그만두었습니다: {what}',
  'The list is broken or hostile; take it out, or split it.': '망가졌거나 악의적인 목록입니다. 빼거나 나누십시오.',
  '{list}: {url} is read as {other} names it; other options are not used':
    '{list}: {url}을(를) {other}에 적힌 대로 읽으며 다른 옵션은 쓰지 않습니다',
  'expected the options of {other}, which names the same feed, got {found}; its items are written once, or once in each language (lang=en,ko)':
    '같은 피드가 있는 {other}과(와) 옵션이 같아야 하는데 {found}입니다. 항목은 한 번, 또는 언어마다 한 번(lang=en,ko) 씁니다',
  'Split the list, and name its parts.': '목록을 나누어 그 부분들을 지정하십시오.',
  '{host} asks to be left alone for {wait}, so its remaining pages are not requested':
    '{host}이(가) {wait} 동안 요청하지 말라고 하여 나머지 페이지를 요청하지 않습니다',
  '{host} failed repeatedly, so its remaining pages are not requested':
    '{host}이(가) 거듭 실패하여 나머지 페이지를 요청하지 않습니다',
  'Run the same command again later; pages that were read are not requested again.':
    '나중에 같은 명령을 다시 실행하십시오. 이미 읽은 페이지는 다시 요청하지 않습니다.',
} as const;
