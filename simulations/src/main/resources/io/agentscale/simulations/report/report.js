// Fills the report from the data in the page. All text goes in as text, never as markup.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const id = (name) => document.getElementById(name);
  const LISTED = 500;

  function add(parent, kind, text, className) {
    const made = document.createElement(kind);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    parent.append(made);
    return made;
  }
  const cell = (row, text, kind, className) => add(row, kind || "td", text, className);

  // Two tables, since one would be wider than a page.
  const service = [
    ["Late", "latePercent", (v) => v.toFixed(2) + " %"],
    ["Cost", "costRatio", (v) => v.toFixed(3)],
    ["Replica hours", "replicaHours", charts.number],
    ["Money", "money", charts.number],
    ["p50 ms", "p50Ms", charts.number],
    ["p95 ms", "p95Ms", charts.number],
    ["p99 ms", "p99Ms", charts.number],
    ["Failed", "failed", charts.number],
    ["Killed", "killed", charts.number],
    ["Most waiting", "mostWaiting", charts.number],
    ["Longest wait ms", "longestWaitMs", charts.number],
    ["Minutes short", "shortMinutes", charts.number],
    ["Time short", "shortTimePercent", (v) => v.toFixed(3) + " %"],
    ["Demand short", "shortDemandPercent", (v) => v.toFixed(3) + " %"],
    ["Worst short", "worstShortDemand", charts.number],
  ];
  const capacity = [
    ["Hours short", "shortHours", charts.number],
    ["Hours over", "wastedHours", charts.number],
    ["Under", "underProvisionedPercent", (v) => v.toFixed(2) + " %"],
    ["Under time", "underTimePercent", (v) => v.toFixed(2) + " %"],
    ["Over", "overProvisionedPercent", (v) => v.toFixed(1) + " %"],
    ["Actions", "scaleActions", charts.number],
    ["Flaps", "flaps", charts.number],
    ["Forecast skill", "forecastSkill", (v) => v.toFixed(3)],
    ["Coverage", "forecastCoverage", (v) => v.toFixed(3)],
  ];
  const known = (value) => value !== undefined && value !== null;
  const labelled = (policy) => policy.name + (policy.baseline ? " (baseline)" : "");

  function comparison({ note, policies }) {
    const card = add(id("comparisons"), "div", undefined, "card scroll");
    add(card, "p", note, "muted");
    tabulate(card, "What requests met", service, policies);
    tabulate(card, "Capacity and forecasts", capacity, policies);
  }

  function tabulate(card, caption, columns, policies) {
    const used = columns.filter(([, field]) => policies.some((p) => known(p.scores[field])));
    if (used.length === 0) return;
    const table = add(card, "table");
    table.createCaption().textContent = caption;
    const head = table.createTHead().insertRow();
    cell(head, "Policy", "th").scope = "col";
    used.forEach(([name]) => (cell(head, name, "th", "number").scope = "col"));
    const body = table.createTBody();
    for (const policy of policies) {
      const row = body.insertRow();
      if (!policy.baseline) row.className = "chosen";
      cell(row, labelled(policy), "th").scope = "row";
      for (const [, field, shown] of used) {
        const value = policy.scores[field];
        cell(row, known(value) ? shown(value) : "unknown", "td", "number");
      }
    }
  }

  // Of several engines the last is taken for the truth.
  function latency() {
    const policies = data.comparisons.at(-1).policies.filter((p) => known(p.scores.p99Ms));
    id("latency-section").hidden = policies.length === 0;
    // What is far slower than all that was to be compared is cut off; the figures stand beside.
    const compared = policies.filter((p) => !p.baseline);
    const slowest = Math.max(...(compared.length > 0 ? compared : policies).map((p) => p.scores.p99Ms), 1);
    const most = Math.min(3 * slowest, Math.max(...policies.map((p) => p.scores.p99Ms), 1));
    for (const policy of policies) {
      const { p50Ms, p95Ms, p99Ms } = policy.scores;
      add(id("latency"), "span", labelled(policy));
      const bar = add(id("latency"), "span", undefined, "bar");
      for (const value of [p99Ms, p95Ms, p50Ms]) add(bar, "i").style.width = Math.min(100, (100 * value) / most) + "%";
      add(id("latency"), "span", [p50Ms, p95Ms, p99Ms].map(charts.number).join(" / ") + " ms", "number");
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
        { label: "present and baselines", colour: "desired", size: 8, points: points(data.pareto.baselines) },
        { label: "picked", colour: "forecast", size: 12, points: points(data.pareto.picked) },
      ].filter((group) => group.points.length > 0),
    });
  }

  function show(replay) {
    document.querySelector(".policy-name").textContent = replay.name;
    const t = replay.timeline;
    const line = (label, colour, values, more) => ({ label, colour, values, ...more });
    // A chart shows the lines there are values for; without any it is not there.
    const chart = (name, title, unit, lines) => {
      const series = lines.filter((each) => each.values);
      id(name).parentElement.hidden = series.length === 0;
      if (series.length > 0) charts.overTime(id(name), t.time, { title, unit, group: "replay", series });
    };
    chart("demand", "Demand", "as recorded", [
      line("demand", "demand", t.demand),
      line("forecast", "forecast", t.forecast, { dash: [4, 4] }),
    ]);
    chart("traffic", "Traffic", "requests/s", [line("requests", "demand", t.requests)]);
    chart("replicas", "Replicas", "replicas", [
      line("desired", "desired", t.desired, { step: true }),
      line("ready", "ready", t.ready, { step: true }),
      line("starting", "starting", t.starting, { step: true, dash: [4, 4] }),
      line("least needed", "floor", t.needed, { step: true, dash: [2, 3] }),
      line("scheduled floor", "forecast", t.floor, { step: true, dash: [1, 4] }),
      line("really ran", "queue", t.actual, { step: true }),
    ]);
    chart("load", "In flight and queued", "requests", [
      line("in flight", "live", t.inFlight),
      line("queued", "queue", t.queued),
    ]);
    chart("spent", "Spent so far", data.spentUnit, [
      line("spent", "floor", t.spent),
      line("really spent", "queue", t.actualSpent),
    ]);
    decisions(replay, id("filter").value);
  }

  function decisions(replay, word) {
    const wanted = word.trim().toLowerCase();
    const found = replay.decisions.filter((d) => d.reason.toLowerCase().includes(wanted));
    const body = id("decisions").tBodies[0];
    body.replaceChildren();
    for (const decision of found.slice(0, LISTED)) {
      const row = body.insertRow();
      cell(row, charts.time(decision.time));
      cell(row, decision.from + " → " + decision.to, "td", "number");
      cell(row, decision.reason);
    }
    const kept = replay.decisions.length;
    id("shown").textContent =
      found.length + " of " + kept + " decisions" +
      (found.length > LISTED ? ", the first " + LISTED + " shown" : "") +
      (replay.decisionCount > kept ? "; the first of " + replay.decisionCount + " are in this file" : "");
  }

  function facts() {
    for (const [name, value] of data.facts) {
      const row = id("facts").tBodies[0].insertRow();
      cell(row, name, "th").scope = "row";
      cell(row, value);
    }
  }

  document.title = data.title + ": agentscale report";
  id("title").textContent = data.title;
  id("subtitle").textContent = data.subtitle;
  data.comparisons.forEach(comparison);
  latency();
  pareto();
  facts();
  id("replay-section").hidden = id("decisions-section").hidden = data.replays.length === 0;
  if (data.replays.length > 0) {
    const select = id("policy");
    data.replays.forEach((replay, index) => select.add(new Option(labelled(replay), index)));
    const shown = () => data.replays[Number(select.value)];
    select.addEventListener("change", () => show(shown()));
    id("filter").addEventListener("input", () => decisions(shown(), id("filter").value));
    select.value = String(Math.max(0, data.replays.findIndex((replay) => !replay.baseline)));
    show(shown());
  }
})();
