#!/usr/bin/env bash
# The processes of compose.yaml on this machine, without images: a store, three workers, Prometheus, and Grafana where it is installed.
# Usage: deploy/run-local.sh [postgres|redis] [--for SECONDS]   (Ctrl-C ends all; --for ends by itself)
# Needs: npm run build; redis-server or postgresql, and prometheus (Debian: apt install redis-server postgresql prometheus).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
store=${1:-redis}
seconds=${3:-}
work=$(mktemp -d)
pids=()
stop() { trap - EXIT INT TERM; kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap stop EXIT INT TERM
chmod 755 "$work"

blogger() { node "$root/bin/blogger.js" "$@"; }
free_port() { node -e "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })"; }
wait_for() { for _ in $(seq 300); do "${@:2}" >/dev/null 2>&1 && return 0; sleep 0.2; done; echo "$1 did not start" >&2; return 1; }

port=$(free_port)
case $store in
  redis)
    redis-server --port "$port" --dir "$work" --save '' --appendonly no --maxmemory-policy noeviction >"$work/redis.log" & pids+=($!)
    export REDIS_URL=redis://127.0.0.1:$port ;;
  postgres)
    bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
    as=(); if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid postgres --regid postgres --clear-groups); mkdir "$work/pg"; chown postgres "$work/pg"; else mkdir "$work/pg"; fi
    (cd "$work/pg" && "${as[@]}" "$bin/initdb" -D "$work/pg/data" -U blogger -A trust -E UTF8 --locale=C >"$work/postgres.log")
    (cd "$work/pg" && exec "${as[@]}" "$bin/postgres" -D "$work/pg/data" -p "$port" -h 127.0.0.1 -k "$work/pg" -c max_connections=200 >>"$work/postgres.log" 2>&1) & pids+=($!)
    export REDIS_URL=postgres://blogger@127.0.0.1:$port/postgres ;;
  *) echo "usage: $0 [postgres|redis] [--for SECONDS]" >&2; exit 2 ;;
esac
(cd "$work" && wait_for "the store" blogger db migrate)

targets=()
for number in 1 2 3; do
  mkdir -p "$work/worker-$number"
  metrics=$(free_port)
  (cd "$work/worker-$number" && exec node "$root/bin/blogger.js" worker --json --metrics-port "$metrics" >"$work/worker-$number.log" 2>&1) & pids+=($!)
  wait_for "worker $number" curl -fsS "http://127.0.0.1:$metrics/readyz"
  targets+=("127.0.0.1:$metrics")
done

prometheus_port=$(free_port)
sed -e 's/scrape_interval: 15s/scrape_interval: 1s/' "$root/deploy/prometheus/prometheus.yml" | sed '/^scrape_configs:/,$d' >"$work/prometheus.yml"
{ echo 'scrape_configs:'; echo '  - job_name: blogger'; echo '    static_configs:'; echo "      - targets: [$(IFS=,; echo "${targets[*]}")]"; } >>"$work/prometheus.yml"
cp "$root/deploy/prometheus/rules.yml" "$work/"
if command -v prometheus >/dev/null; then
  prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" --web.listen-address="127.0.0.1:$prometheus_port" >"$work/prometheus.log" 2>&1 & pids+=($!)
  wait_for Prometheus curl -fsS "http://127.0.0.1:$prometheus_port/-/ready"
  echo "prometheus http://127.0.0.1:$prometheus_port"
else
  echo 'prometheus is not installed: left out'
fi
if command -v grafana-server >/dev/null; then
  cp -r "$root/deploy/grafana/provisioning" "$work/provisioning"
  sed -i "s#http://prometheus:9090#http://127.0.0.1:$prometheus_port#" "$work/provisioning/datasources/prometheus.yml"
  sed -i "s#/var/lib/grafana/dashboards#$root/deploy/grafana/dashboards#" "$work/provisioning/dashboards/blogger.yml"
  grafana_port=$(free_port)
  GF_PATHS_DATA=$work/grafana GF_PATHS_PROVISIONING=$work/provisioning GF_SERVER_HTTP_ADDR=127.0.0.1 GF_SERVER_HTTP_PORT=$grafana_port GF_AUTH_ANONYMOUS_ENABLED=true \
    grafana-server --homepath "${GRAFANA_HOME:-/usr/share/grafana}" >"$work/grafana.log" 2>&1 & pids+=($!)
  echo "grafana http://127.0.0.1:$grafana_port"
else
  echo 'grafana-server is not installed: left out'
fi
echo "workers ${targets[*]}"
echo "REDIS_URL=$REDIS_URL"
echo "ready: REDIS_URL=$REDIS_URL blogger generate urls.txt --queue $store"
if [ -n "$seconds" ]; then sleep "$seconds"; else wait; fi
