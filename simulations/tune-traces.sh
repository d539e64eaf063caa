#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tunes an HPA on recorded traffics and says how the settings found fare on days not seen: the table
# of docs/tuning.md. The traces are not part of this project.
#
#   simulations/tune-traces.sh DIR [OPTION OF TUNE ...]      DIR holds the traces
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
traces=${1:?the directory of the traces}
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tune() { # NAME FILE [FURTHER KEYS OF THE TRAFFIC] [TRANSFORMS BEFORE SCALING]
  name=$1 file=$2 keys=${3:-} transforms=${4:-}
  shift $(($# < 4 ? $# : 4))
  cat >"$work/$name.yaml" <<YAML
name: $name
traffic:
  file: \${traces}/$file
  gaps: hold
  $keys
  transforms:
  $transforms
  - scaleTo: {quantile: 0.999, requestsPerSecond: 60}
pod: {preset: agent-2c4g, cap: 20}
cluster: {initialReplicas: 4, startUp: 60s}
slo: {within: 6s}
policies:
- name: hpa
  manifests: |
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: agent, namespace: agent-prod}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: agent}
      minReplicas: 2
      maxReplicas: 40
      metrics:
      - type: Resource
        resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
YAML
  # shellcheck disable=SC2086 # options are words
  "$home/agentscale" tune -f "$work/$name.yaml" --traces "$traces" --out "$work/$name" $options \
    >"$work/$name.txt" 2>"$work/$name.err" || { cat "$work/$name.err" >&2; exit 1; }
  echo "== $name"
  grep -E '^(present|picked|tuned|Tuned|The engines)' "$work/$name.txt"
}

options=$*
tune crane_02 crane_dsp_input02_1min.csv.gz
tune crane_14 crane_dsp_input14_1min.csv.gz
tune servegen_large servegen_m_large_10min.csv.gz "column: rate_rps"
tune nasa_july nasa_http95_1min.csv.gz "" "- window: {from: 1995-07-01, to: 1995-07-28}"
