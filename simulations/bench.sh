#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures the simulator and prints a table beside its targets, which are for one quiet core (two for
# tune). Takes about six minutes. Needs Linux, for the peak of memory.
#
#   simulations/bench.sh           builds if sources are newer, then measures
#
# JMH's view of the same engines: mvn -pl simulations -am -Pbench -DskipTests test -Dbench=Replay
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
"$home/agentscale" --version >&2

for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/*jdk*; do
  [ -x "$jdk/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$jdk/release" 2>/dev/null && break
done

jars=$home/simulations/target
class_path=$(printf '%s:' "$jars"/simulations-*.jar "$jars"/lib/*.jar)
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
"$jdk/bin/javac" -proc:none -cp "$class_path" -d "$classes" \
  "$home/simulations/src/bench/java/io/agentscale/simulations/SpeedTable.java"
measure() {
  # shellcheck disable=SC2086 # options are words
  "$jdk/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders ${options:-} \
    -cp "$classes:${class_path%:}" io.agentscale.simulations.SpeedTable \
    "$home/docs/examples/tune/scenario.yaml" "$@"
}

echo "$(nproc) CPUs, load $(cut -d ' ' -f 1-3 /proc/loadavg), $(date -u +%FT%TZ)"
measure header
for policy in fixed hpa policy; do measure fluid $policy; done
measure event
for policy in hpa policy; do measure tune $policy; done
# A heap of one size, too small for a trace: what is held does not grow with the trace.
options="-Xms48m -Xmx48m -XX:+AlwaysPreTouch"
for engine in FLUID EVENT; do
  for days in 1 28; do measure memory $engine $days; done
done
