# How run.sh and bench.sh build RAC; sourced by both, after machine.sh.

jar=rac/target/rac.jar
built=rac/target/run.sh-built

# The stamp is written last: a build that was broken off left none.
stale() {
  [ ! -f $jar ] || [ ! -f $built ] ||
    [ -n "$(find pom.xml ./*/pom.xml ./*/src/main -newer $built -print -quit)" ]
}

build() {
  stale || return 0
  say "           building $jar, which takes some minutes the first time; see $logs/build.log"
  rm -f $built
  step "built $jar" "mend the reason below, then run again" "$logs/build.log" \
    mvn -q -DskipTests -Dspotless.check.skip=true package
  touch $built
}
