// Reads the values of a chart one by one, by pointer or by the arrow keys. All that it says stands in the table, too:
// without this script nothing is missing.
(() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  // One layout of a chart: the places of its values in units of its viewBox, in the order of the readings.
  function layout(svg, readings, say) {
    const numbers = svg.dataset.points.split(" ").map(Number);
    const points = readings.map((_, at) => [numbers[2 * at], numbers[2 * at + 1]]);
    const frame = svg.parentElement;
    const ring = document.createElementNS(SVG, "circle");
    ring.setAttribute("class", "chart-ring");
    ring.setAttribute("r", "9");
    let now = -1;

    // A slider always has a value: the newest, while nothing is read.
    const rest = () => {
      frame.setAttribute("aria-valuenow", readings.length);
      frame.setAttribute("aria-valuetext", readings[readings.length - 1]);
    };

    const show = (at) => {
      now = at;
      if (at < 0) {
        ring.remove();
        rest();
        return say("");
      }
      ring.setAttribute("cx", points[at][0]);
      ring.setAttribute("cy", points[at][1]);
      svg.append(ring);
      frame.setAttribute("aria-valuenow", at + 1);
      frame.setAttribute("aria-valuetext", readings[at]);
      say(readings[at]);
    };

    // What is nearest across counts most: a finger follows the axis of time.
    const nearest = (event) => {
      const matrix = svg.getScreenCTM();
      if (!matrix) return -1;
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      let best = -1;
      let least = Infinity;
      points.forEach(([px, py], at) => {
        const distance = 4 * (px - x) ** 2 + (py - y) ** 2;
        if (distance < least) [best, least] = [at, distance];
      });
      return best;
    };

    const last = readings.length - 1;
    const keys = {
      ArrowRight: () => Math.min(now + 1, last),
      ArrowDown: () => Math.min(now + 1, last),
      ArrowLeft: () => Math.max(now - 1, 0),
      ArrowUp: () => Math.max(now - 1, 0),
      Home: () => 0,
      End: () => last,
      Escape: () => -1,
    };

    frame.tabIndex = 0;
    frame.setAttribute("role", "slider");
    frame.setAttribute("aria-labelledby", svg.closest("figure").getAttribute("aria-labelledby"));
    frame.setAttribute("aria-describedby", svg.querySelector("desc").id);
    frame.setAttribute("aria-valuemin", 1);
    frame.setAttribute("aria-valuemax", readings.length);
    rest();
    frame.addEventListener("keydown", (event) => {
      const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
      if (!to) return;
      event.preventDefault();
      show(to());
    });
    frame.addEventListener("focus", () => show(now < 0 ? last : now));
    frame.addEventListener("blur", () => show(-1));
    frame.addEventListener("pointermove", (event) => show(nearest(event)));
    frame.addEventListener("pointerdown", (event) => show(nearest(event)));
    frame.addEventListener("pointerleave", () => {
      if (document.activeElement !== frame) show(-1);
    });
  }

  for (const figure of document.querySelectorAll("figure.chart[data-readings]")) {
    const readings = figure.dataset.readings.split("\n");
    const said = document.createElement("p");
    said.className = "chart-reading";
    // The slider says the same to listeners.
    said.setAttribute("aria-hidden", "true");
    const layouts = figure.querySelectorAll("svg[data-points]");
    layouts[layouts.length - 1]?.parentElement.after(said);
    for (const svg of layouts) layout(svg, readings, (text) => (said.textContent = text));
  }
})();
