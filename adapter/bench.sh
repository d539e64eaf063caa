#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures the service: builds it, starts it in a JVM of its own before a scripted Prometheus, and asks
# it over TLS on loopback. Prints one table; takes about six minutes.
#
#   adapter/bench.sh [--quick] [DIRECTORY]
#
# --quick takes less than two minutes and shows that everything runs; its figures are of a service that
# is not warm. DIRECTORY is where to work; default adapter/target/bench.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
quick=
if [ "${1:-}" = --quick ]; then quick=--quick; shift; fi
work=${1:-$root/adapter/target/bench}
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
echo "command: adapter/bench.sh${quick:+ $quick}"
cd "$root/adapter"
# shellcheck disable=SC2086 # a flag or nothing
exec "$jdk/bin/java" -Xmx512m -cp "${class_path}$work/bench.jar" io.agentscale.bench.Bench "$work" $quick
