/** Models, vendors, batches, money. */

export const models = {
  'Run `blogger collect --provider {provider} --model {model}` after this.':
    '그다음 이 명령을 실행하십시오: `blogger collect --provider {provider} --model {model}`',
  'Batches of {provider} {model} are open, too': '{provider} {model}의 배치도 열려 있습니다',
  'The vendor does not find its batch {id} or its answers at the moment':
    '공급자가 지금 배치 {id} 또는 그 응답을 찾지 못합니다',
  'has no answer': '응답이 없습니다',
  'the row {id}': '행 {id}',
  'the answer to a new batch does not name it': '새 배치에 대한 응답에 배치의 이름이 없습니다',
  'The answer to a new batch does not name it': '새 배치에 대한 응답에 배치의 이름이 없습니다',
  'the answer breaks off before its end': '응답이 끝나기 전에 끊겼습니다',
  'The provider is {provider}, but {name} is not set': '공급자가 {provider}인데 {name}이(가) 설정되어 있지 않습니다',
  'Set {name} in the environment or in .env (a program: secrets: readSecrets(process.env)), or leave out --provider to use the built-in writer.':
    '환경 변수나 .env에 {name}을(를) 설정하거나(프로그램에서는 secrets: readSecrets(process.env)), --provider를 빼고 내장 작성기를 사용하십시오.',
  'The provider is {provider}, but no model is named': '공급자가 {provider}인데 모델을 지정하지 않았습니다',
  'Name one of its models with --model{more}.': '--model로 그 모델 하나를 지정하십시오{more}.',
  '(the name of your deployment)': '(배포의 이름)',
  'The key in {name} is broken: its character {n} (U+{code}) cannot be part of a key':
    '{name}의 키가 잘못되었습니다: {n}번째 문자(U+{code})는 키에 쓸 수 없습니다',
  'Copy the key again and set {name}. Nothing was sent.':
    '키를 다시 복사하여 {name}에 설정하십시오. 아무것도 보내지 않았습니다.',
  "The model {model} is named, but no provider's key is set":
    '모델 {model}을(를) 지정했는데 설정된 공급자 키가 없습니다',
  'Set a key such as OPENAI_API_KEY in the environment or in .env, or leave out the model to use the built-in writer.':
    '환경 변수나 .env에 OPENAI_API_KEY 같은 키를 설정하거나, 모델을 빼고 내장 작성기를 사용하십시오.',
  '{provider} read {n} of about {n2} tokens of the prompt for "{title}": the post is written from a part of its source':
    '{provider}이(가) "{title}" 프롬프트의 토큰 약 {n2}개 가운데 {n}개만 읽었습니다. 글이 출처의 일부만으로 쓰였습니다',
  'Give the server a larger context (Ollama: OLLAMA_CONTEXT_LENGTH, llama.cpp: --ctx-size), or shorten the source.':
    '서버의 컨텍스트를 늘리거나(Ollama: OLLAMA_CONTEXT_LENGTH, llama.cpp: --ctx-size) 출처를 줄이십시오.',
  'The call may have been paid for, so it counts at its worst case and is not repeated in this run; --retry-failed sends it again.':
    '호출이 이미 청구되었을 수 있어 최대 비용으로 계산하며 이 실행에서는 반복하지 않습니다. --retry-failed를 주면 다시 보냅니다.',
  'Check {what}.': '{what}을(를) 확인하십시오.',
  'Waiting does not help: shorten the source or --length, or use a model with a larger context.':
    '기다려도 소용이 없습니다. 출처나 --length를 줄이거나 컨텍스트가 더 큰 모델을 사용하십시오.',
  'Add credit at the provider.': '공급자에서 잔액을 충전하십시오.',
  'Delete old files at the provider, or take --tier standard.':
    '공급자에서 오래된 파일을 지우거나 --tier standard를 사용하십시오.',
  'Remove the page from the list, or use another model. The other posts are not affected.':
    '페이지를 목록에서 빼거나 다른 모델을 사용하십시오. 다른 글에는 영향이 없습니다.',
  'The account behind {name} may not use this model, project or region.':
    '{name}의 계정은 이 모델, 프로젝트 또는 지역을 사용할 수 없습니다.',
  'Load the model in the server, or name with --model one that it has loaded; a smaller one needs less memory.':
    '서버에 모델을 올리거나 --model로 이미 올라간 모델을 지정하십시오. 작은 모델은 메모리를 덜 씁니다.',
  '"{model}" is not sold in this tier here: take --tier standard, or another model.':
    '여기서 "{model}"은(는) 이 요금제로 팔지 않습니다. --tier standard를 쓰거나 다른 모델을 지정하십시오.',
  'Set another model than "{model}" with --model, or check the base URL{url}.':
    '--model로 "{model}" 말고 다른 모델을 지정하거나 기본 URL{url}을(를) 확인하십시오.',
  'Something between here and the model, such as a firewall, refuses this page. Remove it from the list, or use another address.':
    '방화벽처럼 모델과의 사이에 있는 무언가가 이 페이지를 거부합니다. 목록에서 빼거나 다른 주소를 사용하십시오.',
  '{advice} Where answers take long, ask the gateway for a longer timeout.':
    '{advice} 응답이 오래 걸리면 게이트웨이의 제한 시간을 늘리십시오.',
  'The server is not ready yet: it is asked again until it is.':
    '서버가 아직 준비되지 않았습니다. 준비될 때까지 다시 요청합니다.',
  'Retried automatically; if it stays, try later.': '자동으로 다시 시도합니다. 계속되면 나중에 실행하십시오.',
  'Retried automatically; if it stays, try later or take another model.':
    '자동으로 다시 시도합니다. 계속되면 나중에 실행하거나 다른 모델을 쓰십시오.',
  '{provider} answered for {model} with no text, and counts no tokens':
    '{provider}의 {model} 응답에 글이 없고 토큰 수도 0입니다',
  'The model or the server does not accept such a request; try another model.':
    '모델이나 서버가 이런 요청을 받지 않습니다. 다른 모델을 써 보십시오.',
  'No model answered at {url}, but: {reason}': '{url}에서 모델이 응답하지 않았습니다: {reason}',
  '{provider} answered {n} for {model}: {reason}': '{provider}이(가) {model}에 {n}(으)로 응답했습니다: {reason}',
  'Most servers want it with /v1 at its end.': '대부분의 서버는 주소 끝에 /v1이 필요합니다.',
  'Set the base URL to {url}.': '기본 URL을 {url}(으)로 설정하십시오.',
  'If this other host is yours too, set the base URL to {url}.':
    '이 다른 호스트도 본인의 것이면 기본 URL을 {url}(으)로 설정하십시오.',
  'Check the base URL.{more}': '기본 URL을 확인하십시오.{more}',
  'Run the same command again in {span}; what is done is saved.':
    '{span} 뒤에 같은 명령을 다시 실행하십시오. 끝난 것은 저장되어 있습니다.',
  "The day's quota is used up; it starts again at midnight Pacific time.":
    '하루 할당량을 모두 썼습니다. 태평양 시간 자정에 다시 시작됩니다.',
  'Add credit or raise the budget at the provider, then run again.':
    '공급자에서 잔액을 충전하거나 예산을 늘린 뒤 다시 실행하십시오.',
  "The plan's quota is used up. Run again when it is renewed, or take a larger plan.":
    '요금제 할당량을 모두 썼습니다. 다시 시작될 때 실행하거나 더 큰 요금제를 쓰십시오.',
  "The day's quota is used up. Run again tomorrow, or raise the limit.":
    '하루 할당량을 모두 썼습니다. 내일 다시 실행하거나 한도를 늘리십시오.',
  'The flex tier has no room now; it was not charged. --tier standard does not wait.':
    'flex 등급에 지금 자리가 없습니다. 청구되지 않았습니다. --tier standard는 기다리지 않습니다.',
  'Set limits.requestsPerMinute and limits.tokensPerMinute to what the provider grants.':
    'limits.requestsPerMinute와 limits.tokensPerMinute를 공급자가 허용하는 값으로 설정하십시오.',
  '{n} minutes': '{n}분',
  '{n} hours': '{n}시간',
  'Nothing listens there: start the server, or correct its address with --base-url.':
    '그 주소에서 기다리는 서버가 없습니다: 서버를 켜거나 --base-url로 주소를 고치십시오.',
  '{provider} cannot be reached: {reason}': '{provider}에 연결할 수 없습니다: {reason}',
  'Check the network, the base URL and the proxy.': '네트워크, 기본 URL, 프록시를 확인하십시오.',
  'The connection to {provider} broke before the answer came: {reason}':
    '{provider}와의 연결이 응답이 오기 전에 끊겼습니다: {reason}',
  'it redirects{more}': '리디렉션합니다{more}',
  'to {url}': '{url}(으)로',
  'an HTML page': 'HTML 페이지',
  'no answer within {n} s': '{n}초 안에 응답이 없습니다',
  '{advice} Set modelTimeout (--model-timeout) to a longer time where answers take that long.':
    '{advice} 응답이 그만큼 오래 걸리면 modelTimeout(--model-timeout)을 늘리십시오.',
  'the key': '키',
  'The batch is looked for in the list of batches.': '배치 목록에서 그 배치를 찾습니다.',
  'This server has no batches: it does not know the path /files': '배치가 없는 서버입니다: /files 경로를 모릅니다',
  'Take --tier flex or standard, or another model.': '--tier flex나 standard를 쓰거나 다른 모델을 지정하십시오.',
  'Take --tier standard, or a server that has batches.': '--tier standard를 쓰거나 배치가 있는 서버를 사용하십시오.',
  'the batch failed': '배치가 실패했습니다',
  "The next post may cost {usd}; {spent} are spent and {reserved} reserved of this list's cap of {cap}":
    '다음 글에 {usd}까지 들 수 있습니다. 이 목록의 한도 {cap} 가운데 {spent}을(를) 썼고 {reserved}이(가) 예약되어 있습니다',
  'Finished posts are saved. Raise --max-cost and run the same command again to resume.':
    '쓴 글은 저장되어 있습니다. 이어서 하려면 --max-cost를 늘려 같은 명령을 다시 실행하십시오.',
  'A spending cap is set, but the price of the model is unknown, so the cap cannot be enforced':
    '금액 한도를 정했는데 모델의 가격을 알 수 없어 한도를 지킬 수 없습니다',
  'Set price.input and price.output (US dollars for a million tokens), or leave maxCost out.':
    'price.input과 price.output(토큰 백만 개당 미국 달러)을 설정하거나 maxCost를 빼십시오.',
  "maxCost is set, but the price of {provider}'s {model} is unknown, so the cap cannot be enforced":
    'maxCost를 정했는데 {provider}의 {model} 가격을 알 수 없어 한도를 지킬 수 없습니다',
  '{n} paid {answers} could not be written to {file}': '비용을 낸 응답 {n}개를 {file}에 쓰지 못했습니다',
  '{problem}; the next run takes them from {file}': '{problem}. 다음 실행이 {file}에서 가져옵니다',
  '{problem} and are lost: {reason}': '{problem}. 잃었습니다: {reason}',
  'The spending cap is stored in {store}, but it does not respond': '금액 한도가 {store}에 있는데 응답하지 않습니다',
  'The call is retried.': '호출을 다시 시도합니다.',
  "The next call may cost {usd}, and {spent} of this run's cap of {cap} are spent":
    '다음 호출에 {usd}까지 들 수 있는데, 이 실행의 한도 {cap} 가운데 {spent}을(를) 썼습니다',
  'a post': '글',
  'The model did not finish {what}: its answer was cut off at the output limit':
    '모델이 {what}을(를) 끝내지 못했습니다: 응답이 출력 한도에서 잘렸습니다',
  'Lower --length, or use a model that does not spend its output on reasoning.':
    '--length를 줄이거나, 추론에 출력을 쓰지 않는 모델을 사용하십시오.',
  'The model declined to write {what} ({reason}){more}': '모델이 {what}을(를) 쓰지 않겠다고 했습니다({reason}){more}',
  'Remove the page from the list, or use another model.': '페이지를 목록에서 빼거나 다른 모델을 사용하십시오.',
  'The model did not answer {what} as JSON: {reason}': '모델이 {what}을(를) JSON으로 답하지 않았습니다: {reason}',
  'it is not JSON': 'JSON이 아닙니다',
  'Use a model that supports structured output.': '구조화된 출력을 지원하는 모델을 사용하십시오.',
  'a part of a long post': '긴 글의 일부',
  'Run the same command again; the outline is kept.': '같은 명령을 다시 실행하십시오. 개요는 남아 있습니다.',
  'The batch {id} may be one that an interrupted run made, and has not ended':
    '배치 {id}은(는) 중단된 실행이 만든 것일 수 있으며 아직 끝나지 않았습니다',
  'Run the same command again when it has ended; until then its posts are not requested a second time.':
    '배치가 끝나면 같은 명령을 다시 실행하십시오. 그때까지 그 글은 다시 요청하지 않습니다.',
  'A batch is being made whose name is not known yet': '아직 이름을 알 수 없는 배치를 만들고 있습니다',
  'Run `blogger collect` later.': '나중에 `blogger collect`를 실행하십시오.',
  'The vendor no longer has the batch {id} or its answers: deleted, kept too long, or made with the key of another project':
    '공급자에게 배치 {id}이나 그 응답이 더 이상 없습니다: 지웠거나, 보관 기간이 지났거나, 다른 프로젝트의 키로 만든 것입니다',
  'Run the same command again to have its posts written again. What the batch may have cost counts as spent.':
    '그 글을 다시 쓰려면 같은 명령을 다시 실행하십시오. 배치에 들었을 수 있는 비용은 쓴 것으로 계산합니다.',
  'The vendor was asked several times to make a batch, and its list names none':
    '공급자에게 배치를 여러 번 요청했는데 목록에 없습니다',
  'Run the same command again later.': '나중에 같은 명령을 다시 실행하십시오.',
  "The vendor's queue for batches has been full for a day": '공급자의 배치 큐가 하루 동안 가득 차 있습니다',
  'Run the same command again later, with fewer entries, or with --tier flex.':
    '나중에, 항목을 줄여서, 또는 --tier flex로 같은 명령을 다시 실행하십시오.',
  "The vendor's batch {id} is not finished ({n} of {n2} done)":
    '공급자의 배치 {id}이(가) 끝나지 않았습니다({n2}개 중 {n}개 완료)',
  'Run `blogger collect` or the same command later; nothing is paid twice.':
    '나중에 `blogger collect`나 같은 명령을 실행하십시오. 두 번 청구되는 것은 없습니다.',
  "The vendor's batch {id} ended ({state}) without an answer to this post{more}":
    '공급자의 배치 {id}이(가) 이 글의 응답 없이 끝났습니다({state}){more}',
  'Run the same command again; only what is missing is sent.': '같은 명령을 다시 실행하십시오. 없는 것만 보냅니다.',
  'The vendor counts {n} answers in its batch {id}, but its files do not hold the one of this post':
    '공급자는 배치 {id}에 응답이 {n}개 있다고 하는데 이 글의 응답은 파일에 없습니다',
  'What it may have cost counts as spent. Ask the vendor, or run the same command again to have the post written again.':
    '들었을 수 있는 비용은 쓴 것으로 계산합니다. 공급자에 문의하거나, 같은 명령을 다시 실행하여 글을 다시 쓰십시오.',
  'The batch {id} was cancelled at the vendor': '배치 {id}이(가) 공급자에서 취소되었습니다',
  'Run the same command again to have its posts written.': '그 글을 쓰려면 같은 명령을 다시 실행하십시오.',
  'The vendor did not run the batch {id}: {reason}': '공급자가 배치 {id}을(를) 실행하지 않았습니다: {reason}',
  'a billing limit is reached': '청구 한도에 이르렀습니다',
  'Add credit or raise the limit at the provider, then run the same command again.':
    '공급자에서 잔액을 충전하거나 한도를 늘린 뒤 같은 명령을 다시 실행하십시오.',
  'The proxy refused the way to {provider} with status {status}':
    '프록시가 {provider}(으)로 가는 연결을 상태 {status}(으)로 거부했습니다',
  'It asks for a user and a password: set them in HTTPS_PROXY as http://USER:PASSWORD@HOST:PORT.':
    '사용자와 비밀번호를 요구합니다. HTTPS_PROXY에 http://USER:PASSWORD@HOST:PORT 형식으로 적으십시오.',
  'The vendor refused this line of the batch.': '공급자가 배치의 이 줄을 거부했습니다.',
  'The vendor says "{state}" of its batch {id}, which blogger does not know; it looks again, less and less often':
    '공급자가 배치 {id}의 상태를 "{state}"라고 하는데 blogger가 모르는 상태입니다. 간격을 늘려 가며 다시 확인합니다',
  "Look at the batch in the vendor's console. It can be collected later with `blogger collect`.":
    '공급자의 콘솔에서 배치를 확인하십시오. 나중에 `blogger collect`로 가져올 수 있습니다.',
  '{provider} has no batches': '{provider}에는 배치가 없습니다',
  'Use --tier standard, or another provider.': '--tier standard를 쓰거나 다른 공급자를 사용하십시오.',
  'The deadline "{deadline}" is in the past': '기한 "{deadline}"이(가) 이미 지났습니다',
  'Set deadline to a later time, such as 2h.': '기한(deadline)을 2h처럼 나중으로 설정하십시오.',
  'deadline must be a span or a time, got "{text}"': '기한(deadline)은 기간이나 시각이어야 하는데 "{text}"입니다',
  'Write 2h, "tomorrow 07:00" or 2026-01-31T07:00.': '2h, "tomorrow 07:00", 2026-01-31T07:00처럼 쓰십시오.',
  'the built-in writer (digests), because no key is set': '내장 작성기(요약), 설정된 키가 없으므로',
  'built-in writer': '내장 작성기',
  'The built-in writer cannot translate: posts stay in the language of their source, such as {lang}, not in {left}':
    '내장 작성기는 번역하지 못합니다: 글은 {left}(으)로 쓰이지 않고 출처의 언어(예: {lang})로 남습니다',
  'Set a key such as OPENAI_API_KEY, or name a model provider with --provider.':
    'OPENAI_API_KEY 같은 키를 설정하거나 --provider로 모델 공급자를 지정하십시오.',
  'dispatch gave too few answers': 'dispatch의 응답이 모자랍니다',
  'The plan grants none of this model: take another model, or another plan.':
    '지금 요금제로는 이 모델을 쓸 수 없습니다. 다른 모델이나 요금제를 쓰십시오.',
  'the answer holds no text and no usage': '응답에 글도 사용량도 없습니다',
  'No call has got through for {n} minutes, and {n2} gave up: {reason}':
    '{n}분 동안 성공한 호출이 없고 {n2}번을 포기했습니다: {reason}',
  'Run the same command again later; what is done is saved.':
    '나중에 같은 명령을 다시 실행하십시오. 끝난 것은 저장되어 있습니다.',
} as const;
