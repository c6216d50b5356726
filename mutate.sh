#!/usr/bin/env bash
# Mutation tests of what decides on rights: how much of it could be wrong without a test failing.
# The report is registry-auth/target/pit-reports/index.html; less than 90 % killed is an error.
set -euo pipefail
cd "$(dirname "$0")"
logs=$PWD/target/log
. scripts/machine.sh

find_jdk
need mvn maven
install_missing
# Not skipTests, which would skip this too.
step "mutate" "registry-auth/target/pit-reports says which mutants survived" "$logs/mutate.log" \
  mvn -Pmutation -pl registry-auth -am package pitest:mutationCoverage -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false
grep -A4 'Line Coverage\|Generated .* mutations' "$logs/mutate.log" || true
