#!/usr/bin/env bash
# Builds the sample image, pushes it to a running RAC and opens its URL.
#   walk.sh URL    such as http://localhost:8080
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
url=${1:?usage: walk.sh URL, such as http://localhost:8080}
scheme=${url%%://*}
host=${url#*://}
app=$scheme://rac-demo.$host/
. "$here/../../scripts/machine.sh"
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# A client without the BuildKit plug-in still has the classic builder.
docker buildx version >/dev/null 2>&1 || export DOCKER_BUILDKIT=0

mkdir "$logs/image"
cp "$here/Dockerfile" "$(command -v busybox)" "$logs/image/"
printf 'Hello from RAC, %s\n' "$(date -u +%FT%TZ)" >"$logs/image/index.html"

answer() { curl -sS -f -m 60 --resolve "rac-demo.${host%%:*}:${port}:127.0.0.1" "$app"; }
port=${host##*:}
[ "$port" != "$host" ] || port=80

step "docker build" "see the reason below" "$logs/build" docker build -q -t "$host/rac-demo" "$logs/image"
step "docker push $host/rac-demo" "see the reason below" "$logs/push" docker push "$host/rac-demo"
pushed=$(now)
until [ "$(curl -s -o /dev/null -m 60 -w '%{http_code}' --resolve "rac-demo.${host%%:*}:$port:127.0.0.1" "$app")" != 404 ]; do
  [ $(($(now) - pushed)) -lt 60000000000 ] || die "no app at $app 60 s after the push"
  sleep 0.05
done
took "from the end of the push to the first answer of $app (a cold start)" "$pushed"
step "the same again, warm" "the app was there a moment ago: see its log" "$logs/warm" answer
grep -q "$(cat "$logs/image/index.html")" "$logs/warm" || die "another page was served than was pushed" "$logs/warm"
say "           $(cat "$logs/warm")"
