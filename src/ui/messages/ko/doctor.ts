/** What `blogger doctor` finds, and what `blogger init` asks. */

export const doctor = {
  'Settings: {message}': '설정: {message}',
  'none yet; the first run creates it in {path}': '아직 없습니다. 첫 실행이 {path}에 만듭니다',
  'Move the file that is in the way, or name another folder with --out.':
    '그 자리에 있는 파일을 옮기거나 --out으로 다른 폴더를 지정하십시오.',
  'Terminal: {message}': '터미널: {message}',
  'Proxy: {message}': '프록시: {message}',
  'Browser: {message}': '브라우저: {message}',
  'Provider: {message}': '공급자: {message}',
  'Key: {message}': '키: {message}',
  'Lock: {message}': '잠금: {message}',
  'Clock: {message}': '시계: {message}',
  'Disk: {message}': '디스크: {message}',
  'Output folder': '출력 폴더',
  'State folder': '상태 폴더',
  'State file': '상태 파일',
  'Redis version': 'Redis 버전',
  'Clock of Redis': 'Redis의 시계',
  'Redis persistence': 'Redis 지속성',
  'Redis cluster': 'Redis 클러스터',
  'Redis memory': 'Redis 메모리',
  'PostgreSQL tables': 'PostgreSQL 테이블',
  'Target {name}': '게시 대상 {name}',
  '{name} {value} no http or https proxy, so requests fail':
    '{name} {value} http나 https 프록시가 아니어서 요청이 실패합니다',
  'Set an address such as http://proxy.example:3128, or unset the variable.':
    'http://proxy.example:3128 같은 주소를 설정하거나 변수를 지우십시오.',
  'https through {url}': 'https는 {url}을(를) 거침',
  'http through {url}': 'http는 {url}을(를) 거침',
  'this machine': '이 컴퓨터',
  'pages and models: {route} ({from}); directly: {hosts}': '페이지와 모델: {route}({from}). 직접 연결: {hosts}',
  'not used (render: never)': '쓰지 않음(render: never)',
  '{browser} renders pages that need scripts': '{browser}이(가) 스크립트로 그려지는 페이지를 엽니다',
  'pages that need scripts fail with NEEDS_BROWSER: {reason}':
    '스크립트가 필요한 페이지는 NEEDS_BROWSER로 실패합니다: {reason}',
  'none set; the local file is used': '설정되지 않음. 로컬 파일을 씁니다',
  '{store} {version} answers': '{store} {version}이(가) 응답합니다',
  'expected {n}.2 or newer, found {version}': '{n}.2 이상이 필요한데 {version}입니다',
  'expected 20.18.1 or newer, found {version}': '20.18.1 이상이 필요한데 {version}입니다',
  'expected {version} or newer, found {found}': '{version} 이상이 필요한데 {found}입니다',
  'Install a newer Redis.': '더 새로운 Redis를 설치하십시오.',
  'this machine and Redis differ by {n} s': '이 컴퓨터와 Redis의 시계가 {n}초 다릅니다',
  'Let NTP set both clocks.': '두 시계를 NTP로 맞추십시오.',
  'does not answer ({reason}); the file serves meanwhile': '응답하지 않습니다({reason}). 그동안 파일을 씁니다',
  'Check REDIS_URL, the password and the firewall.': 'REDIS_URL, 암호, 방화벽을 확인하십시오.',
  'it keeps no log of what is written (appendonly no): a restart loses the waiting jobs of `--queue redis`':
    '쓴 것을 로그로 남기지 않습니다(appendonly no). 다시 시작하면 `--queue redis`의 대기 작업을 잃습니다',
  'Set `appendonly yes`; without it, start the same run again after a restart: it asks again for what is missing.':
    '`appendonly yes`로 설정하십시오. 아니면 다시 시작한 뒤 같은 실행을 다시 하십시오. 없는 것만 다시 요청합니다.',
  'it keeps the cache; limits of hosts and vendors are kept by each machine alone, and `--queue redis` refuses it':
    '캐시로 씁니다. 호스트와 공급자의 제한은 컴퓨터마다 따로 지키며 `--queue redis`에는 쓸 수 없습니다',
  'Use one server, or Sentinel, to share more than the cache.':
    '캐시 말고도 함께 쓰려면 서버 한 대나 Sentinel을 지정하십시오.',
  'does not serve ({reason}); the file serves meanwhile': '쓸 수 없습니다({reason}). 그동안 파일을 씁니다',
  '{problem}; limits apply per machine': '{problem}. 제한은 컴퓨터마다 따로 지킵니다',
  'Run `blogger db migrate`.': '`blogger db migrate`를 실행하십시오.',
  'policy not told': '정책을 알 수 없음',
  'maxmemory-policy is {policy}: waiting jobs of `--queue redis` could be evicted':
    'maxmemory-policy가 {policy}입니다. `--queue redis`의 대기 작업이 지워질 수 있습니다',
  'Set `maxmemory-policy noeviction`, or use a Redis of its own for the queue.':
    '`maxmemory-policy noeviction`으로 설정하거나 큐에 전용 Redis를 쓰십시오.',
  'accepted, and {model} is available': '키가 맞고 {model}이(가) 있습니다',
  'accepted, but {model} {what} on {url}': '키가 맞지만 {url}: {model} {what}',
  'is not': '없음',
  'Set another model with --model or in the settings file.': '--model이나 설정 파일에서 다른 모델을 지정하십시오.',
  'Check the address of the target.': '게시 대상의 주소를 확인하십시오.',
  "its clock is {n} seconds {where} this machine's": '시계가 이 컴퓨터와 {n}초 다릅니다({where})',
  'ahead of': '빠름',
  behind: '느림',
  'Let both machines set their clocks by NTP: tokens are refused and posts appear at the wrong time.':
    '두 컴퓨터의 시계를 NTP로 맞추십시오. 토큰이 거부되거나 글이 엉뚱한 때에 공개됩니다.',
  'Give the user or the key these rights, or name another one.':
    '사용자나 키에 그 권한을 주거나 다른 것을 지정하십시오.',
  'it answers': '응답합니다',
  '{what} answers': '{what}이(가) 응답합니다',
  '{what}, and its user may publish': '{what}. 사용자에게 게시 권한이 있습니다',
  'Install a newer Node.': '더 새로운 Node를 설치하십시오.',
  '{what}; 한글, ✓ and █ should be legible here; otherwise install a font with them, such as Noto Sans CJK':
    '{what}. 여기에 한글, ✓, █이 보여야 합니다. 보이지 않으면 Noto Sans CJK 같은 글꼴을 설치하십시오',
  'the locale is {locale}, so letters beyond ASCII may not be shown':
    '현재 로캘({locale})에서는 ASCII가 아닌 글자가 보이지 않을 수 있습니다',
  'not set': '설정되지 않음',
  'Set LANG to one that ends with UTF-8, such as C.UTF-8.':
    'LANG을 ko_KR.UTF-8처럼 UTF-8로 끝나는 값으로 설정하십시오.',
  '{folder} can be written': '{folder}에 쓸 수 있습니다',
  '{folder} cannot be written ({reason})': '{folder}에 쓸 수 없습니다({reason})',
  'Give it write permission or name another one with --out.': '쓰기 권한을 주거나 --out으로 다른 폴더를 지정하십시오.',
  '{names} would be committed: .gitignore does not exclude {it}':
    '{names}이(가) 커밋됩니다. .gitignore에서 제외하지 않았습니다',
  'Add to .gitignore: {names}': '.gitignore에 추가하십시오: {names}',
  '{n} MB free': '{n} MB 남음',
  'Free some space: the cache alone may take cache.maxBytes.':
    '공간을 비우십시오. 캐시만으로도 cache.maxBytes까지 씁니다.',
  '{file} is sound': '{file}: 이상 없음',
  'Move the state folder away; posts are not in it.': '상태 폴더를 옮기십시오. 글은 그 안에 없습니다.',
  'Move the state folder away, then run again. This deletes cached pages, answers and the ledger, but no posts.':
    '상태 폴더를 옮긴 뒤 다시 실행하십시오. 캐시, 응답, 비용 기록은 없어지지만 글은 그대로입니다.',
  'no run holds this project': '이 프로젝트를 쓰는 실행이 없습니다',
  'Wait until it ends; if it was killed, the next run takes over.':
    '끝날 때까지 기다리십시오. 강제로 종료된 실행은 다음 실행이 이어받습니다.',
  'it is {now} here, but the last run began at {at}': '지금 시각은 {now}인데 마지막 실행이 {at}에 시작했습니다',
  'Set the clock, for example with NTP: cached pages and leases have times in the future.':
    'NTP 등으로 시계를 맞추십시오. 캐시와 임대 시각이 미래로 되어 있습니다.',

  'found {file}: a {site} site': '{file}을(를) 찾았습니다: {site} 사이트',
  'wrote {file}': '만듦 {file}',
  'kept  {file}': '그대로 둠 {file}',
  'added {a} and {b} to .gitignore': '.gitignore에 {a}, {b} 추가',
  'added {names} to .gitignore': '.gitignore에 {names} 추가',
  'Add these lines to it yourself: {lines}': '직접 다음 줄을 추가하십시오: {lines}',
  'Next: put your URLs into urls.txt, then run `blogger generate`. Without a key the built-in writer makes digests; with OPENAI_API_KEY (or the key of another provider) in .env a model writes.':
    '다음: urls.txt에 URL을 적고 `blogger generate`를 실행하십시오. 키가 없으면 내장 작성기가 요약을 만들고, .env에 OPENAI_API_KEY(또는 다른 공급자의 키)가 있으면 모델이 씁니다.',
  'A GitHub Actions workflow that runs every morning? [y/N] ':
    '아침마다 실행하는 GitHub Actions 워크플로를 만들까요? [y/N] ',
  'Make room for it here, or run `blogger init` in another folder.':
    '여기에 자리를 만들거나 다른 폴더에서 `blogger init`을 실행하십시오.',
  'Cannot write {file}: npm pack failed': '{file}을(를) 쓸 수 없습니다: npm pack이 실패했습니다',
  'The workflow installs this file. Check that npm is on your PATH and that the folder can be written.':
    '워크플로가 이 파일을 설치합니다. npm이 PATH에 있고 폴더에 쓸 수 있는지 확인하십시오.',
  'Site generator ({names})': '사이트 생성기({names})',
  "Language of the posts, such as en or ko; auto takes the source's": '글의 언어(en, ko 등). auto는 출처의 언어',
  'a language tag or auto': '언어 태그 또는 auto',
  'Model provider: auto (the one whose key is set, otherwise the built-in writer), or a name':
    '모델 공급자: auto(키가 설정된 공급자, 없으면 내장 작성기) 또는 이름',
  'auto or one of {names}': 'auto 또는 {names} 가운데 하나',
  'Spending cap of a list in US dollars': '목록 하나의 비용 한도(미국 달러)',
  'a number, 0 or more': '0 이상의 숫자',
  'Contact address for site owners (a page, or mailto:)': '사이트 운영자가 연락할 곳(페이지 주소 또는 mailto:)',
  'an address that begins with https:// or mailto:': 'https://나 mailto:로 시작하는 주소',
} as const;
