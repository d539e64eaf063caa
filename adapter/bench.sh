#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures the service: builds it, starts it in a JVM of its own before a scripted Prometheus, and asks
# it over TLS on loopback. Prints one table; takes about six minutes.
#
#   adapter/bench.sh [--quick] [DIRECTORY]
#   adapter/bench.sh loop [POLICIES [FORECASTING [STEP_SECONDS]]]
#
# loop measures the policy loop instead, without a server: simulated time, demand from memory, one JVM a
# row. Without figures: 2,000 policies, none of them forecasting, with the heap that 200 MB leave; then all,
# whose heap is what to look at. LOOP_HEAP is a heap other than -Xmx256m. Takes about four minutes.
#
# --quick takes less than two minutes and shows that everything runs; its figures are of a service that
# is not warm. DIRECTORY is where to work; default adapter/target/bench.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
loop=
if [ "${1:-}" = loop ]; then loop=1; shift; fi
quick=
if [ "${1:-}" = --quick ]; then quick=--quick; shift; fi
work=$root/adapter/target/bench
[ -n "$loop" ] || work=${1:-$work}
mkdir -p "$work"
work=$(CDPATH='' cd -- "$work" && pwd)
"$root/agentscale" --version >&2

jdk=${JAVA_HOME:-}
for candidate in "$jdk" /usr/lib/jvm/*; do
  if grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then jdk=$candidate; break; fi
done

# What Maven compiled with the tests. The AOT cache takes jars only.
"$jdk/bin/jar" --create --file "$work/bench.jar" -C "$root/adapter/target/test-classes" io/agentscale/bench \
  -C "$root/adapter/target/test-classes" io/agentscale/adapter/controlplane
class_path=$(printf '%s:' "$root"/simulations/target/lib/*.jar)

# shellcheck disable=SC2086 # several flags
loop_row() {
  "$jdk/bin/java" $flags -cp "${class_path}$work/bench.jar" io.agentscale.bench.LoopBench "$@"
}
if [ -n "$loop" ]; then
  flags="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders ${LOOP_HEAP:--Xmx256m}"
  echo "command: adapter/bench.sh loop${1:+ $*}"
  echo "java $flags"
  echo "policies forecasting   step        a core   heap MB  resident MB  decisions kept"
  if [ $# -gt 0 ]; then
    loop_row "$1" "${2:-$1}" "${3:-60}"
  else
    flags="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xmx72m" loop_row 2000 0 60
    loop_row 2000 2000 300
    loop_row 2000 2000 60
  fi
  echo "target, 2000                          < 10 %                  < 200"
  exit
fi

echo "command: adapter/bench.sh${quick:+ $quick}"
cd "$root/adapter"
# shellcheck disable=SC2086 # a flag or nothing
exec "$jdk/bin/java" -Xmx512m -cp "${class_path}$work/bench.jar" io.agentscale.bench.Bench "$work" $quick
