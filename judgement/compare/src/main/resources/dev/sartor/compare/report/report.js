(() => {
  "use strict";
  const tasks = JSON.parse(document.getElementById("points").textContent);
  const charts = [];
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const axis = (text, more) => Object.assign({
    title: {display: true, text, color: color("--quiet"), font: {size: 12}},
    grid: {color: color("--line"), tickLength: 4},
    border: {color: color("--line")},
    ticks: {color: color("--quiet"), font: {size: 11}, maxTicksLimit: 6},
  }, more);

  const options = (scales, tooltip) => ({
    animation: false, responsive: true, maintainAspectRatio: false,
    plugins: {legend: {display: false}, tooltip: {enabled: Boolean(tooltip), callbacks: tooltip || {}, displayColors: false}},
    scales, layout: {padding: {top: 14, right: 14}},
  });

  // Names stand beside their points, in the first of these places that no other name or point has.
  const places = [[10, 0], [-10, 0], [10, 14], [-10, 14], [10, -14], [-10, -14], [10, 28], [-10, 28], [10, -28], [-10, -28], [10, 42], [-10, 42]];
  const names = {
    id: "names",
    afterDatasetsDraw(chart) {
      const {ctx, chartArea} = chart;
      const points = chart.data.datasets
        .map((set, index) => ({name: set.label, paint: set.pointBackgroundColor, at: chart.getDatasetMeta(index).data[0]}))
        .filter(point => point.name);
      const taken = points.map(point => ({x: point.at.x - 6, y: point.at.y, width: 12}));
      const isFree = box => box.x > chartArea.left && box.x + box.width < chartArea.right + 10 && box.y > chartArea.top - 8 && box.y < chartArea.bottom - 6
        && taken.every(other => Math.abs(other.y - box.y) >= 13 || box.x >= other.x + other.width || other.x >= box.x + box.width);
      ctx.save();
      ctx.font = "12px system-ui, sans-serif";
      ctx.textBaseline = "middle";
      for (const point of points) {
        const width = ctx.measureText(point.name).width;
        const boxes = places.map(([dx, dy]) => ({x: dx > 0 ? point.at.x + dx : point.at.x + dx - width, y: point.at.y + dy, width}));
        const box = boxes.find(isFree) || boxes[0];
        taken.push(box);
        ctx.fillStyle = point.paint;
        ctx.fillText(point.name, box.x, box.y);
      }
      ctx.restore();
    },
  };

  function cost(canvas, task) {
    const sets = task.costs.flatMap(each => {
      const paint = each.chosen ? color("--accent") : color("--quiet");
      return [
        {data: [{x: each.cost, y: each.low}, {x: each.cost, y: each.high}], showLine: true, pointRadius: 0, pointHitRadius: 0, borderColor: paint + "73", borderWidth: 3},
        {label: each.name, data: [{x: each.cost, y: each.score, each}], pointRadius: 5, pointHoverRadius: 6, pointBackgroundColor: paint, pointBorderColor: color("--paper"), pointBorderWidth: 1},
      ];
    }).sort((a, b) => (a.label ? 1 : 0) - (b.label ? 1 : 0));
    const most = Math.max(...task.costs.map(each => each.cost), 1e-12);
    return new Chart(canvas, {
      type: "scatter", data: {datasets: sets}, plugins: [names],
      options: options({
        x: axis(task.currency + " for 1,000 answers", {min: 0, suggestedMax: most * 1.15}),
        y: axis(task.metric, {min: 0, max: 1}),
      }, {
        label: item => item.raw.each ? `${item.raw.each.name}: ${item.raw.y.toFixed(3)} at ${item.raw.x.toPrecision(2)}` : "",
      }),
    });
  }

  function curve(canvas, task) {
    const loss = task.curve.map(point => ({x: point.epoch, y: point.loss}));
    const scores = task.curve.filter(point => point.validation !== null).map(point => ({x: point.epoch, y: point.validation}));
    const ability = task.curve.filter(point => point.ability !== null).map(point => ({x: point.epoch, y: point.ability}));
    const last = Math.max(...loss.map(point => point.x));
    return new Chart(canvas, {
      type: "scatter",
      data: {datasets: [
        {data: loss, showLine: true, pointRadius: 0, borderColor: color("--quiet"), borderWidth: 1.5, yAxisID: "y"},
        {data: scores, clip: false, showLine: true, pointRadius: 4, borderColor: color("--accent"), pointBackgroundColor: color("--accent"), borderWidth: 2, yAxisID: "score"},
        {data: ability, clip: false, showLine: true, pointRadius: 4, pointStyle: "rectRot", borderColor: color("--good"), pointBackgroundColor: color("--good"), borderWidth: 2, borderDash: [5, 3], yAxisID: "score"},
      ]},
      options: options({
        x: axis("epoch", {min: 0, max: last}),
        y: axis("loss", {min: 0}),
        score: axis("validation " + task.metric, {position: "right", min: 0, max: 1, grid: {display: false}, title: {display: true, text: "validation " + task.metric, color: color("--accent"), font: {size: 12}}}),
      }, {label: item => `epoch ${item.raw.x.toFixed(2)}: ${item.raw.y.toFixed(3)}`}),
    });
  }

  function draw() {
    charts.splice(0).forEach(chart => chart.destroy());
    tasks.forEach((task, number) => {
      const kinds = [["cost-", cost], ["curve-", curve]];
      for (const [name, make] of kinds) {
        const canvas = document.getElementById(name + number);
        if (canvas) charts.push(make(canvas, task));
      }
    });
  }

  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
