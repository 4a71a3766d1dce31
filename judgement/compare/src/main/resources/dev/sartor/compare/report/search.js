(() => {
  "use strict";
  const search = JSON.parse(document.getElementById("points").textContent);
  const charts = [];
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const score = value => value.toFixed(3);

  // The best on top; of the others, those that came further are darker.
  const order = line => (line.best ? 100 : line.scores.length);
  const lines = search.lines.filter(line => line.scores.length).sort((a, b) => order(b) - order(a));
  const paint = line => line.best ? color("--accent") : color("--quiet") + (line.scores.length > 1 ? "cc" : "59");
  const look = line => ({borderColor: paint(line), pointBackgroundColor: paint(line), borderWidth: line.best ? 2.5 : 1.2});

  const axis = (text, more) => Object.assign({
    title: {display: Boolean(text), text, color: color("--quiet"), font: {size: 12}},
    grid: {color: color("--line"), tickLength: 4},
    border: {color: color("--line")},
    ticks: {color: color("--quiet"), font: {size: 11}},
  }, more);

  const options = (scales, label, padding) => ({
    animation: false, responsive: true, maintainAspectRatio: false,
    plugins: {legend: {display: false}, tooltip: {displayColors: false, callbacks: {title: () => "", label}}},
    scales, layout: {padding},
  });

  const words = line => `trial ${line.trial}: ${line.settings}`;

  function rungs(canvas) {
    return new Chart(canvas, {
      type: "scatter",
      data: {datasets: lines.map(line => ({
        ...look(line), showLine: true, clip: false, pointRadius: line.best ? 4 : 3,
        data: line.scores.map((value, i) => ({x: 100 * search.shares[i], y: value, line})),
      }))},
      options: options(
        {x: axis("share of the steps, %", {min: 0, max: 100}), y: axis("validation " + search.metric, {})},
        item => [words(item.raw.line), `${score(item.raw.y)} after ${item.raw.x.toFixed(0)} %`],
        {top: 14, right: 14}),
    });
  }

  // Upright axes side by side, one for each setting, the last for the score.
  function settings(canvas) {
    const firsts = lines.map(line => line.scores[0]);
    const least = Math.min(...firsts), most = Math.max(...firsts);
    const height = value => most > least ? (value - least) / (most - least) : 0.5;
    const axes = [...search.axes, {name: search.metric, marks: [{place: 0, text: score(least)}, {place: 1, text: score(most)}]}];
    const marks = {
      id: "marks",
      afterDatasetsDraw(chart) {
        const {ctx, scales} = chart;
        ctx.save();
        ctx.font = "11px system-ui, sans-serif";
        ctx.textBaseline = "middle";
        ctx.fillStyle = color("--quiet");
        axes.forEach((each, i) => {
          const x = scales.x.getPixelForValue(i), isLast = i === axes.length - 1;
          ctx.textAlign = isLast ? "right" : "left";
          each.marks.forEach(mark => ctx.fillText(mark.text, x + (isLast ? -6 : 6), scales.y.getPixelForValue(mark.place)));
        });
        ctx.restore();
      },
    };
    return new Chart(canvas, {
      type: "line",
      data: {
        labels: axes.map(each => each.name),
        datasets: lines.map(line => ({...look(line), clip: false, pointRadius: 2, line, data: [...line.places, height(line.scores[0])]})),
      },
      plugins: [marks],
      options: options(
        {x: axis("", {offset: false}), y: axis("", {min: 0, max: 1, display: false})},
        item => [words(item.dataset.line), score(item.dataset.line.scores[0])],
        {top: 14, right: 30, left: 10}),
    });
  }

  function draw() {
    charts.splice(0).forEach(chart => chart.destroy());
    if (lines.length) charts.push(rungs(document.getElementById("rungs")), settings(document.getElementById("settings")));
  }

  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
