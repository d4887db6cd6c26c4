/** The settings: their descriptions and what is wrong with them. */

export const settings = {
  'Warning: {name} is no variable of blogger and is ignored → Did you mean {nearest}?':
    '경고: {name}은(는) blogger가 읽는 변수가 아니므로 무시합니다 → {nearest}을(를) 뜻했습니까?',
  'settings file (default: looks for .blogrc, .blogrc.json, …)':
    '설정 파일(기본값: .blogrc, .blogrc.json 등을 찾습니다)',
  'The settings file cannot be read: {reason}': '설정 파일을 읽을 수 없습니다: {reason}',
  'Fix or remove the file; `blogger init` writes a commented one.':
    '파일을 고치거나 지우십시오. `blogger init`이 주석이 달린 파일을 만듭니다.',
  'There are several settings files: {files}': '설정 파일이 여럿 있습니다: {files}',
  'Remove all but one, or name the one to read: --config {file}':
    '하나만 남기고 지우거나, 읽을 파일을 지정하십시오: --config {file}',
  '.env cannot be read: {reason}': '.env를 읽을 수 없습니다: {reason}',
  'Fix its permissions or remove it.': '권한을 고치거나 지우십시오.',
  'Fix it there; `blogger config` lists all settings.': '그곳에서 고치십시오. 모든 설정은 `blogger config`에 나옵니다.',
  '{name} is not a setting (from {origin})': '{name}은(는) 없는 설정입니다(출처: {origin})',
  '{name} must be {what}, got {found} (from {origin})':
    '{name}의 값은 {what}이어야(여야) 하는데 {found}입니다(출처: {origin})',
  'one of {values}': '{values} 가운데 하나',
  'at least {n}': '{n} 이상',
  'at most {n}': '{n} 이하',
  'a valid {what}': '올바른 {what}',
  'a whole number': '정수',
  'a number': '숫자',
  'true or false': 'true 또는 false',
  'a group of settings': '설정의 묶음',
  'a list': '목록',
  'the settings': '설정',
  'Did you mean {name}?': '{name}을(를) 쓰려고 하셨습니까?',
  '`blogger config` lists all settings.': '모든 설정은 `blogger config`에 나옵니다.',
  '{file}: expected a mapping of settings, got {found}': '{file}: 설정의 이름과 값이 필요한데 {found}입니다',
  'See .blogrc.example.json, or run `blogger init`.': '.blogrc.example.json을 보거나 `blogger init`을 실행하십시오.',
  '{file}: {name} may hold a password, so it is read from the environment only':
    '{file}: {name}에는 암호가 들어갈 수 있어 환경 변수에서만 읽습니다',
  'Remove it from the file and set {name} instead (a .env file is read).':
    '파일에서 지우고 {name}에 설정하십시오(.env 파일을 읽습니다).',
  'its variable': '그 환경 변수',
  'letters, digits and : . _ -': '영문자, 숫자, : . _ -',
  'an IP address': 'IP 주소',
  'any, all or a share such as 10%': 'any, all 또는 10% 같은 비율',
  'a time zone such as Europe/Berlin or UTC': 'Europe/Berlin이나 UTC 같은 시간대',
  'a number of milliseconds': '밀리초 수',
  'a number of bytes': '바이트 수',
  'Name an existing file, or leave --config out.': '있는 파일을 지정하거나 --config를 빼십시오.',
  'Remove it from the file: keys and passwords, such as OPENAI_API_KEY, come from the environment or .env only.':
    '파일에서 지우십시오. 키와 암호는 OPENAI_API_KEY처럼 환경 변수나 .env에서만 읽습니다.',
  'an address that begins with https://, http:// or mailto:': 'https://, http://, mailto:로 시작하는 주소',
  'an address that begins with https:// or http://': 'https://나 http://로 시작하는 주소',
  'a time such as 2026-12-01T09:00': '2026-12-01T09:00 같은 시각',
  'two times such as 08:00-20:00': '08:00-20:00 같은 두 시각',
  'auto or a tag such as en, ko or pt-BR': 'auto 또는 en, ko, pt-BR 같은 언어 태그',
  'language tags such as en, ko or pt-BR': 'en, ko, pt-BR 같은 언어 태그',
  'a language tag such as en, ko or pt-BR': 'en, ko, pt-BR 같은 언어 태그',
  'a language: {code} is the code of {country}, whose language is {language}':
    '언어({code}은(는) {country}의 국가 코드이고, 그 언어는 {language}입니다)',
  'a known language such as en, ko or pt-BR': 'en, ko, pt-BR 같은 알려진 언어',
  '({names}) or the path of a file': '({names}) 또는 파일의 경로',
  'the path of a file': '파일의 경로',
  '{name} must be{what}; {file} cannot be read':
    '{name}의 값은{what}이어야(여야) 합니다. {file}을(를) 읽을 수 없습니다',
  'Check {file}.': '{file}을(를) 확인하십시오.',
  'JSON Schema of this file, for editors': '이 파일의 JSON Schema(편집기용)',
  'What compares a post with its sources: rules only, or also a model with one more call per post':
    '글을 출처와 대조하는 방법: 규칙만 쓰거나, 글마다 모델도 한 번 더 호출합니다',
  "Maximum share of a post's word 8-grams that also occur in its source": '출처와 겹치는 8단어 조각의 최대 비율',
  'Figures derived from figures of the source (sums, shares, conversions): allow, or flag for review':
    '출처의 숫자에서 계산되는 숫자(합계, 비율, 환산): 허용하거나 검토 대상으로 표시',
  'Minimum score; posts below it are saved as drafts': '최소 점수. 이보다 낮은 글은 초안으로 저장합니다',
  'What to do with statements that the model of `--check model` finds unsupported':
    '`--check model`의 모델이 근거가 없다고 한 진술의 처리',
  'What to do with a post with unverified figures': '확인되지 않은 숫자가 있는 글의 처리',
  'Generation requests per batch': '배치 하나의 생성 요청 수',
  'Milliseconds after which a batch is sent even if it is not full': '배치가 다 차지 않아도 보내는 시간(밀리초)',
  'Milliseconds between two status checks of a vendor batch': '공급자 배치의 상태를 확인하는 간격(밀리초)',
  'Posts per live request; more than 1 saves 9 to 14 %, but a refusal then affects all posts of the request':
    '요청 하나로 쓰는 글 수. 2 이상이면 9~14%를 아끼지만, 거절되면 그 요청의 모든 글에 영향이 갑니다',
  'Requests per minute at the provider; default: read from the response headers':
    '공급자의 분당 요청 수. 기본값: 응답 헤더에서 읽습니다',
  'Tokens per minute at the provider; default: read from the response headers':
    '공급자의 분당 토큰 수. 기본값: 응답 헤더에서 읽습니다',
  'US dollars per million input tokens; overrides the price list':
    '입력 토큰 백만 개의 가격(미국 달러). 가격표보다 우선합니다',
  'US dollars per million input tokens read from the prompt cache':
    '프롬프트 캐시에서 읽은 입력 토큰 백만 개의 가격(미국 달러)',
  'US dollars per million output tokens; overrides the price list':
    '출력 토큰 백만 개의 가격(미국 달러). 가격표보다 우선합니다',
  'Model provider; `auto`: the one whose API key is set, otherwise the built-in writer':
    '모델 공급자. `auto`: API 키가 설정된 공급자, 없으면 내장 작성기',
  "Model name; default: the provider's default model": '모델 이름. 기본값: 공급자의 기본 모델',
  'Address of an OpenAI-compatible server, with its /v1': 'OpenAI 호환 서버의 주소(/v1 포함)',
  'Address of a Gemini-compatible server, without /v1beta': 'Gemini 호환 서버의 주소(/v1beta 제외)',
  'Address of an Anthropic-compatible server, without /v1': 'Anthropic 호환 서버의 주소(/v1 제외)',
  'Reasoning effort, for models that support it; billed as output': '추론 강도(지원하는 모델에서). 출력으로 청구됩니다',
  'Timeout of one answer in milliseconds; default: 5 minutes, 15 for flex, 30 for a self-hosted server':
    '응답 하나의 제한 시간(밀리초). 기본값: 5분, flex는 15분, 직접 운영하는 서버는 30분',
  'Price tier: cheaper is slower; `auto` takes the cheapest that meets the deadline':
    '가격 등급. 쌀수록 느립니다. `auto`는 기한에 맞는 가장 싼 등급을 고릅니다',
  'When the posts are needed: `2h`, `tomorrow 07:00` or an ISO time':
    '글이 필요한 때: `2h`, `tomorrow 07:00`, 또는 ISO 시각',
  'Spending cap of a run in US dollars': '실행의 금액 한도(미국 달러)',
  'Batches in flight at once': '동시에 진행하는 배치 수',
  'Waiting jobs at which crawling pauses': '크롤링을 멈추는 대기 작업 수',
  'Attempts per job before it is FAILED': '작업이 FAILED가 되기까지의 시도 횟수',
  'Milliseconds without a heartbeat after which a job goes to another worker':
    '이 시간(밀리초) 동안 신호가 없으면 작업을 다른 작업자에게 넘깁니다',
  'Finished jobs kept in the history; source texts are kept for as many posts':
    '이력에 남기는 끝난 작업 수. 출처 본문도 이만큼의 글에 대해서만 보관합니다',
  'Seconds for which a cached page is used without revalidation': '캐시의 페이지를 다시 확인하지 않고 쓰는 시간(초)',
  'Maximum size of the cache file in bytes': '캐시 파일의 최대 크기(바이트)',
  'Maximum size of the cache in memory in bytes': '메모리 캐시의 최대 크기(바이트)',
  'Key prefix in a shared Redis': '공유 Redis의 키 접두사',
  'Timeout of one request to the shared cache in milliseconds': '공유 캐시 요청 하나의 제한 시간(밀리초)',
  'Prometheus text file written at the end of a run': '실행이 끝날 때 쓰는 Prometheus 텍스트 파일',
  'Serve /metrics, /healthz and /readyz on this port while a command runs':
    '명령이 실행되는 동안 이 포트에서 /metrics, /healthz, /readyz를 제공합니다',
  'Address to serve metrics on; anything but loopback is readable by the network':
    '지표를 제공할 주소. 루프백이 아니면 네트워크에서 읽을 수 있습니다',
  'OpenTelemetry collector (OTLP over HTTP) for spans and metrics':
    '스팬과 지표를 보낼 OpenTelemetry 수집기(OTLP over HTTP)',
  'Folder for cache, jobs, ledger and runs': '캐시, 작업, 원장, 실행 기록의 폴더',
  'Redis or PostgreSQL (`postgres://`) for what several machines share: cache, job queue, limits; default: local files':
    '여러 컴퓨터가 함께 쓰는 캐시, 작업 큐, 제한을 둘 Redis나 PostgreSQL(`postgres://`). 기본값: 로컬 파일',
  'Key that signs the jobs and answers of a shared queue; the run and its workers need the same key':
    '공유 큐의 작업과 응답에 서명하는 키. 실행과 모든 작업자가 같아야 합니다',
  'Where the work runs: in this process, or on `blogger worker` machines through the store in REDIS_URL':
    '일을 처리하는 곳: 이 프로세스, 또는 REDIS_URL의 저장소로 이어진 `blogger worker` 컴퓨터들',
  'Progress as plain lines for screen readers, also on a terminal: no live view, no bar':
    '터미널에서도 화면 낭독기를 위해 평범한 줄로 진행을 알립니다. 실시간 화면과 막대가 없습니다',
  'Log level': '로그 수준',
  'File for the log instead of standard error': '표준 오류 대신 로그를 쓸 파일',
  'Failures that set exit code 3: `any`, `all` or a share such as `10%`':
    '종료 코드 3이 되는 실패의 정도: `any`, `all`, 또는 `10%` 같은 비율',
  'Output folder of the posts': '글을 저장하는 폴더',
  'File format of the posts': '글의 파일 형식',
  'Front matter and file layout of the posts': '글의 front matter와 파일 배치',
  'File names: keep the script of the title, or transliterate to ASCII':
    '파일 이름: 제목의 문자를 그대로 두거나 ASCII로 바꿉니다',
  'Folder of existing posts, for internal links and to detect repeated topics':
    '이미 있는 글의 폴더. 내부 링크를 걸고 겹치는 주제를 찾는 데 씁니다',
  'Public address of the blog, for canonical links and the feed': '블로그의 공개 주소. 대표 링크와 피드에 씁니다',
  'Name of the blog, for its index, feed and structured data': '블로그의 이름. 목차, 피드, 구조화 데이터에 씁니다',
  'Author of the posts, for the feed and structured data': '글의 저자. 피드와 구조화 데이터에 씁니다',
  'Time zone of displayed dates; default: the zone of this machine':
    '날짜를 표시하는 시간대. 기본값: 이 컴퓨터의 시간대',
  'Note below each post that it was generated by AI: until a person approves it, always, or never':
    '글 아래에 AI가 썼다는 표시: 사람이 승인할 때까지, 항상, 또는 하지 않음',
  'Links to related existing posts: a list below each post, or inline':
    '관련된 기존 글의 링크: 글 아래에 목록으로, 또는 본문 안에',
  'With format html: a review page for each post next to its sources, in the folder review/ of the state folder':
    'format html일 때: 글을 출처와 나란히 보는 검토 페이지를 상태 폴더의 review/에 만듭니다',
  'Maximum concurrent pages, all hosts': '동시에 받는 최대 페이지 수(모든 호스트)',
  'Maximum concurrent pages per host': '동시에 받는 최대 페이지 수(호스트마다)',
  'Minimum delay between two requests to one host in milliseconds': '한 호스트에 보내는 요청 사이의 최소 간격(밀리초)',
  'Maximum robots.txt Crawl-delay or Retry-After in milliseconds; longer ones are reduced to this':
    'robots.txt의 Crawl-delay나 Retry-After의 최댓값(밀리초). 더 길면 이 값으로 줄입니다',
  'Pages buffered in memory for the writers': '작성기를 위해 메모리에 담아 두는 페이지 수',
  'Timeout of one page in milliseconds, from connecting to the last byte':
    '페이지 하나의 제한 시간(밀리초). 연결부터 마지막 바이트까지',
  'Attempts per page': '페이지마다 시도하는 횟수',
  'Maximum page size in bytes, decompressed': '페이지의 최대 크기(바이트, 압축을 푼 뒤)',
  'Maximum redirects per page': '페이지마다 따라가는 최대 리디렉션 수',
  'Items taken from a feed on its first read': '피드를 처음 읽을 때 가져오는 항목 수',
  'Maximum items taken from one feed per run; the rest are left for later runs':
    '한 실행에서 피드 하나에서 가져오는 최대 항목 수. 나머지는 다음 실행에서 가져옵니다',
  'Maximum items taken from all feeds per run; the rest are left for later runs':
    '한 실행에서 모든 피드에서 가져오는 최대 항목 수. 나머지는 다음 실행에서 가져옵니다',
  'List to read if none is named': '목록을 지정하지 않을 때 읽는 목록',
  'Allow crawling of private and loopback addresses and of any port':
    '사설 주소와 루프백 주소, 모든 포트의 크롤링을 허용합니다',
  'When to run the scripts of pages: never, only for pages that are empty without them, or always':
    '페이지의 스크립트를 실행할 때: 실행하지 않음, 스크립트가 없으면 비는 페이지만, 항상',
  'Chromium that runs the scripts of pages: a path, a channel such as chrome, or the address of a running browser (CDP)':
    '페이지의 스크립트를 실행할 Chromium: 경로, chrome 같은 채널, 또는 실행 중인 브라우저의 주소(CDP)',
  'Obey robots.txt': 'robots.txt를 지킵니다',
  'Ignore robots.txt': 'robots.txt를 무시합니다',
  'Write no review pages (with format html, one for each post next to its sources)':
    '검토 페이지를 만들지 않습니다(format이 html일 때 글과 출처를 나란히 보여 주는 페이지)',
  'How to treat AI opt-outs of sites (robots, TDM, meta tags)':
    '사이트의 AI 사용 거부(robots, TDM, 메타 태그)를 다루는 방법',
  'Product token in the User-Agent and in robots.txt': 'User-Agent와 robots.txt에 쓰는 제품 이름',
  'Contact address for site owners; part of the User-Agent': '사이트 운영자를 위한 연락처. User-Agent에 들어갑니다',
  'Where posts are published besides the output folder': '출력 폴더 말고 글을 게시할 곳',
  'Status of a new post: draft, published at once, or scheduled; default: draft, or schedule if publishAt, perDay or between is set':
    '새 글의 상태: 초안, 바로 공개, 예약 공개. 기본값: 초안, publishAt, perDay, between이 있으면 예약',
  'Publication time of the first post, in the time zone of the site: 2026-12-01 or 2026-12-01T09:00':
    '첫 글이 공개되는 때(사이트의 시간대): 2026-12-01이나 2026-12-01T09:00',
  'Maximum posts published per day, including those of earlier runs': '하루에 공개할 최대 글 수(앞선 실행의 글 포함)',
  'Hours of the day in which posts are published, in the time zone of the site':
    '글이 공개되는 시간대의 시작과 끝(사이트의 시간대)',
  'Address of the WordPress site; its user and application password come from WORDPRESS_USER and WORDPRESS_APP_PASSWORD':
    'WordPress 사이트의 주소. 사용자와 애플리케이션 암호는 WORDPRESS_USER와 WORDPRESS_APP_PASSWORD에서 읽습니다',
  'Markup of posts in WordPress: blocks for its block editor, or plain HTML for the classic one':
    'WordPress 글의 마크업: 블록 편집기용 블록, 또는 클래식 편집기용 HTML',
  'Address of the Ghost site; its key comes from GHOST_ADMIN_API_KEY':
    'Ghost 사이트의 주소. 키는 GHOST_ADMIN_API_KEY에서 읽습니다',
  'Address that receives each post as a signed Standard Webhooks message; the key comes from WEBHOOK_SECRET':
    '글을 보낼 주소. Standard Webhooks로 서명하며 키는 WEBHOOK_SECRET에서 읽습니다',
  'Address or path of the repository that gets a branch of posts; GIT_TOKEN pushes over https and opens the request':
    '글의 브랜치를 받을 저장소의 주소나 경로. GIT_TOKEN으로 https에 푸시하고 요청을 엽니다',
  'Base branch of the posts; default: the default branch of the repository':
    '글이 들어갈 브랜치. 기본값: 저장소의 기본 브랜치',
  'Folder of the posts in the repository; default: the path of the output folder':
    '저장소에서 글의 폴더. 기본값: 출력 폴더와 같음',
  'Forge where the pull or merge request is opened; auto: derived from the address of the repository':
    '풀 리퀘스트나 머지 리퀘스트를 열 Git 호스팅 서비스(GitHub, GitLab 등). auto: 저장소의 주소로 판단',
  'Address of the forge API; default: derived from the address of the repository':
    'Git 호스팅 서비스 API의 주소. 기본값: 저장소의 주소로 판단',
  'Project at the forge, as owner/name; default: derived from the address of the repository':
    'Git 호스팅 서비스의 프로젝트(소유자/이름). 기본값: 저장소의 주소로 판단',
  "Language of the posts (BCP 47); `auto`: the source's": '글의 언어(BCP 47). `auto`: 출처의 언어',
  'Languages of entries without their own: one post per language, from one read of the source':
    '언어를 적지 않은 항목의 언어들. 출처를 한 번 읽고 언어마다 글 한 편을 씁니다',
  'Target length of a post in characters': '목표로 하는 글의 길이(글자 수)',
  'Tone of the posts': '글의 어조',
  'Target readers of the posts': '글의 독자',
  'Keywords for entries without their own': '키워드를 적지 않은 항목의 키워드',
  'Blog categories for entries without their own': '카테고리를 적지 않은 항목의 블로그 카테고리',
  'article, news, how-to, listicle, review, or the path of a template file':
    'article, news, how-to, listicle, review, 또는 템플릿 파일의 경로',
  'Version of the model instructions; changing it makes existing posts due again':
    '모델에 주는 지시문의 버전. 바꾸면 기존 글을 다시 쓰게 됩니다',
  'Speech level of Korean posts (합니다체, 해요체, 한다체); default: the model decides':
    '한국어 글의 말투(합니다체, 해요체, 한다체). 기본값: 모델에 맡깁니다',
  'Style guide: a text file with rules for every post': '문체 지침: 모든 글에 적용할 규칙을 적은 텍스트 파일',
  'Skip sources shorter than this many characters (THIN_SOURCE)': '이 글자 수보다 짧은 출처는 건너뜁니다(THIN_SOURCE)',
  'Near-duplicates: merge into one post, keep only the first, or keep all':
    '거의 같은 글: 한 편으로 합치기, 첫 글만 두기, 모두 두기',
  'Order under a cap that is too low for the whole list: `cost` writes the cheapest posts of each priority first, `list` keeps the list order':
    '한도가 목록 전체에 모자랄 때: `cost`는 우선순위마다 싼 글부터 쓰고 `list`는 순서를 지킵니다',
  'Picture of each post: none; a card with its title and a figure or chart of its source, drawn offline (needs npm install satori @resvg/resvg-js @fontsource/noto-sans-kr); or source: a picture of the source page under a stated open licence, otherwise the card':
    '글마다 넣을 그림: 없음(none), 제목과 출처의 숫자나 도표로 오프라인에서 그린 카드(card, `npm install satori @resvg/resvg-js @fontsource/noto-sans-kr` 필요), 또는 출처 페이지가 공개 라이선스를 밝힌 그림(source, 없으면 카드)',
} as const;
