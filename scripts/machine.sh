# What run.sh, test.sh and bench.sh need from the machine; sourced by all. Prints each step with its time.

say() { printf '%s\n' "$*"; }

die() { # MESSAGE [LOG]
  printf '\n%s: %s\n' "${0##*/}" "$1" >&2
  if [ -n "${2:-}" ] && [ -s "$2" ]; then
    printf 'the last lines of %s:\n' "$2" >&2
    tail -n 15 "$2" >&2
  fi
  exit 1
}

now() { date +%s%N; }

took() { # NAME FROM
  awk -v name="$1" -v ns=$(($(now) - $2)) 'BEGIN { printf "%7.2f s  %s\n", ns / 1e9, name }'
}

step() { # NAME WHAT-TO-DO-WHEN-IT-FAILS LOG COMMAND...
  local name=$1 advice=$2 log=$3 from
  shift 3
  from=$(now)
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || die "$name failed: $advice" "$log"
  took "$name" "$from"
}

# What apt knows, asked only once the lists are there: a fresh container has none.
apt_has() { # PACKAGE
  is_root && have apt-cache || return 1
  if [ -z "$lists_fetched" ]; then
    step "apt-get update" "check the machine's network and /etc/apt" "$logs/apt.log" apt-get update -q
    lists_fetched=yes
  fi
  apt-cache show "$1" >/dev/null 2>&1
}

have() { command -v "$1" >/dev/null 2>&1; }

is_root() { [ "$(id -u)" = 0 ]; }

# Packages that are missing are installed as root on Debian, and named otherwise.
need() { # COMMAND PACKAGES...
  have "$1" && return
  shift
  missing_packages+=("$@")
}

install_missing() {
  [ ${#missing_packages[@]} -gt 0 ] || return 0
  if ! is_root || ! have apt-get; then
    die "missing here: ${missing_packages[*]}; install them (these are Debian's package names), or run as root on Debian"
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt_has "${missing_packages[0]}" || true
  step "apt-get install ${missing_packages[*]}" "see the reason below" "$logs/apt.log" \
    apt-get install -q -y --no-install-recommends "${missing_packages[@]}"
  missing_packages=()
}

jdk_version() { "$1/bin/javac" -version 2>/dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p'; }

# The first JDK 25 or newer in JAVA_HOME and /usr/lib/jvm; Debian's own where it has one.
find_jdk() {
  local home
  for home in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
    [ -x "$home/bin/javac" ] && [ "$(jdk_version "$home")" -ge 25 ] 2>/dev/null || continue
    export JAVA_HOME=$home
    return
  done
  if apt_has openjdk-25-jdk-headless; then
    missing_packages+=(openjdk-25-jdk-headless)
    install_missing
    find_jdk
    return
  fi
  die "no JDK 25 found: put one in /usr/lib/jvm, or set JAVA_HOME to it"
}

need_engine_packages() {
  use_docker_context
  need docker docker.io
  is_root && ! docker_answers && need dockerd docker.io iptables
  if ! have docker && apt_has docker-cli; then
    missing_packages+=(docker-cli) # a package of its own from Debian 13 on
  fi
}

# Images made from nothing need a busybox that needs no library.
need_static_busybox() {
  have busybox && ! ldd "$(command -v busybox)" >/dev/null 2>&1 && return
  missing_packages+=(busybox-static)
}

# The engine that the docker client talks to is the one to use, also where a context names it.
use_docker_context() {
  local host
  [ -z "${DOCKER_HOST:-}" ] && have docker || return 0
  host=$(docker context inspect -f '{{.Endpoints.docker.Host}}' 2>/dev/null) || return 0
  case "$host" in
    unix:///var/run/docker.sock | '') ;;
    unix://* | tcp://*) export DOCKER_HOST=$host ;;
  esac
}

docker_answers() { have docker && docker version >/dev/null 2>&1; }

# An engine that answers is used; as root on a bare machine one is started, and ended again by stop_engine.
start_engine() {
  docker_answers && return
  [ -z "${DOCKER_HOST:-}" ] || die "no Docker Engine answers at $DOCKER_HOST: start it, or unset DOCKER_HOST"
  is_root || die "no Docker Engine answers: start one, or let this user use it (group docker)"
  local log=$logs/dockerd.log from
  from=$(now)
  mkdir -p "$logs"
  setsid dockerd >"$log" 2>&1 </dev/null &
  engine=$!
  for _ in $(seq 150); do
    docker_answers && break
    kill -0 "$engine" 2>/dev/null || { engine=; die "the Docker Engine ended at once" "$log"; }
    sleep 0.2
  done
  docker_answers || die "the Docker Engine did not answer within 30 s" "$log"
  took "Docker Engine started" "$from"
}

stop_engine() {
  [ -n "${engine:-}" ] || return 0
  kill "$engine" 2>/dev/null && wait "$engine" 2>/dev/null
  engine=
}

engine=
lists_fetched=
missing_packages=()
