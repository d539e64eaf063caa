// Charts of ours: uPlot with the page's colours, windows shaded behind the lines, and a keyboard.
const charts = (() => {
  "use strict";
  const all = new Set();
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const number = (value) =>
    value === null || value === undefined || Number.isNaN(value)
      ? "unknown"
      : Math.abs(value) >= 1000
        ? Math.round(value).toLocaleString("en-US")
        : String(Math.round(value * 1000) / 1000);
  const time = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ") + "Z";

  function shading(windows) {
    return {
      hooks: {
        drawClear: (u) => {
          const { left, top, width, height } = u.bbox;
          u.ctx.save();
          u.ctx.fillStyle = colour("window");
          for (const window of windows()) {
            const from = Math.max(left, u.valToPos(window.from, "x", true));
            const to = Math.min(left + width, u.valToPos(window.to, "x", true));
            if (to > from) u.ctx.fillRect(from, top, to - from, height);
          }
          u.ctx.restore();
        },
      },
    };
  }

  function axis(unit) {
    return {
      stroke: () => colour("muted"),
      grid: { stroke: () => colour("grid"), width: 1 },
      ticks: { stroke: () => colour("grid"), width: 1 },
      label: unit,
      labelSize: unit ? 18 : 0,
      size: 62,
    };
  }

  // 24 hours, the date beneath where it changes.
  function timeAxis() {
    const labels = (_, ticks) =>
      ticks.map((tick, i) => {
        const [date, clock] = time(tick).split(" ");
        const isNew = i === 0 || time(ticks[i - 1]).slice(0, 10) !== date;
        const step = ticks.length > 1 ? ticks[1] - ticks[0] : 60;
        return clock.slice(0, step < 60 ? 8 : 5) + (isNew ? "\n" + date : "");
      });
    return { ...axis(), size: 52, space: 80, values: labels };
  }

  function seriesOf(spec) {
    return {
      label: spec.label,
      stroke: spec.colour ? () => colour(spec.colour) : "transparent",
      width: spec.area ? 0 : 2,
      dash: spec.dash,
      paths: spec.step ? uPlot.paths.stepped({ align: 1 }) : undefined,
      points: { show: false },
      spanGaps: false,
    };
  }

  function legend(root, specs) {
    const list = document.createElement("div");
    list.className = "legend";
    for (const spec of specs.filter((s) => !s.hidden)) {
      const entry = document.createElement("span");
      const mark = document.createElement("i");
      if (spec.area) mark.className = "area";
      mark.style.background = "var(--" + (spec.area || spec.colour) + ")";
      entry.append(mark, spec.label);
      list.append(entry);
    }
    root.append(list);
  }

  function keyboard(u, target, values, describe) {
    const show = () => (values.textContent = u.cursor.idx === null ? "" : describe(u.cursor.idx));
    target.tabIndex = 0;
    target.addEventListener("keydown", (event) => {
      const last = u.data[0].length - 1;
      const at = u.cursor.idx ?? (event.key === "ArrowLeft" ? last + 1 : -1);
      const page = Math.max(1, Math.round(last / 20));
      const next = {
        ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - page, PageDown: at + page, Home: 0, End: last,
      }[event.key];
      if (next === undefined || last < 0) return;
      event.preventDefault();
      const index = Math.min(last, Math.max(0, next));
      u.setCursor({ left: u.valToPos(u.data[0][index], "x"), top: u.bbox.height / 4 });
      u.cursor.idx = index;
      show();
    });
    return show;
  }

  // spec: {title, unit, series: [{label, colour, values, step, dash, area, hidden}], bands: [[upper, lower, colour]],
  //        windows: () => [{from, to}], height, group}; x in seconds, null where a value is unknown.
  function overTime(root, x, spec) {
    const before = [...all].find((chart) => chart.root === root);
    const focused = root.contains(document.activeElement);
    const pointed = focused && before && before.u.cursor.idx !== null ? before.u.data[0][before.u.cursor.idx] : null;
    root.replaceChildren();
    const plot = document.createElement("div");
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", spec.title + ": " + spec.series.map((s) => s.label).join(", "));
    const values = document.createElement("div");
    values.className = "chart-values";
    values.setAttribute("aria-live", "polite");
    legend(root, spec.series);
    root.append(plot, values);
    let show = () => {};
    const u = new uPlot(
      {
        width: Math.max(280, root.clientWidth),
        height: spec.height || 220,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
        legend: { show: false },
        cursor: { sync: spec.group ? { key: spec.group } : undefined, y: false },
        axes: [timeAxis(), axis(spec.unit)],
        scales: { y: { range: (_, low, high) => [Math.min(0, low ?? 0), (high ?? 1) * 1.08 || 1] } },
        series: [{}, ...spec.series.map(seriesOf)],
        bands: (spec.bands || []).map(([upper, lower, name]) => ({
          series: [upper + 1, lower + 1],
          fill: () => colour(name),
        })),
        plugins: spec.windows ? [shading(spec.windows)] : [],
        hooks: { setCursor: [() => show()] },
      },
      [x, ...spec.series.map((s) => s.values)],
      plot,
    );
    const describe = (index) =>
      time(u.data[0][index]) + "   " +
      spec.series.map((s, i) => s.label + " " + number(u.data[i + 1][index])).join("   ");
    show = keyboard(u, plot, values, describe);
    // New values do not take the place away from who reads them by keyboard.
    if (focused) plot.focus({ preventScroll: true });
    if (pointed !== null && x.includes(pointed)) {
      u.setCursor({ left: u.valToPos(pointed, "x"), top: u.bbox.height / 4 });
    }
    return register(root, u);
  }

  // spec: {title, xLabel, yLabel, groups: [{label, colour, points: [[x, y, name]]}], height}
  function scatter(root, spec) {
    root.replaceChildren();
    const plot = document.createElement("div");
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", spec.title);
    const values = document.createElement("div");
    values.className = "chart-values";
    values.setAttribute("aria-live", "polite");
    legend(root, spec.groups);
    root.append(plot, values);
    const points = spec.groups.flatMap((group, g) => group.points.map((p) => [...p, g])).sort((a, b) => a[0] - b[0]);
    let show = () => {};
    const u = new uPlot(
      {
        width: Math.max(280, root.clientWidth),
        height: spec.height || 300,
        legend: { show: false },
        cursor: { y: false },
        scales: { x: { time: false } },
        axes: [{ ...axis(spec.xLabel), size: 40, space: 80 }, axis(spec.yLabel)],
        series: [{}, ...spec.groups.map((group) => ({
          stroke: () => colour(group.colour),
          paths: () => null,
          points: { show: true, size: group.size || 7, fill: () => colour(group.colour) },
        }))],
        hooks: { setCursor: [() => show()] },
      },
      [points.map((p) => p[0]), ...spec.groups.map((_, g) => points.map((p) => (p[3] === g ? p[1] : null)))],
      plot,
    );
    show = keyboard(u, plot, values, (index) => {
      const [x, y, name] = points[index];
      return (name ? name + "   " : "") + spec.xLabel + " " + number(x) + "   " + spec.yLabel + " " + number(y);
    });
    return register(root, u);
  }

  function register(root, u) {
    const chart = { root, u };
    all.forEach((other) => {
      if (other.root === root) {
        other.u.destroy();
        all.delete(other);
      }
    });
    all.add(chart);
    return u;
  }

  function redraw() {
    for (const { u } of all) u.redraw(false);
  }

  function resize() {
    for (const { root, u } of all) u.setSize({ width: Math.max(280, root.clientWidth), height: u.height });
  }

  addEventListener("resize", resize);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  // Paper is white, whatever the screen is.
  addEventListener("beforeprint", () => { document.documentElement.dataset.theme = "light"; redraw(); });
  addEventListener("afterprint", () => { delete document.documentElement.dataset.theme; redraw(); });

  return { overTime, scatter, redraw, number, time };
})();
