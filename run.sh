#!/usr/bin/env bash
# Builds RAC if needed and starts its local stack in the foreground.
#   ./run.sh         start; prints "ready: <URL>" when a push would succeed; Ctrl-C ends it, the data stays
#   ./run.sh demo    start, push a sample image with docker, open its URL, print what took how long, end
# Settings are environment variables: see README.md.
set -euo pipefail
cd "$(dirname "$0")"
logs=$PWD/target/log
. scripts/machine.sh
. scripts/build.sh

stack=
output=

usage() { sed -n '2,5s/^# \{0,1\}//p' "$0"; }

# What can run apps: a Kubernetes that is named, or a Docker Engine.
wants_engine() {
  case "${RAC_TARGET:-}" in
    kubernetes) return 1 ;;
    docker) return 0 ;;
    *) [ -z "${KUBECONFIG:-}" ] && [ ! -f "$HOME/.kube/config" ] ;;
  esac
}

prepare() { # demo|up
  find_jdk
  stale && need mvn maven
  if [ "$1" = demo ] || wants_engine; then need_engine_packages; fi
  if ! have docker-registry && ! have registry && is_root && have apt-get; then missing_packages+=(docker-registry); fi
  if [ "$1" = demo ]; then need curl curl ca-certificates; need_static_busybox; fi
  install_missing
  if [ "$1" = demo ] || wants_engine; then start_engine; fi
}

java_up() { exec "$JAVA_HOME/bin/java" -jar $jar up; }

end_stack() {
  [ -n "$stack" ] || return 0
  kill -TERM "$stack" 2>/dev/null || true
  wait "$stack" 2>/dev/null || true
  stack=
}

end_all() {
  trap '' INT TERM
  end_stack
  stop_engine
  [ -z "$output" ] || rm -f "$output"
}

up() {
  java_up &
  stack=$!
  trap 'exit 0' INT TERM
  local status=0
  wait "$stack" || status=$?
  stack=
  return $status
}

demo() {
  local from=$began address
  output=$(mktemp)
  java_up >"$output" 2>&1 &
  stack=$!
  tail -n +1 -f --pid="$stack" "$output" &
  trap 'exit 130' INT TERM
  until grep -q '^ready: ' "$output"; do
    kill -0 "$stack" 2>/dev/null || { sleep 1; die "the stack did not start: see above"; }
    sleep 0.05
  done
  address=$(sed -n 's/^ready: //p' "$output")
  examples/hello/walk.sh "$address"
  took "all of it" "$from"
}

began=$(now)
case "${1:-up}" in
  up | demo) ;;
  -h | --help | help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac
trap end_all EXIT
prepare "${1:-up}"
build
"${1:-up}"
