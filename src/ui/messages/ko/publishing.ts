/** Saved posts and the places that posts are published to. */

export const publishing = {
  'No WordPress answers at this address, but {page} (status {n})':
    '이 주소에서 응답하는 것은 WordPress가 아니라 {page}입니다(상태 {n})',
  'an empty page': '빈 페이지',
  'the page "{words}"': '"{words}" 페이지',
  'Set --wordpress-url to the address of the site’s front page.':
    '--wordpress-url을 사이트 첫 화면의 주소로 설정하십시오.',
  'If it is right, this is a page and not an answer of the API: a firewall, a login page or a plugin stands before it. Let requests of blogger through to the API.':
    '주소가 맞다면 API의 응답이 아니라 페이지가 온 것입니다: 방화벽이나 로그인 페이지, 플러그인이 앞을 막고 있으니 blogger의 요청이 API에 닿게 하십시오.',
  'Set --wordpress-url to the address of the site’s front page. If it is right, this is a page and not an answer of the API: a firewall, a login page or a plugin stands before it. Let requests of blogger through to the API.':
    '--wordpress-url을 사이트 첫 화면의 주소로 설정하십시오. 주소가 맞다면 API의 응답이 아니라 페이지가 온 것입니다: 방화벽이나 로그인 페이지, 플러그인이 앞을 막고 있으니 blogger의 요청이 API에 닿게 하십시오.',
  'It was {what} at {target} and is not changed there. --force replaces it.':
    '{target}에서 {what}이므로 그대로 둡니다. --force를 주면 바꿉니다.',
  'It was {what} there and is not changed. --force replaces it.':
    '그곳에서 {what}이므로 그대로 둡니다. --force를 주면 바꿉니다.',
  changed: '바뀐 글',
  deleted: '지운 글',
  '{n} posts would arrive at {target} {when}, in the first run there. --yes confirms this; --per-day spreads them.':
    '{target}에 처음 게시하면서 {when} 글 {n}편이 올라갑니다. --yes로 동의하거나 --per-day로 나누십시오.',
  '{what} would arrive at {target} {when}, in the first run there. --yes confirms this; --per-day spreads them.':
    '{target}에 처음 게시하면서 {when} {what}이(가) 올라갑니다. --yes로 동의하거나 --per-day로 나누십시오.',
  'at once': '한꺼번에',
  'on {day}': '{day}에',
  '{n} posts will arrive {when} at {target}, the first ones of this project there. Continue? [y/N]':
    '이 프로젝트의 글이 아직 없는 {target}에 {when} 글 {n}편이 올라갑니다. 계속할까요? [y/N]',
  'It is a draft, and drafts are published nowhere. `blogger review approve` finishes it.':
    '초안은 게시하지 않습니다. `blogger review approve`로 승인하십시오.',
  'Its name says that it is a draft, and drafts are published nowhere. Move it out of the folder _drafts, or take the mark off its name.':
    '이름으로 보아 초안이므로 게시하지 않습니다. _drafts 폴더 밖으로 옮기거나 이름에서 표시를 빼십시오.',
  'It expired on {day}, as its front matter says. Change that date to publish it.':
    'front matter에 따르면 {day}에 기한이 지났습니다. 게시하려면 그 날짜를 고치십시오.',
  'It has marks of a merge that is not finished (line {n}). Choose one of the two versions.':
    '끝나지 않은 병합의 표시가 있습니다({n}번째 줄). 두 내용 가운데 하나를 고르십시오.',
  'It has no text.': '본문이 없습니다.',
  'Nothing of it is left without {what}.': '{what}을(를) 빼면 남는 것이 없습니다.',
  'films and sounds stay here': '영상과 소리는 옮기지 않음',
  'not there': '파일이 없음',
  'a picture without a file': '파일이 없는 그림',
  'a pointer of Git LFS: run `git lfs pull`': 'Git LFS 포인터: `git lfs pull`을 실행하십시오',
  'no PNG, JPEG, GIF, WebP or AVIF': 'PNG, JPEG, GIF, WebP, AVIF가 아님',
  'left out: {what}': '빠진 것: {what}',
  'A rule of the repository refuses the push: see what it says, and change the rule or the post.':
    '저장소의 규칙이 푸시를 거절합니다. 규칙의 말을 보고 규칙이나 글을 고치십시오.',
  'Something in the post is larger than the server takes: make its pictures smaller.':
    '글에 서버가 받는 것보다 큰 것이 있습니다. 그림을 줄이십시오.',
  'When it appears is not understood: its date is "{date}". Write it as 2031-01-31T09:00.':
    '언제 나올지 알 수 없습니다: 날짜가 "{date}"입니다. 2031-01-31T09:00처럼 쓰십시오.',
  'It names the same sources as {file}, whose post it would replace. Publish that one; if this is a post of its own, take "provenance" out of its front matter.':
    '{file}과(와) 출처가 같아 그 글을 덮어쓰게 됩니다. 그 파일을 게시하십시오. 따로 쓴 글이라면 front matter에서 "provenance"를 빼십시오.',
  'it is not Markdown': 'Markdown이 아닙니다',
  'Cannot read {file} ({reason})': '{file}을(를) 읽을 수 없습니다({reason})',
  'Name Markdown files: blogger publish posts/*.md': 'Markdown 파일을 지정하십시오: blogger publish posts/*.md',
  '{from} cannot be renamed to {to}: that file exists':
    '{from}의 이름을 {to}(으)로 바꿀 수 없습니다: 같은 파일이 있습니다',
  'The decision is saved; move one of the two files, then rename this one.':
    '결정은 기록했습니다. 두 파일 가운데 하나를 옮긴 뒤 이 파일의 이름을 바꾸십시오.',
  'Cannot read the folder of posts {folder} ({reason})': '글 폴더 {folder}을(를) 읽을 수 없습니다({reason})',
  'Name it with --out.': '--out으로 지정하십시오.',
  'Cannot read the post {file} ({reason})': '글 {file}을(를) 읽을 수 없습니다({reason})',
  '`blogger review` lists the posts.': '글은 `blogger review`에 나옵니다.',
  'The post is not finished ({code}): {reason}': '글을 끝내지 못했습니다({code}): {reason}',
  'Edit it, or write it again with --force.': '직접 고치거나 --force로 다시 쓰십시오.',
  '{file} was approved: that text is kept in {kept}, and the new one waits for a decision of its own':
    '{file}은(는) 승인된 글이었습니다. 그 글은 {kept}에 남겨 두었고 새 글은 따로 승인해야 합니다',
  '{file} was edited after blogger wrote it: that version is kept in {kept}, and the new text takes its place':
    '{file}은(는) blogger가 쓴 뒤 수정된 글입니다. 수정한 글은 {kept}에 두고 새 글로 바꿉니다',
  'Take over what you need from it, then delete it.': '필요한 것을 옮긴 뒤 지우십시오.',
  '{file} is there and blogger does not know it as its own: it is left alone, and the post is saved beside it with a number in its name':
    '{file}이(가) 이미 있고 blogger가 쓴 것이 아닙니다. 그대로 두고, 글은 이름에 번호를 붙여 옆에 저장합니다',
  'Keep one of the two if both say the same; the next runs know the new one.':
    '둘이 같은 내용이면 하나만 두십시오. 다음 실행부터는 새 글을 압니다.',
  '{file} was edited after blogger wrote it; it is left alone':
    '{file}은(는) blogger가 쓴 뒤 수정된 글이므로 그대로 둡니다',
  'Move your version elsewhere, or take the new text with --force: your version is then kept beside it.':
    '수정한 글을 다른 곳으로 옮기거나 --force로 새 글을 받으십시오. 그때 수정한 글은 옆에 남습니다.',
  'Give the folder write permission, or name another one with --out.':
    '폴더에 쓰기 권한을 주거나 --out으로 다른 폴더를 지정하십시오.',
  "{file} is not blogger's: it is left alone and does not list the posts":
    '{file}은(는) blogger의 파일이 아니므로 그대로 두며, 글의 목록이 들어가지 않습니다',
  'Name a folder for the posts alone with --out, or move the file elsewhere; --force replaces it.':
    '--out으로 글만 두는 폴더를 지정하거나 파일을 옮기십시오. --force는 파일을 바꿉니다.',
  'list posts': '글 목록',
  'look for a post': '글 찾기',
  'show a post': '글 보기',
  'save a post': '글 저장',
  'change a post': '글 수정',
  'take back a post': '글 되돌리기',
  'take a picture': '그림 받기',
  'look for a picture': '그림 찾기',
  'take back a picture': '그림 되돌리기',
  'look for drafts': '초안 찾기',
  'show the user': '사용자 보기',
  'take the post': '글 받기',
  'make the term "{term}"': '분류 "{term}" 만들기',
  'look for the term "{term}"': '분류 "{term}" 찾기',
  'list the requests': '요청 목록',
  'open a request': '요청 열기',
  'show {what}': '{what} 보기',
  'The post was changed in Ghost meanwhile': '그동안 Ghost에서 글이 바뀌었습니다',
  'The post was changed in WordPress meanwhile': '그동안 WordPress에서 글이 바뀌었습니다',
  'Take over what you need from it; --force takes its place.':
    '필요한 것을 옮기십시오. --force를 주면 새 글로 바꿉니다.',
  'GHOST_ADMIN_API_KEY is no Admin API key': 'GHOST_ADMIN_API_KEY가 Admin API 키가 아닙니다',
  'Copy it from the settings of an integration of Ghost; it has a colon in it.':
    'Ghost의 통합(integration) 설정에서 복사하십시오. 가운데에 콜론(:)이 있습니다.',
  'The forge ({url})': 'Git 호스팅 서비스({url})',
  'git is not installed': 'git이 설치되어 있지 않습니다',
  'Install git, or publish elsewhere.': 'git을 설치하거나 다른 곳에 게시하십시오.',
  'git failed on {command}: {reason}': 'git {command} 실패: {reason}',
  'Give git a key or a token that may push branches: GIT_TOKEN for https, an agent or a deploy key for ssh.':
    'git에 브랜치를 푸시할 수 있는 키나 토큰을 주십시오: https에는 GIT_TOKEN, ssh에는 에이전트나 배포 키.',
  'Check the address with `git ls-remote`, then run the same command again.':
    '`git ls-remote`로 주소를 확인한 뒤 같은 명령을 다시 실행하십시오.',
  'No name for a branch was free: others push at the same time':
    '비어 있는 브랜치 이름이 없습니다: 동시에 푸시하는 사람이 있습니다',
  'The forge has a request for {branch} but does not list it yet':
    'Git 호스팅 서비스에 {branch}의 풀 리퀘스트가 있는데 아직 목록에 나오지 않습니다',
  'Two posts would be the file {file}': '글 두 편이 같은 파일 {file}이(가) 됩니다',
  'Rename one of them, or publish them from the output folder.': '하나의 이름을 바꾸거나 출력 폴더에서 게시하십시오.',
  'Publish “{title}”': '“{title}” 게시',
  'Publish {n} posts': '글 {n}편 게시',
  'The address of the repository does not say where its {what} is':
    '저장소의 주소로는 {what}이(가) 어디인지 알 수 없습니다',
  'Set gitApi and gitProject, or gitForge to none.':
    'gitApi와 gitProject를 설정하거나 gitForge를 none으로 설정하십시오.',
  'To open a request at {forge}, GIT_TOKEN or {name} has to be set':
    '{forge}에 요청을 열려면 GIT_TOKEN이나 {name}을(를) 설정해야 합니다',
  'Make a token that may push branches and open requests; with --git-forge none the branch is only pushed.':
    '브랜치를 푸시하고 요청을 열 수 있는 토큰을 만드십시오. --git-forge none이면 브랜치만 푸시합니다.',
  '{repository} has no branch {branch}': '{repository}에 브랜치 {branch}이(가) 없습니다',
  'to begin from': '(시작할 브랜치)',
  'Make a first commit there, or name the branch with --git-branch.':
    '그곳에 첫 커밋을 만들거나 --git-branch로 브랜치를 지정하십시오.',
  'No answer from {target}: {reason}': '{target}의 응답이 없습니다: {reason}',
  'Run the same command again: what the call did is looked up first.':
    '같은 명령을 다시 실행하십시오. 호출이 무엇을 했는지 먼저 확인합니다.',
  '{target} answered with status {n}': '{target}이(가) 상태 {n}(으)로 응답했습니다',
  '{target} answered with status {n}: {words}': '{target}이(가) 상태 {n}(으)로 응답했습니다: {words}',
  '{target} refused to {what} (status {n}{more})': '{target}이(가) 거부했습니다: {what}(상태 {n}{more})',
  'Check the credentials and the rights of their user; `blogger doctor` tries them.':
    '인증 정보와 그 사용자의 권한을 확인하십시오. `blogger doctor`로 시험할 수 있습니다.',
  'See what the answer says; `blogger doctor` tries the target.':
    '응답의 내용을 보십시오. `blogger doctor`로 게시 대상을 시험할 수 있습니다.',
  'blogger did not write this page': 'blogger가 쓴 페이지가 아닙니다',
  'its front matter is not understood: {reason}': 'front matter를 해석할 수 없습니다: {reason}',
  '{file} cannot be published: {reason}': '{file}을(를) 게시할 수 없습니다: {reason}',
  'Mend its front matter, or name a Markdown file.': 'front matter를 고치거나 Markdown 파일을 지정하십시오.',
  'the setting wordpressUrl (--wordpress-url)': 'wordpressUrl(--wordpress-url) 설정',
  'the variable WORDPRESS_USER': 'WORDPRESS_USER 변수',
  'the variable WORDPRESS_APP_PASSWORD': 'WORDPRESS_APP_PASSWORD 변수',
  'the setting ghostUrl (--ghost-url)': 'ghostUrl(--ghost-url) 설정',
  'the variable GHOST_ADMIN_API_KEY': 'GHOST_ADMIN_API_KEY 변수',
  'the setting webhookUrl (--webhook-url)': 'webhookUrl(--webhook-url) 설정',
  'the variable WEBHOOK_SECRET': 'WEBHOOK_SECRET 변수',
  'the setting gitUrl (--git-url)': 'gitUrl(--git-url) 설정',
  'the setting': '설정',
  'To publish to {target}, {what} has to be set': '{target}에 게시하려면 {what}이(가) 있어야 합니다',
  'Addresses are settings; credentials come from the environment or .env alone.':
    '주소는 설정에 적고, 인증 정보는 환경 변수나 .env에만 둡니다.',
  'Run the same command again later: the message keeps its id.':
    '나중에 같은 명령을 다시 실행하십시오. 메시지의 ID는 그대로입니다.',
  'The webhook': '웹훅',
  'WEBHOOK_SECRET is no secret of Standard Webhooks': 'WEBHOOK_SECRET이 Standard Webhooks의 비밀 값이 아닙니다',
  'It is whsec_ and 24 to 64 bytes in base64: echo "whsec_$(openssl rand -base64 32)"':
    'whsec_ 뒤에 24~64바이트를 base64로 적습니다: echo "whsec_$(openssl rand -base64 32)"',
  'The user {user} may not {what}.': '사용자 {user}에게 권한이 없습니다: {what}.',
  "The site's folder {folder} does not exist, so existing posts are not known":
    '사이트 폴더 {folder}이(가) 없어 기존 글을 알 수 없습니다',
  'Set site (--site) to the folder of the existing posts.':
    'site(--site)를 블로그에 이미 있는 글의 폴더로 설정하십시오.',
  'No target is named': '게시 대상을 지정하지 않았습니다',
  'Name one with --publish: wordpress, ghost, webhook or git.':
    '--publish로 지정하십시오: wordpress, ghost, webhook, git.',
  'at {time}': '{time}',
  'Set the address of the target to where its own address leads.':
    '게시 대상의 주소를 그 주소가 이어지는 곳으로 바꾸십시오.',
  'This is a page and not an answer of the API: a firewall, a login page or a plugin stands before it. Let requests of blogger through to the API.':
    'API의 응답이 아니라 페이지입니다: 방화벽, 로그인 페이지, 플러그인이 앞을 막고 있습니다. blogger의 요청이 API까지 가게 하십시오.',
  'To draw cards, {names} must be installed': '카드를 그리려면 {names}을(를) 설치해야 합니다',
  '{how}; or set images to none.': '{how}, 또는 images를 none으로 설정하십시오.',
  'No card can be drawn: no installed font has the signs "{signs}"':
    '카드를 그릴 수 없습니다: "{signs}" 글자가 있는 글꼴이 설치되어 있지 않습니다',
  'Install a font for them ({font}), give the post a picture of your own, or set images to none.':
    '그 글자의 글꼴({font})을 설치하거나, 글에 직접 그림을 넣거나, images를 none으로 설정하십시오.',
  '{path} is there and is not the file that blogger wrote; it is left alone':
    '{path}에 blogger가 쓰지 않은 파일이 있습니다. 그대로 둡니다',
  'Give it the role of a contributor or more (Users → Role).':
    '그 사용자에게 기여자(Contributor) 이상의 역할을 주십시오(사용자 → 역할).',
  'Move it elsewhere, then run the same command again.': '그 파일을 다른 곳으로 옮긴 뒤 같은 명령을 다시 실행하십시오.',
  'Give the folder write permission, or set images to none.':
    '폴더에 쓰기 권한을 주거나 images를 none으로 설정하십시오.',
  'seal a post': '글에 검증 해시 기록',
  'WORDPRESS_USER is the name that the user logs in with, and not the name of the application password. If both are right, the server drops the Authorization header: let it through (Apache: `SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1`).':
    'WORDPRESS_USER는 애플리케이션 암호의 이름이 아니라 로그인할 때 쓰는 이름입니다. 둘 다 맞으면 서버가 Authorization 헤더를 버리는 것이니 통과하게 하십시오(Apache: `SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1`).',
  'WordPress takes application passwords over https alone, or with WP_ENVIRONMENT_TYPE set to local; a security plugin may have switched them off.':
    'WordPress는 https에서만, 또는 WP_ENVIRONMENT_TYPE이 local일 때만 애플리케이션 암호를 받습니다. 보안 플러그인이 꺼 두었을 수도 있습니다.',
  'Make a new application password (Users → Profile) and set WORDPRESS_APP_PASSWORD to it.':
    '애플리케이션 암호를 새로 만들어(사용자 → 프로필) WORDPRESS_APP_PASSWORD에 설정하십시오.',
  'Its REST API is older than WordPress 4.7, or a plugin has switched it off.':
    'REST API가 WordPress 4.7보다 오래되었거나 플러그인이 꺼 두었습니다.',
  'The server cannot write to its folder of uploads, or does not take this type of file.':
    '서버가 업로드 폴더에 쓸 수 없거나 이 종류의 파일을 받지 않습니다.',
} as const;
