/** What the error codes mean, and the frame of an error on the terminal. */

export const codes = {
  'The command line is invalid.': '명령줄이 올바르지 않습니다.',
  'A setting is unknown or has a wrong value.': '알 수 없는 설정이거나 값이 올바르지 않습니다.',
  'The list of URLs could not be read.': 'URL 목록을 읽을 수 없습니다.',
  'The list is empty.': '목록이 비어 있습니다.',
  'Some lines of the list cannot be parsed.': '목록에서 해석할 수 없는 줄이 있습니다.',
  'The output or state folder cannot be written.': '출력 폴더나 상태 폴더에 쓸 수 없습니다.',
  'The disk is full or a quota is reached.': '디스크가 가득 찼거나 할당량에 이르렀습니다.',
  'Another run is using this project.': '다른 실행이 이 프로젝트를 사용하고 있습니다.',
  'The state file is damaged or cannot be opened.': '상태 파일이 손상되었거나 열 수 없습니다.',
  'The vendor no longer has a batch, or its answers.': '공급자에게 배치나 그 응답이 더 이상 없습니다.',
  'A vendor batch is not finished yet.': '공급자의 배치가 아직 끝나지 않았습니다.',
  'A required store does not respond.': '필요한 저장소가 응답하지 않습니다.',
  'The address may not be crawled with these settings.': '지금 설정으로는 크롤링할 수 없는 주소입니다.',
  'robots.txt forbids the page.': 'robots.txt가 이 페이지를 금지합니다.',
  'robots.txt could not be read, so the host is not crawled (RFC 9309).':
    'robots.txt를 읽을 수 없어 이 호스트를 크롤링하지 않습니다(RFC 9309).',
  'The site reserves its text from AI use.': '사이트가 글의 AI 사용을 허락하지 않습니다.',
  'The AI policy of the site could not be read, so its pages are not used.':
    '사이트의 AI 정책을 읽을 수 없어 그 페이지를 사용하지 않습니다.',
  'The page could not be fetched.': '페이지를 가져오지 못했습니다.',
  'The page took too long.': '페이지를 받는 데 너무 오래 걸렸습니다.',
  'The server answered with an error status.': '서버가 오류 상태로 응답했습니다.',
  'The host failed too often, or asked to be left alone longer than a run waits; its remaining entries were skipped.':
    '호스트가 너무 자주 실패했거나 실행이 기다릴 수 있는 것보다 오래 요청을 멈춰 달라고 하여 남은 항목을 건너뛰었습니다.',
  'The page is larger than allowed.': '페이지가 허용된 크기보다 큽니다.',
  'The page redirects too often or in a circle.': '페이지의 리디렉션이 너무 많거나 되돌아옵니다.',
  'The page needs JavaScript, and no browser was found to render it.':
    '페이지에 JavaScript가 필요한데 그릴 브라우저가 없습니다.',
  'The browser could not render the page.': '브라우저가 페이지를 그리지 못했습니다.',
  'The document is of a type that cannot be read.': '읽을 수 없는 종류의 문서입니다.',
  'No article could be extracted from the page.': '페이지에서 본문을 추출하지 못했습니다.',
  'The page is not an article but an error page, consent wall, listing or paywall teaser.':
    '기사가 아니라 오류 페이지, 동의 화면, 목록, 유료 기사의 맛보기입니다.',
  'The page has too little text to write from.': '글을 쓰기에는 페이지의 글이 너무 적습니다.',
  'The same or nearly the same text is already in this run.': '같거나 거의 같은 글이 이 실행에 이미 있습니다.',
  'A person approved, edited, rejected or deleted the post, so it is not rewritten when its sources change.':
    '사람이 승인, 수정, 반려하거나 지운 글이므로 출처가 바뀌어도 다시 쓰지 않습니다.',
  'The model provider refused the credentials.': '모델 공급자가 인증을 거부했습니다.',
  'No key is set for the named provider.': '지정한 공급자의 키가 설정되어 있지 않습니다.',
  'The provider refused the request.': '공급자가 요청을 거부했습니다.',
  'The provider does not know this model or gives no access to it.':
    '공급자에 없는 모델이거나 사용 권한이 없는 모델입니다.',
  'No model answers at this address.': '이 주소에서 응답하는 모델이 없습니다.',
  'The provider asks for a longer wait than a run allows; run again later.':
    '공급자가 한 실행에서 기다릴 수 있는 것보다 오래 기다리라고 합니다. 나중에 다시 실행하십시오.',
  'The rate limit of the provider is reached.': '공급자의 요청 속도 제한에 이르렀습니다.',
  'The quota or credit at the provider is used up.': '공급자의 할당량이나 잔액을 모두 썼습니다.',
  'The provider is overloaded or failing.': '공급자에 과부하나 장애가 있습니다.',
  'A call ended without an answer and may have been paid for, so it is not repeated in the same run.':
    '호출이 응답 없이 끝났고 이미 청구되었을 수 있어, 같은 실행에서는 반복하지 않습니다.',
  'The answer was cut off at the output limit.': '응답이 출력 한도에서 잘렸습니다.',
  'The model declined to answer.': '모델이 응답을 거절했습니다.',
  'The answer has the wrong shape.': '응답의 형식이 올바르지 않습니다.',
  'The post did not pass the checks.': '글이 검사를 통과하지 못했습니다.',
  'The post states figures, dates or quotes that are not in its sources.':
    '출처에 없는 숫자, 날짜, 인용이 글에 있습니다.',
  'A money cap is set but the price of the model is unknown.': '금액 한도를 정했는데 모델의 가격을 알 수 없습니다.',
  'The money cap of the run is reached.': '실행의 금액 한도에 이르렀습니다.',
  'The job was cancelled.': '작업이 취소되었습니다.',
  'A job of the shared queue, or its answer, is not signed with the key of the project.':
    '공유 큐의 작업이나 그 응답이 프로젝트의 키로 서명되지 않았습니다.',
  'The job queue is full.': '작업 큐가 가득 찼습니다.',
  'A target refused the credentials, or none are set.': '게시 대상이 인증을 거부했거나 인증 정보가 없습니다.',
  'A target refused the request.': '게시 대상이 요청을 거부했습니다.',
  'A target does not respond, or asks for a later retry.': '게시 대상이 응답하지 않거나 나중에 다시 시도하라고 합니다.',
  'The post was changed or deleted at the target.': '게시 대상에서 글이 바뀌었거나 지워졌습니다.',
  'A first run would send many posts to a target at once, and this was not confirmed.':
    '첫 실행이 많은 글을 한꺼번에 게시하게 되는데, 아직 확인을 받지 않았습니다.',
  'The front matter of a post cannot be parsed.': '글의 front matter를 해석할 수 없습니다.',
  'The named run, post, job or file does not exist.': '지정한 실행, 글, 작업 또는 파일이 없습니다.',
  'A bug in blogger.': 'blogger의 버그입니다.',

  'Stopped.': '중지했습니다.',
  'Why: {reason}': '이유: {reason}',
  'See the chain of causes with --verbose.': '--verbose를 주면 원인이 차례로 나옵니다.',
  'This is a bug in blogger {version}, not in what you did: {error}':
    '사용하신 방법이 아니라 blogger {version}의 버그입니다: {error}',
  'an unexpected error. Saved results are kept; run the same command again to resume.':
    '예상하지 못한 오류입니다. 저장된 결과는 그대로 있으며, 같은 명령을 다시 실행하면 이어집니다.',
  'Report it where you have blogger from: the command, what it prints with --verbose, Node {version} on {platform} {arch}. Secrets are removed from the output.':
    'blogger를 받은 곳에 알려 주십시오: 명령, --verbose를 주었을 때의 출력, Node {version}({platform} {arch}). 출력에서 비밀 값은 지워집니다.',
  'Caused by': '원인',
  'Caused by: {error}': '원인: {error}',
  'Trace: {error}': '추적: {error}',
  'standard output': '표준 출력',
  'standard error': '표준 오류',
  'Send the output somewhere else.': '출력을 다른 곳으로 보내십시오.',
  'permission denied': '권한이 없습니다',
  'the file system is read-only': '읽기 전용 파일 시스템입니다',
  'a file is in the way': '같은 이름의 파일이 있습니다',
  'there is no such folder': '그런 폴더가 없습니다',
  'the name is too long': '이름이 너무 깁니다',
  'its symbolic links form a loop': '링크가 되돌아옵니다',
  'another program uses it': '다른 프로그램이 쓰고 있습니다',
  'Move the file that is in the way.': '그 파일을 옮기십시오.',
  'Move the file that is in the way. {hint}': '그 파일을 옮기십시오. {hint}',
  'Move the file that is in the way, or name another folder with --state.':
    '그 파일을 옮기거나 --state로 다른 폴더를 지정하십시오.',
  'no such file or directory, {call}': '그런 파일이나 폴더가 없습니다, {call}',
  'permission denied, {call}': '권한이 없습니다, {call}',
  'operation not permitted, {call}': '허용되지 않는 작업입니다, {call}',
  'file already exists, {call}': '파일이 이미 있습니다, {call}',
  'illegal operation on a directory, {call}': '폴더에는 할 수 없는 작업입니다, {call}',
  'not a directory, {call}': '폴더가 아닙니다, {call}',
  'no space left on device, {call}': '장치에 남은 공간이 없습니다, {call}',
  'read-only file system, {call}': '읽기 전용 파일 시스템입니다, {call}',
  'unknown reason': '알 수 없는 이유',
  'no reason given': '이유를 밝히지 않음',
  'Please report it with the output of --verbose.': '--verbose의 출력과 함께 알려 주십시오.',

  "error: unknown option '{option}'": "오류: 알 수 없는 옵션 '{option}'",
  "error: unknown command '{command}'": "오류: 알 수 없는 명령 '{command}'",
  "error: option '{option}' argument missing": "오류: 옵션 '{option}'에 값이 없습니다",
  "error: missing required argument '{argument}'": "오류: 필요한 인수 '{argument}'이(가) 없습니다",
  "error: option '{option}' argument '{value}' is invalid. {reason}":
    "오류: 옵션 '{option}'의 값 '{value}'이(가) 올바르지 않습니다. {reason}",
  "error: command-argument value '{value}' is invalid for argument '{argument}'. {reason}":
    "오류: 인수 '{argument}'의 값 '{value}'이(가) 올바르지 않습니다. {reason}",
  "error: too many arguments for '{command}'. Expected {n} argument but got {n2}.":
    "오류: '{command}'의 인수가 너무 많습니다. {n}개까지 받는데 {n2}개를 주었습니다.",
  "error: too many arguments for '{command}'. Expected {n} arguments but got {n2}.":
    "오류: '{command}'의 인수가 너무 많습니다. {n}개까지 받는데 {n2}개를 주었습니다.",
  'error: too many arguments. Expected {n} arguments but got {n2}.':
    '오류: 인수가 너무 많습니다. {n}개까지 받는데 {n2}개를 주었습니다.',
  "error: option '{option}' cannot be used with option '{other}'":
    "오류: 옵션 '{option}'은(는) 옵션 '{other}'와(과) 함께 쓸 수 없습니다",
  'Allowed choices are {choices}.': '가능한 값: {choices}.',
  '(Did you mean {name}?)': '({name}을(를) 쓰려고 하셨습니까?)',
  '(Did you mean one of {names}?)': '(다음 중 하나를 쓰려고 하셨습니까? {names})',
  'choices: {values}, default: {value}': '가능한 값: {values}, 기본값: {value}',
  'choices: {values}': '가능한 값: {values}',
  'default: {value}': '기본값: {value}',
  'Usage: {usage}': '사용법: {usage}',
  'Options:': '옵션:',
  'Arguments:': '인수:',
  'Reading pages:': '페이지 읽기:',
  'Model and cost:': '모델과 비용:',
  'Text of the posts:': '글의 내용:',
  'Checks:': '검사:',
  'Files and site:': '파일과 사이트:',
  'Publishing:': '게시:',
  'Operation:': '운영:',
  'The flags of all other settings are accepted as well: `blogger generate --help` lists them.':
    '다른 설정의 플래그도 모두 쓸 수 있습니다. 목록은 `blogger generate --help`에 나옵니다.',
  'Commands:': '명령:',
  'Examples:': '예:',
  'display help for command': '명령의 도움말을 보여 줍니다',
  'The state file was written by a newer version of blogger.': '더 새로운 버전의 blogger가 쓴 상태 파일입니다.',
  'The picture of the post could not be made; the post is saved as a draft.':
    '글의 그림을 만들지 못해 글을 초안으로 저장했습니다.',
} as const;
