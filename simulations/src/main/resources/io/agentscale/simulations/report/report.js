// Fills the report from the data in the page. All text goes in as text, never as markup.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const id = (name) => document.getElementById(name);
  const LISTED = 500;

  function cell(row, text, kind, className) {
    const made = document.createElement(kind || "td");
    made.textContent = text;
    if (className) made.className = className;
    row.append(made);
    return made;
  }

  const columns = [
    ["Late", "latePercent", (v) => v.toFixed(2) + " %"],
    ["Cost", "costRatio", (v) => v.toFixed(3)],
    ["Replica hours", "replicaHours", charts.number],
    ["Money", "money", charts.number],
    ["p50 ms", "p50Ms", charts.number],
    ["p95 ms", "p95Ms", charts.number],
    ["p99 ms", "p99Ms", charts.number],
    ["Failed", "failed", charts.number],
    ["Killed", "killed", charts.number],
    ["Under", "underProvisionedPercent", (v) => v.toFixed(2) + " %"],
    ["Over", "overProvisionedPercent", (v) => v.toFixed(1) + " %"],
    ["Actions", "scaleActions", charts.number],
    ["Flaps", "flaps", charts.number],
  ];

  function comparison() {
    const table = id("comparison");
    table.caption.textContent = data.comparisonNote;
    const used = columns.filter(([, field]) => data.policies.some((p) => p.scores[field] !== undefined));
    const head = document.createElement("tr");
    cell(head, "Policy", "th").scope = "col";
    used.forEach(([name]) => (cell(head, name, "th", "number").scope = "col"));
    table.tHead.append(head);
    for (const policy of data.policies) {
      const row = document.createElement("tr");
      if (!policy.baseline) row.className = "chosen";
      cell(row, policy.name + (policy.baseline ? " (baseline)" : ""), "th").scope = "row";
      for (const [, field, shown] of used) {
        const value = policy.scores[field];
        cell(row, value === undefined || value === null ? "unknown" : shown(value), "td", "number");
      }
      table.tBodies[0].append(row);
    }
  }

  function pareto() {
    if (!data.pareto) return;
    id("pareto-section").hidden = false;
    const points = (list) => list.map((p) => [p.cost, p.latePercent, p.name]);
    charts.scatter(id("pareto"), {
      title: "Late requests against cost",
      xLabel: data.pareto.costLabel,
      yLabel: "late %",
      groups: [
        { label: "evaluated", colour: "starting", size: 4, points: points(data.pareto.evaluated) },
        { label: "front", colour: "ready", size: 7, points: points(data.pareto.front) },
        { label: "baselines", colour: "desired", size: 8, points: points(data.pareto.baselines) },
        { label: "picked", colour: "forecast", size: 12, points: points(data.pareto.picked) },
      ].filter((group) => group.points.length > 0),
    });
  }

  function replay(policy) {
    document.querySelector(".policy-name").textContent = policy.name;
    const t = policy.timeline;
    const line = (label, colour, values, more) => ({ label, colour, values, ...more });
    charts.overTime(id("traffic"), t.time, {
      title: "Traffic", unit: data.trafficUnit, group: "replay",
      series: [line("demand", "demand", t.demand)],
    });
    charts.overTime(id("replicas"), t.time, {
      title: "Replicas", unit: "replicas", group: "replay",
      series: [
        line("desired", "desired", t.desired, { step: true }),
        line("ready", "ready", t.ready, { step: true }),
        line("starting", "starting", t.starting, { step: true, dash: [4, 4] }),
      ],
    });
    charts.overTime(id("load"), t.time, {
      title: "In flight and queued", unit: "requests", group: "replay",
      series: [line("in flight", "live", t.inFlight), line("queued", "queue", t.queued)],
    });
    id("latency-card").hidden = !t.p99Ms;
    if (t.p99Ms) {
      charts.overTime(id("latency"), t.time, {
        title: "Latency", unit: "ms", group: "replay",
        series: [line("p50", "live", t.p50Ms), line("p95", "forecast", t.p95Ms), line("p99", "queue", t.p99Ms)],
      });
    }
    charts.overTime(id("money"), t.time, {
      title: "Money so far", unit: data.currency, group: "replay",
      series: [line("money", "floor", t.money)],
    });
    decisions(policy, id("filter").value);
  }

  function decisions(policy, word) {
    const wanted = word.trim().toLowerCase();
    const found = policy.decisions.filter((d) => d.reason.toLowerCase().includes(wanted));
    const body = id("decisions").tBodies[0];
    body.replaceChildren();
    for (const decision of found.slice(0, LISTED)) {
      const row = document.createElement("tr");
      cell(row, charts.time(decision.time));
      cell(row, decision.from + " → " + decision.to, "td", "number");
      cell(row, decision.reason);
      body.append(row);
    }
    const cut = found.length > LISTED ? ", the first " + LISTED + " shown" : "";
    id("shown").textContent = found.length + " of " + policy.decisions.length + " decisions" + cut;
  }

  function facts() {
    for (const [name, value] of data.facts) {
      const row = document.createElement("tr");
      cell(row, name, "th").scope = "row";
      cell(row, value);
      id("facts").tBodies[0].append(row);
    }
  }

  document.title = data.title + ": agentscale report";
  id("title").textContent = data.title;
  id("subtitle").textContent = data.subtitle;
  comparison();
  pareto();
  facts();
  const select = id("policy");
  data.policies.forEach((policy, index) => select.add(new Option(policy.name, index)));
  const shown = () => data.policies[Number(select.value)];
  select.addEventListener("change", () => replay(shown()));
  id("filter").addEventListener("input", () => decisions(shown(), id("filter").value));
  const first = data.policies.findIndex((policy) => !policy.baseline);
  select.value = String(Math.max(0, first));
  replay(shown());
})();
