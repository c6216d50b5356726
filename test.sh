#!/usr/bin/env bash
# Runs every test that this machine can run, and says at the end what it could not run and why.
# With KUBECONFIG set, the Kubernetes tests too. Arguments go to Maven, e.g. ./test.sh -pl certs
set -euo pipefail
cd "$(dirname "$0")"
logs=$PWD/target/log
. scripts/machine.sh
trap stop_engine EXIT

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

find_jdk
need mvn maven
left_out=()
arguments=()
if is_root && have apt-get; then
  need_engine_packages
  have docker-registry || have registry || missing_packages+=(docker-registry)
  need_static_busybox
  need curl curl ca-certificates
  has_postgres || missing_packages+=(postgresql)
  install_missing
  start_engine
else
  install_missing
  use_docker_context
  docker_answers || { left_out+=("everything that needs a Docker Engine: none answers"); arguments+=(-DskipITs); }
  have docker-registry || have registry || left_out+=("everything that needs a registry: no docker-registry or registry found")
  has_postgres || left_out+=("the tests with PostgreSQL: none found under /usr/lib/postgresql")
  have busybox || left_out+=("everything that pushes an image: no static busybox found")
fi

[ -n "${KUBECONFIG:-}" ] || left_out+=("the Kubernetes tests: KUBECONFIG is not set")

status=0
# Two modules at a time: much of their time is waiting for an engine or a cluster.
mvn -T 2 verify "${arguments[@]}" "$@" || status=$?

for reason in "${left_out[@]}"; do say "not run: $reason"; done
exit $status
