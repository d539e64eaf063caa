// The dashboard: asks this server every few seconds and shows what it says. It changes nothing.
(() => {
  "use strict";
  const PERIOD_MILLIS = 5000;
  const TIMEOUT_MILLIS = 10000;
  const DECISIONS = 50;
  const id = (name) => document.getElementById(name);
  const root = location.pathname.replace(/\/dashboard\/?$/, "");
  let answeredAt = null;
  let turn = 0;

  function cell(row, text, className, kind) {
    const made = document.createElement(kind || "td");
    made.textContent = text;
    if (className) made.className = className;
    row.append(made);
    return made;
  }

  class NoAnswer extends Error {}

  async function ask(path) {
    try {
      const response = await fetch(root + path, {
        signal: AbortSignal.timeout(TIMEOUT_MILLIS), headers: { Accept: "application/json" }, cache: "no-store",
      });
      if (response.status === 404) return null;
      if (!response.ok) throw new NoAnswer("HTTP " + response.status);
      return await response.json();
    } catch (failure) {
      throw new NoAnswer(failure.message);
    }
  }

  function chosen() {
    const [namespace, name] = location.hash.slice(1).split("/").map(decodeURIComponent);
    return name ? { namespace, name } : null;
  }

  function sparkline(values) {
    const width = 120, height = 24;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("role", "img");
    const known = values.filter((v) => v !== null);
    svg.setAttribute("aria-label", known.length === 0 ? "no demand known"
      : "demand from " + charts.number(Math.min(...known)) + " to " + charts.number(Math.max(...known)));
    const most = Math.max(1e-9, ...known);
    const path = document.createElementNS(svg.namespaceURI, "path");
    let line = "", pen = "M";
    values.forEach((value, i) => {
      if (value === null) {
        pen = "M";
        return;
      }
      const x = values.length > 1 ? (i * width) / (values.length - 1) : width;
      line += pen + x.toFixed(1) + " " + (height - 2 - (value / most) * (height - 4)).toFixed(1);
      pen = "L";
    });
    path.setAttribute("d", line);
    path.setAttribute("fill", "none");
    path.setAttribute("stroke", "var(--live)");
    path.setAttribute("stroke-width", "1.5");
    svg.append(path);
    return svg;
  }

  // ---- all policies

  let listed = { policies: [], refused: [] };
  const rows = new Map();

  function rowOf(policy) {
    const key = policy.namespace + "/" + policy.name;
    let row = rows.get(key);
    if (!row) {
      row = document.createElement("tr");
      const link = document.createElement("a");
      link.href = "#" + encodeURIComponent(policy.namespace) + "/" + encodeURIComponent(policy.name);
      link.textContent = key;
      const first = document.createElement("th");
      first.scope = "row";
      first.append(link);
      row.append(first);
      for (let i = 0; i < 7; i++) cell(row, "", i === 3 || i === 4 ? "number" : "");
      rows.set(key, row);
    }
    return row;
  }

  function fill(row, policy) {
    const cells = row.children;
    const texts = [
      policy.target, policy.mode, policy.ready,
      policy.served === undefined ? "unknown" : charts.number(policy.served),
      policy.decided === undefined ? "unknown" : policy.replicas + " → " + policy.decided,
      policy.winner || "",
    ];
    texts.forEach((text, i) => {
      if (cells[i + 1].textContent !== text) cells[i + 1].textContent = text;
    });
    cells[3].className = policy.ready === "True" ? "good" : policy.ready === "False" ? "bad" : "warn";
    cells[7].replaceChildren(sparkline(policy.spark));
  }

  function showList() {
    const word = id("filter").value.trim().toLowerCase();
    const matches = (p) => [p.namespace + "/" + p.name, p.target, p.mode].some((t) => t && t.toLowerCase().includes(word));
    const wanted = [];
    for (const policy of listed.policies.filter(matches)) {
      const row = rowOf(policy);
      fill(row, policy);
      wanted.push(row);
    }
    for (const refusal of listed.refused.filter(matches)) {
      const row = document.createElement("tr");
      cell(row, refusal.namespace + "/" + refusal.name, "", "th").scope = "row";
      cell(row, "refused: " + refusal.problems, "bad").colSpan = 7;
      wanted.push(row);
    }
    const body = id("policies").tBodies[0];
    // A row in place keeps the focus that is on it.
    wanted.forEach((row, i) => {
      if (body.children[i] !== row) body.insertBefore(row, body.children[i] || null);
    });
    while (body.children.length > wanted.length) body.lastChild.remove();
    const total = listed.policies.length + listed.refused.length;
    id("count").textContent = wanted.length === total ? total + " policies" : wanted.length + " of " + total + " policies";
  }

  // ---- one policy

  function showPolicy(explained, chart) {
    const policy = explained.policy;
    id("policy-heading").textContent = policy.namespace + "/" + policy.name;
    id("facts").textContent =
      policy.target + ", mode " + policy.mode + ", demand from " + policy.demand + ", " +
      policy.perReplica + " a replica, by " + policy.actuation;
    const conditions = id("conditions").tBodies[0];
    conditions.replaceChildren();
    for (const condition of explained.conditions) {
      const row = document.createElement("tr");
      cell(row, condition.type, "", "th").scope = "row";
      cell(row, condition.status);
      cell(row, condition.reason);
      cell(row, condition.message);
      conditions.append(row);
    }
    id("warnings").replaceChildren(...explained.warnings.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }));
    drawDemand(chart);
    drawReplicas(chart);
    showDecisions(explained.decisions);
  }

  // One axis of time for decisions and for forecasts, which reach beyond the last decision.
  function merged(chart) {
    const forecast = chart.forecast || { time: [], middle: [], upper: [] };
    const times = [...new Set([...chart.time, ...forecast.time])].sort((a, b) => a - b);
    const column = (from, values) => {
      const at = new Map(from.map((time, i) => [time, values[i]]));
      return times.map((time) => (at.has(time) ? at.get(time) : undefined));
    };
    return {
      times,
      live: column(chart.time, chart.live),
      served: column(chart.time, chart.served),
      middle: column(forecast.time, forecast.middle),
      upper: column(forecast.time, forecast.upper),
    };
  }

  function drawDemand(chart) {
    if (!chart.time) return;
    const m = merged(chart);
    charts.overTime(id("demand"), m.times, {
      title: "Demand", unit: "demand", group: "policy", height: 260,
      windows: () => chart.windows || [],
      bands: [[2, 3, "band"]],
      series: [
        { label: "live", colour: "live", values: m.live },
        { label: "served", colour: "desired", values: m.served, step: true },
        { label: "forecast quantile", colour: "forecast", values: m.upper, dash: [3, 3] },
        { label: "forecast", colour: "forecast", values: m.middle },
      ],
    });
  }

  function drawReplicas(chart) {
    if (!chart.time) return;
    charts.overTime(id("replicas"), chart.time, {
      title: "Replicas", unit: "replicas", group: "policy",
      windows: () => chart.windows || [],
      series: [
        { label: "decided", colour: "desired", values: chart.decided, step: true },
        { label: "ready", colour: "ready", values: chart.readyReplicas, step: true },
        { label: "floor", colour: "floor", values: chart.floor, step: true, dash: [4, 4] },
        { label: "ceiling", colour: "ceiling", values: chart.ceiling, step: true, dash: [4, 4] },
      ],
    });
  }

  function showDecisions(decisions) {
    const body = id("decisions").tBodies[0];
    body.replaceChildren();
    for (const decision of [...decisions].reverse().slice(0, DECISIONS)) {
      const row = document.createElement("tr");
      const winner = decision.proposals.find((p) => p.source === decision.winner);
      const because = [
        winner ? winner.because : "",
        ...decision.clamps.map((c) => c.limit + " " + c.before + " → " + c.after + ": " + c.because),
        ...(decision.notes || []),
      ].filter((text) => text).join("; ");
      const scaler = decision.autoscaler;
      const then = [
        scaler ? scaler.name + " wants " + scaler.desiredReplicas + " of " + scaler.currentReplicas : "",
        ...decision.actions,
      ].filter((text) => text).join("; ");
      cell(row, decision.at.slice(0, 19).replace("T", " ") + "Z");
      cell(row, decision.replicas + " → " + decision.decided, "number");
      cell(row, decision.winner);
      cell(row, decision.served.demand === undefined ? "unknown: " + decision.served.unknown : decision.served.demand, "number");
      cell(row, because);
      cell(row, then);
      body.append(row);
    }
  }

  function missing(policy) {
    id("policy-heading").textContent = policy.namespace + "/" + policy.name;
    id("facts").textContent = "There is no such policy.";
    for (const table of ["conditions", "decisions"]) id(table).tBodies[0].replaceChildren();
    id("warnings").replaceChildren();
    id("demand").replaceChildren();
    id("replicas").replaceChildren();
  }

  // ---- the loop

  async function update(mine) {
    const policy = chosen();
    if (policy) {
      const path = "/" + encodeURIComponent(policy.namespace) + "/" + encodeURIComponent(policy.name);
      const [explained, chart] = await Promise.all([
        ask("/explain" + path + "?limit=" + DECISIONS), ask("/dashboard/policies" + path),
      ]);
      if (mine !== turn) return;
      if (explained && explained.policy && chart) showPolicy(explained, chart);
      else missing(policy);
    } else {
      const answer = await ask("/dashboard/policies");
      if (mine !== turn) return;
      listed = answer;
      showList();
    }
    answeredAt = new Date();
    id("state").className = "muted";
    id("state").textContent = "As of " + charts.time(answeredAt.getTime() / 1000) + ".";
  }

  let timer = 0;
  async function run() {
    const mine = ++turn;
    clearTimeout(timer);
    try {
      await update(mine);
    } catch (failure) {
      if (!(failure instanceof NoAnswer)) throw failure;
      id("state").className = "bad";
      id("state").textContent = "No answer from agentscale" +
        (answeredAt ? "; what is shown is as of " + charts.time(answeredAt.getTime() / 1000) : "") + ". Asking again.";
    }
    if (mine === turn) timer = setTimeout(run, PERIOD_MILLIS);
  }

  function navigate(isFirst) {
    const policy = chosen();
    id("list").hidden = policy !== null;
    id("policy").hidden = policy === null;
    document.title = policy ? policy.name + ": agentscale" : "agentscale";
    if (policy && !isFirst) id("policy-heading").focus();
    if (!policy && !isFirst) id("filter").focus();
    run();
  }

  for (const link of ["home", "back"]) {
    id(link).addEventListener("click", (event) => {
      event.preventDefault();
      history.pushState(null, "", location.pathname);
      navigate(false);
    });
  }
  addEventListener("hashchange", () => navigate(false));
  addEventListener("popstate", () => navigate(false));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen()) id("back").click();
    if (event.key === "/" && !chosen() && document.activeElement !== id("filter")) {
      event.preventDefault();
      id("filter").focus();
    }
  });
  id("filter").addEventListener("input", showList);
  // A page nobody looks at asks nothing.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) run();
    else clearTimeout(timer);
  });
  navigate(true);
})();
