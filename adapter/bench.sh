#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures the service: builds it, starts it in a JVM of its own before a scripted Prometheus, and asks
# it over TLS on loopback. Prints one table; takes about three minutes.
#
#   adapter/bench.sh [DIRECTORY]      where to work; default adapter/target/bench
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
work=${1:-$root/adapter/target/bench}
"$root/agentscale" --version >&2

jdk=${JAVA_HOME:-}
for candidate in "$jdk" /usr/lib/jvm/*; do
  if grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then jdk=$candidate; break; fi
done

mkdir -p "$work/classes"
class_path=$(printf '%s:' "$root"/simulations/target/lib/*.jar)
"$jdk/bin/javac" -d "$work/classes" -cp "$class_path" "$root"/adapter/src/bench/java/io/agentscale/bench/*.java
# The AOT cache takes jars only.
"$jdk/bin/jar" --create --file "$work/bench.jar" -C "$work/classes" .
echo "command: adapter/bench.sh"
exec "$jdk/bin/java" -Xmx512m -cp "${class_path}$work/bench.jar" io.agentscale.bench.Bench "$work"
