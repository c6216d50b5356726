#!/usr/bin/env bash
# Measures RAC's services on two cores and writes a page for each into docs/performance, in some ten minutes each.
#   ./bench.sh                  every service that has a benchmark
#   ./bench.sh registry-auth    one service
#   ./bench.sh --quick …        to try the benchmark itself: a minute or two, into bench/target/performance
# Leave the machine alone meanwhile.
set -euo pipefail
cd "$(dirname "$0")"
logs=$PWD/target/log
. scripts/machine.sh
. scripts/build.sh

benchmark=bench/target/rac-bench.jar

# The figures are for two cores, wherever there are more.
two_cores() {
  [ "$(nproc)" -gt 2 ] && have taskset || return 0
  local allowed first second
  allowed=$(taskset -cp $$ | sed 's/.*: //')
  first=${allowed%%[-,]*}
  case "$allowed" in
    "$first"-*) second=$((first + 1)) ;;
    *) second=${allowed#*,}; second=${second%%[-,]*} ;;
  esac
  taskset -cp "$first,$second" $$ >/dev/null
}

case "${1:-}" in
  -h | --help | help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac
find_jdk
[ -f $benchmark ] || rm -f $built
stale && need mvn maven
install_missing
build
two_cores
# Sending requests is not to be disturbed by threads that collect its garbage.
exec "$JAVA_HOME/bin/java" -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -cp "$benchmark:$jar" dev.rac.bench.Bench "$@"
