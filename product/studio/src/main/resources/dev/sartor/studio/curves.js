'use strict';
// Draws the curves of trainings; the figures stand in the tables below them as well.
(function () {
  const plots = new Map();
  let asked = false;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [1, 2], [12, 4], [4, 2, 1, 2]];

  const table = (runs, of) => {
    const steps = of === 'validation' ? 'check_step' : 'step';
    const tables = runs.map((run) => [run[steps], run[of]]);
    return tables.length === 1 ? tables[0] : uPlot.join(tables);
  };

  const options = (runs, of, width) => {
    const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } };
    return {
      width: width, height: 190, legend: { show: false }, cursor: { drag: { x: false, y: false } },
      scales: { x: { time: false } }, axes: [axis, { ...axis, size: 56 }],
      series: [{}].concat(runs.map((run, at) => ({
        label: run.name, stroke: colour('--series-' + at), width: 1.5, dash: dashes[at % dashes.length], spanGaps: true,
        points: { show: of === 'validation' },
      }))),
    };
  };

  const draw = (runs) => {
    const box = document.getElementById('curves');
    if (!box) return;
    box.hidden = false;
    for (const at of box.querySelectorAll('.curve')) {
      const of = at.dataset.of;
      const before = plots.get(of);
      if (before) before.destroy();
      at.replaceChildren();
      plots.set(of, new uPlot(options(runs, of, at.clientWidth), table(runs, of), at));
    }
  };

  const load = async () => {
    const box = document.getElementById('curves');
    if (!box || asked) return;
    asked = true;
    try {
      const answer = await fetch(box.dataset.figures);
      if (answer.ok) draw((await answer.json()).runs);
    } finally {
      asked = false;
    }
  };

  document.addEventListener('htmx:afterSettle', load);
  let width = window.innerWidth;
  window.addEventListener('resize', () => {
    if (window.innerWidth !== width) {
      width = window.innerWidth;
      load();
    }
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', load);
  load();
})();
