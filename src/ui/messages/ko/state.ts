/** State of a project, jobs, the stores that machines share. */

export const state = {
  'Set REDIS_URL to redis://… or postgres://…, in the environment or in .env, as where `blogger generate --queue` runs.':
    '`blogger generate --queue`를 실행하는 곳과 같게, 환경 변수나 .env에 REDIS_URL을 redis://…나 postgres://…로 설정하십시오.',
  'ENOENT: there is no such file': 'ENOENT: 그런 파일이 없습니다',
  'ENOENT: there is no such folder': 'ENOENT: 그런 폴더가 없습니다',
  'its size is {n} B, less than any database': '크기가 {n} B로, 어떤 데이터베이스보다 작습니다',
  'The disk is full or fails: {file} cannot be written': '디스크가 가득 찼거나 고장입니다: {file}에 쓸 수 없습니다',
  'The disk is full: {file} could not be written; no partial file was left':
    '디스크가 가득 찼습니다: {file}을(를) 쓰지 못했으며, 쓰다 만 파일은 남지 않았습니다',
  'Free some space, then run the same command again.': '공간을 비운 뒤 같은 명령을 다시 실행하십시오.',
  '{file} cannot be written ({reason})': '{file}에 쓸 수 없습니다({reason})',
  'The state folder must be writable, but {file} cannot be opened ({reason})':
    '상태 폴더에 쓸 수 있어야 하는데 {file}을(를) 열 수 없습니다({reason})',
  'Give the folder write permission or name another one with --state.':
    '폴더에 쓰기 권한을 주거나 --state로 다른 폴더를 지정하십시오.',
  'The state file {file} cannot be used: {reason}': '상태 파일 {file}을(를) 사용할 수 없습니다: {reason}',
  'Run `blogger doctor`; deleting the state folder loses money and time already spent, never posts.':
    '`blogger doctor`를 실행하십시오. 상태 폴더를 지우면 이미 쓴 비용과 시간은 잃지만 글은 잃지 않습니다.',
  'the state file': '상태 파일',
  'No run in this folder yet: {folder} has no state':
    '이 폴더에는 아직 실행 기록이 없습니다: {folder}에 상태가 없습니다',
  'Run `blogger generate` first, or name the state folder with --state.':
    '먼저 `blogger generate`를 실행하거나 --state로 상태 폴더를 지정하십시오.',
  'This project is held by {run}': '이 프로젝트를 {run}이(가) 사용하고 있습니다',
  'Wait until it ends, or use another folder with --state. The lock of a dead run expires after five minutes at most.':
    '끝날 때까지 기다리거나 --state로 다른 폴더를 쓰십시오. 죽은 실행의 잠금은 늦어도 5분 뒤에 풀립니다.',
  'another run, which has ended': '이미 끝난 다른 실행',
  'While this process was suspended, its project was taken over by {run}':
    '이 프로세스가 멈춰 있는 동안 프로젝트를 {run}이(가) 이어받았습니다',
  'Run the same command again when no other run is active; saved posts and paid answers are kept.':
    '다른 실행이 끝난 뒤 같은 명령을 다시 실행하십시오. 저장한 것과 비용을 낸 것은 남아 있습니다.',
  'run {id} (process {pid} on {host}, last heartbeat at {at})': '실행 {id}({host}의 프로세스 {pid}, 마지막 신호 {at})',
  'The job was cancelled': '작업이 취소되었습니다',
  'The job was cancelled before it started': '작업이 시작되기 전에 취소되었습니다',
  'Run it again with `blogger jobs retry`.': '`blogger jobs retry`로 다시 실행하십시오.',
  'Another worker took over the job, because this one missed its heartbeats':
    '이 작업자의 신호가 너무 오래 없어 다른 작업자가 작업을 이어받았습니다',
  'Raise jobs.leaseMs if this machine is slow.': '이 컴퓨터가 느리면 jobs.leaseMs를 늘리십시오.',
  'The queue is full: {n} jobs are waiting': '큐가 가득 찼습니다: 작업 {n}개가 기다리고 있습니다',
  'Wait until workers have taken some, or raise jobs.queueSize.':
    '작업자가 가져갈 때까지 기다리거나 jobs.queueSize를 늘리십시오.',
  'The job queue was closed': '작업 큐가 닫혔습니다',
  'The workers abandoned the job: {reason}': '작업자들이 작업을 포기했습니다: {reason}',
  'A job failed without a reason': '작업이 이유 없이 실패했습니다',
  'Run the same command again.': '같은 명령을 다시 실행하십시오.',
  'the job is signed, but this worker has no key': '작업에 서명이 있는데 이 작업자에게 키가 없습니다',
  'the {what} is not signed': '{what}에 서명이 없습니다',
  'the {what} is signed in a form that this version does not know': '{what}의 서명이 이 버전이 모르는 형식입니다',
  'the {what} is signed with another key, or was changed': '{what}이(가) 다른 키로 서명되었거나 바뀌었습니다',
  job: '작업',
  answer: '응답',
  'A job of the shared queue was refused: {reason}': '공유 큐의 작업을 거부했습니다: {reason}',
  'Set the same BLOGGER_JOB_KEY and version for the run and all workers; if they are the same, find out who else writes to the queue.':
    '실행과 모든 작업자의 BLOGGER_JOB_KEY와 버전을 같게 하십시오. 이미 같다면 다른 누가 큐에 쓰는지 알아보십시오.',
  'The settings of worker and run differ: provider, model, template, style or version':
    '작업자와 실행의 설정이 다릅니다: 공급자, 모델, 템플릿, 문체 또는 버전',
  'Start all workers and the run with the same version and the same settings.':
    '모든 작업자와 실행을 같은 버전, 같은 설정으로 시작하십시오.',
  'Workers read pages of the web only; the job was refused: {reason}':
    '작업자는 웹 페이지만 읽습니다. 작업을 거부했습니다: {reason}',
  'Local pages are read by the run that lists them. Start all workers and the run with the same version.':
    '로컬 파일은 목록을 가진 실행이 읽습니다. 모든 작업자와 실행을 같은 버전으로 시작하십시오.',
  'Another worker is writing this post.': '다른 작업자가 이 글을 쓰고 있습니다.',
  'The job queue needs PostgreSQL, but {place} does not respond: {reason}':
    '작업 큐에 PostgreSQL이 필요한데 응답하지 않습니다: {reason}',
  'Start PostgreSQL or check REDIS_URL; without --queue postgres this machine does all work.':
    'PostgreSQL을 시작하거나 REDIS_URL을 확인하십시오. --queue postgres가 없으면 이 컴퓨터가 직접 처리합니다.',
  'no connection': '연결 없음',
  'A postgres:// cache needs the package @keyv/postgres, which is not installed':
    'postgres:// 캐시에는 @keyv/postgres 패키지가 필요한데 설치되어 있지 않습니다',
  'npm install @keyv/postgres pg, or name a Redis, or leave REDIS_URL out.':
    'npm install @keyv/postgres pg를 실행하거나, Redis를 지정하거나, REDIS_URL을 빼십시오.',
  'A postgres:// address needs the package pg, which is not installed':
    'postgres:// 주소에는 pg 패키지가 필요한데 설치되어 있지 않습니다',
  'npm install pg, or use Redis.': '`npm install pg`를 실행하거나 Redis를 지정하십시오.',
  'The PostgreSQL database lacks the tables and functions that several machines share':
    'PostgreSQL 데이터베이스에 여러 컴퓨터가 함께 쓰는 테이블과 함수가 없습니다',
  'Run `blogger db migrate` once, with the same REDIS_URL.':
    '같은 REDIS_URL로 `blogger db migrate`를 한 번 실행하십시오.',
  'The PostgreSQL database was prepared by a newer version (schema {n}; this one knows {n2})':
    '더 새로운 버전이 준비한 PostgreSQL 데이터베이스입니다(스키마 {n}, 이 버전은 {n2}까지)',
  'Install the newer version of blogger on this machine.': '이 컴퓨터에 더 새로운 버전의 blogger를 설치하십시오.',
  'PostgreSQL has not responded for too long: {reason}': 'PostgreSQL이 너무 오래 응답하지 않습니다: {reason}',
  'Run the same command again when it is reachable; finished work is kept.':
    '연결되면 같은 명령을 다시 실행하십시오. 끝난 작업은 남아 있습니다.',
  'The job queue needs a single Redis server (redis:// or rediss://)':
    '작업 큐에는 Redis 서버 한 대가 필요합니다(redis:// 또는 rediss://)',
  'Set REDIS_URL to a single Redis server or to PostgreSQL, or leave out --queue redis.':
    'REDIS_URL을 Redis 서버 한 대나 PostgreSQL로 설정하거나 --queue redis를 빼십시오.',
  'The job queue needs Redis, but {place} does not respond':
    '작업 큐에 Redis가 필요한데 {place}이(가) 응답하지 않습니다',
  'Start Redis or check REDIS_URL; without --queue redis this machine does all work.':
    'Redis를 시작하거나 REDIS_URL을 확인하십시오. --queue redis가 없으면 이 컴퓨터가 직접 처리합니다.',
  'The user or password in redisUrl has a % that is not part of a percent-encoded character':
    'redisUrl의 사용자나 암호에 퍼센트 인코딩이 아닌 %가 있습니다',
  'Write % as %25, : as %3A, / as %2F and @ as %40 in REDIS_URL.':
    'REDIS_URL에서 %는 %25, :는 %3A, /는 %2F, @는 %40으로 쓰십시오.',
  'redisUrl must begin with redis://, rediss://, redis+sentinel://, redis+cluster:// or postgres://':
    'redisUrl은 redis://, rediss://, redis+sentinel://, redis+cluster://, postgres:// 가운데 하나로 시작해야 합니다',
  'Set REDIS_URL to something like redis://user:password@host:6379/0.':
    'REDIS_URL을 redis://user:password@host:6379/0처럼 설정하십시오.',
  '{problem}: limits apply to this process only': '{problem}: 제한은 이 프로세스만 지킵니다',
  "{store} is unavailable ({reason}): the vendor's limits apply to this process only":
    '{store}을(를) 쓸 수 없습니다({reason}): 공급자의 제한은 이 프로세스에만 적용됩니다',
  'Until it is available again, machines together may exceed the limits.':
    '다시 쓸 수 있을 때까지 여러 컴퓨터의 합계가 제한을 넘을 수 있습니다.',
  '{store} does not respond; the local file is the cache until it does':
    '{store}이(가) 응답하지 않습니다. 응답할 때까지 파일을 캐시로 씁니다',
  '{store} responds again; entries written in the meantime are pushed to it':
    '{store}이(가) 다시 응답합니다. 그동안 쓴 것을 올립니다',
  '{store} accepts no more entries; the local file keeps new ones until it does':
    '{store}이(가) 항목을 더 받지 않습니다. 받을 때까지 새 항목은 파일에 둡니다',
  '{store} accepts entries again; entries written in the meantime are pushed to it':
    '{store}이(가) 항목을 다시 받습니다. 그동안 쓴 것을 올립니다',
  'PostgreSQL does not answer: {reason}': 'PostgreSQL이 응답하지 않습니다: {reason}',
  'Start PostgreSQL, or check REDIS_URL, the password and the firewall.':
    'PostgreSQL을 시작하거나 REDIS_URL, 암호, 방화벽을 확인하십시오.',
  'Workers share their queue through Redis or PostgreSQL, but no address is set':
    '작업자는 Redis나 PostgreSQL로 큐를 공유하는데 주소가 설정되어 있지 않습니다',
  'Set REDIS_URL to redis://… or postgres://…, or leave out --queue to do all work on this machine.':
    'REDIS_URL을 redis://…나 postgres://…로 설정하거나, --queue를 빼고 이 컴퓨터에서 처리하십시오.',
  '--queue {queue} needs another address: REDIS_URL is the address of a {store}':
    '--queue {queue}에는 다른 주소가 필요합니다: REDIS_URL은 {store}의 주소입니다',
  'Use --queue {queue}, or set REDIS_URL to another address.':
    '--queue {queue} 플래그를 주거나 REDIS_URL을 다른 주소로 설정하십시오.',
  'No worker listens on the shared queue; {work} wait': '공유 큐에 작업자가 없습니다. {work}이(가) 기다립니다',
  'Start `blogger worker` with the same REDIS_URL and settings on at least one machine, or leave out --queue.':
    '적어도 한 컴퓨터에서 같은 REDIS_URL과 설정으로 `blogger worker`를 시작하거나 --queue를 빼십시오.',
  'There is no database to prepare, because no address is set':
    '주소가 설정되어 있지 않아 준비할 데이터베이스가 없습니다',
  'Set REDIS_URL to postgres://user:password@host/database.':
    'REDIS_URL을 postgres://user:password@host/database로 설정하십시오.',
  'Redis needs no preparation.': 'Redis는 준비할 것이 없습니다.',
  'was up to date at version {n}': '이미 최신인 버전 {n}입니다',
  'went from version {n} to {n2}': '버전 {n}에서 {n2}(으)로 올라갔습니다',
  "The database {change}; the queue's tables are at version {version}.":
    '데이터베이스: {change}. 큐의 테이블은 버전 {version}입니다.',
  "The database was up to date at version {n}; the queue's tables are at version {n2}.":
    '데이터베이스는 이미 최신입니다(버전 {n}). 큐의 테이블은 버전 {n2}입니다.',
  "The database went from version {n} to {n2}; the queue's tables are at version {n3}.":
    '데이터베이스를 버전 {n}에서 {n2}(으)로 올렸습니다. 큐의 테이블은 버전 {n3}입니다.',
  '{what} did not answer within {n} ms': '{what}이(가) {n}밀리초 안에 응답하지 않았습니다',
  'It stopped responding during this call': '기다리는 동안 응답이 멈추었습니다',
  'Several resources could not be closed': '닫지 못한 자원이 여럿 있습니다',
  'The run was cancelled by another process': '다른 프로세스가 실행을 취소했습니다',
  'Run the same command again to resume.': '이어서 하려면 같은 명령을 다시 실행하십시오.',
  'Give the state folder write permission, or name another one with --state.':
    '상태 폴더에 쓰기 권한을 주거나 --state로 다른 폴더를 지정하십시오.',
  'The state file {file} has version {n}, but this version of blogger knows versions up to {n2}':
    '상태 파일 {file}의 버전은 {n}인데 이 버전의 blogger는 {n2}까지 압니다',
} as const;
