// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import java.util.List;

/** Queries whose shape Prometheus itself has judged; {@link PromqlIT} asks it again. */
final class PromqlExamples {
  private PromqlExamples() {}

  static List<String> good() {
    return List.of(
        "up",
        "vllm:num_requests_waiting",
        "up{}",
        "up{job=\"x\",}",
        "{__name__=\"up\"}",
        "{__name__=~\"^c_.*\",pod!=\"\"}",
        "{a!~\"|b\"} or {a!=\"\"}",
        "up{a='single',b=`back\\slash`}",
        "up{a=\"\\\"\\\\\\n\\x41\\u00e9\\U0001F600\\101\"}",
        "sum(up) by (job)",
        "sum by (job, pod,) (up)",
        "SUM BY (job) (up)",
        "sum without () (up)",
        "topk(3, sum by (a) (rate(x[5m])))",
        "quantile(0.9, x) without (pod)",
        "count_values(\"v\", up)",
        "histogram_quantile(0.99, sum(rate(b_bucket{le!=\"\"}[2m])) by (le))",
        "rate(x[1h30m] offset 5m)",
        "x offset -1w",
        "x @ 1609746000",
        "rate(x[5m] @ start())",
        "x[5m:1m] @ end() offset 1d",
        "max_over_time(rate(x[1m])[30m:])",
        "min_over_time(sum(x)[1h:5m])",
        "time()",
        "vector(1) + -x ^ 2",
        "-(1 + 2) * 3 % 4",
        "a / on (pod) group_left (node, ip) b",
        "a * ignoring (x) group_right b",
        "a > bool 5",
        "a >= 1e3 and b <= 0x1F or c != .5 unless d == 5.",
        "a atan2 b",
        "label_replace(up, \"a\", \"$1\", \"b\", \"(.*)\")",
        "absent(up{job=\"x\"}) # why\n or vector(0)",
        "sum(\n  rate(\n\tx[5m]\r\n))",
        "Inf",
        "NaN + inf",
        "\"text\"",
        "x{on=\"1\",by=\"2\",sum=\"3\"}",
        "sum by (on, sum) (x)",
        "sum",
        "foo{a=\"b\"} == on () bar",
        "group(x) by (y)",
        "clamp(x, 0, 1)",
        "1 + 2 > bool 3");
  }

  /** What the Prometheus of the test machine may be too old for. */
  static List<String> newer() {
    return List.of(
        "{\"http.requests\", \"service.name\"=\"x\"}",
        "sum by (\"service.name\") (x)",
        "rate(x[300])",
        "limitk(2, x)",
        "1_000 + x");
  }

  static List<String> bad() {
    return List.of(
        "",
        "sum(x",
        "sum(x))",
        "x{",
        "x{a}",
        "x{a=b}",
        "x{a=\"b}",
        "x{a=\"b\" c=\"d\"}",
        "x{,}",
        "x{a==\"b\"}",
        "x{a:b=\"c\"}",
        "x{app.kubernetes.io/name=\"y\"}",
        "{}",
        "{a=\"\"}",
        "{a=~\".*\"}",
        "{a!=\"b\"}",
        "x{__name__=\"y\"}",
        "x{a=~\"(\"}",
        "x{a=~\"(?=b)\"}",
        "x{a=\"\\q\"}",
        "x{a=\"\n\"}",
        "x[5x]",
        "x[]",
        "x[5m",
        "sum(x)[5m]",
        "x[5m][5m]",
        "x offset",
        "x offset y",
        "x by (pod)",
        "x{a=\"b\"} by (pod)",
        "sum() by (pod)",
        "rate(x[5m]) by (pod)",
        "sum(x) by pod",
        "sum by (\"a\"\"b\") (x)",
        "x y",
        "x +",
        "* x",
        "x = y",
        "x =~ \"y\"",
        "a on (b) c",
        "a + group_left b",
        "rate(x[5m],)",
        "x $ y",
        "x ! y",
        "x;y",
        "1x",
        "x{a=\"b\"}c",
        "map[a:b]");
  }
}
