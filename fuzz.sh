#!/usr/bin/env bash
# Fuzzes what decides on rights and what reads notifications, each for so many seconds: ./fuzz.sh [SECONDS]
# What fails is kept as target/fuzz/<target>/crash-*: put it into <module>/src/test/resources/fuzz and mend it.
set -euo pipefail
cd "$(dirname "$0")"
logs=$PWD/target/log
. scripts/machine.sh

seconds=${1:-60}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || die "the seconds are a whole number, such as 60"
find_jdk
need mvn maven
install_missing
step "build" "see the reason below" "$logs/fuzz-build.log" \
  mvn -q -Pfuzz -pl registry-auth,notifier -am test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz-classpath

for target in registry-auth:registryauth.scope.ScopeFuzz registry-auth:registryauth.policy.PolicyFuzz \
  notifier:notifier.event.EnvelopeFuzz; do
  module=${target%%:*}
  target=${target#*:}
  name=${target##*.}
  name=${name%Fuzz}
  name=${name,,}
  mkdir -p "target/fuzz/$name"
  cp "$module"/src/test/resources/fuzz/"$name"/* "target/fuzz/$name/"
  step "$target, $seconds s" "the input that failed is in target/fuzz/$name" "$logs/fuzz-$name.log" \
    "$JAVA_HOME/bin/java" -cp "$module/target/test-classes:$module/target/classes:$(<"$module"/target/fuzz-classpath)" \
    com.code_intelligence.jazzer.Jazzer --target_class="dev.rac.$target" \
    --instrumentation_includes='dev.rac.**' --reproducer_path=target/fuzz \
    -max_total_time="$seconds" -max_len=2048 -artifact_prefix="target/fuzz/$name/" "target/fuzz/$name"
  grep -o 'stat::number_of_executed_units.*\|Done [0-9]* runs.*' "$logs/fuzz-$name.log" || true
done
