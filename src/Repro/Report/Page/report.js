"use strict";
(() => {
  const root = document.documentElement, tip = document.getElementById("tip");
  const svgNames = "http://www.w3.org/2000/svg";

  // The theme: as the system has it, until the reader chooses. A page from a file may not be allowed to remember.
  const choices = [...document.querySelectorAll("[data-theme-choice]")];
  const choose = (theme) => {
    if (theme === "auto") root.removeAttribute("data-theme"); else root.setAttribute("data-theme", theme);
    choices.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme)));
  };
  const remember = (theme) => { try { localStorage.setItem("crosspoint-theme", theme); } catch { /* not allowed here */ } };
  const remembered = () => { try { return localStorage.getItem("crosspoint-theme"); } catch { return null; } };
  choices.forEach((button) => button.addEventListener("click", () => { choose(button.dataset.themeChoice); remember(button.dataset.themeChoice); }));
  if (["light", "dark"].includes(remembered())) choose(remembered());

  // Paper has no details to open.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((details) => { details.open = false; }));

  // The chart whose values are shown.
  let active = null;

  const number = (value) => String(Number(value.toPrecision(6))).replace("-", "−");

  // Two digits of the interval, and as many of the mean, as in the tables.
  const interval = (mean, half) => {
    const decimals = Math.min(Math.max(1 - Math.floor(Math.log10(half)), 0), 12);
    return `${mean.toFixed(decimals)} ± ${half.toFixed(decimals)}`.replace("-", "−");
  };

  class Chart {
    constructor(figure) {
      this.figure = figure;
      this.svg = figure.querySelector(".plot svg");
      this.data = JSON.parse(figure.querySelector("script").textContent);
      this.hidden = new Set();
      this.at = null;
      this.spot = document.createElementNS(svgNames, "circle");
      this.spot.setAttribute("class", "spot off");
      this.spot.setAttribute("r", "7");
      this.svg.append(this.spot);
      figure.querySelectorAll("[data-key]").forEach((key) => key.addEventListener("click", () => this.toggle(key)));
      if (!figure.hasAttribute("tabindex")) return;
      this.svg.addEventListener("pointermove", (event) => this.point(event));
      this.svg.addEventListener("pointerdown", (event) => this.point(event));
      this.svg.addEventListener("pointerleave", () => this.leave());
      figure.addEventListener("keydown", (event) => this.key(event));
      figure.addEventListener("blur", () => this.leave());
    }

    get marks() { return this.data.marks.filter((mark) => mark.px.length > 0 && !this.hidden.has(mark.series)); }

    toggle(key) {
      const series = Number(key.dataset.key), show = this.hidden.has(series);
      if (show) this.hidden.delete(series); else this.hidden.add(series);
      key.setAttribute("aria-pressed", String(show));
      this.svg.querySelectorAll(`[data-series="${series}"]`).forEach((group) => group.classList.toggle("off", !show));
      this.leave();
    }

    point(event) {
      const inside = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
      let best = null, least = 40 * 40;
      for (const mark of this.marks) {
        for (let i = 0; i < mark.px.length; i++) {
          const far = (mark.px[i] - inside.x) ** 2 + (mark.py[i] - inside.y) ** 2;
          if (far < least) { least = far; best = { mark, i }; }
        }
      }
      if (best) this.show(best); else this.leave();
    }

    key(event) {
      if (event.target !== this.figure || this.marks.length === 0) return;
      if (event.key === "Escape") { this.leave(); return; }
      const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1], Home: [-Infinity, 0], End: [Infinity, 0] }[event.key];
      if (!step) return;
      event.preventDefault();
      const marks = this.marks;
      let place = this.at ? marks.indexOf(this.at.mark) : -1, i = this.at ? this.at.i : 0;
      if (place < 0) { place = 0; i = 0; } else {
        place = (place + step[1] + marks.length) % marks.length;
        i = Math.min(Math.max(i + step[0], 0), marks[place].px.length - 1);
      }
      this.show({ mark: marks[place], i: Math.min(i, marks[place].px.length - 1) });
    }

    words({ mark, i }) {
      const { x, y, columns, rows } = this.data;
      if (mark.value) return `${x}: ${columns[mark.x[i]]}\n${y}: ${rows[mark.y[i]]}\n${this.data.title}: ${number(mark.value[i])}`;
      const value = mark.error && mark.error[i] > 0 ? interval(mark.y[i], mark.error[i]) : number(mark.y[i]);
      return [mark.name, `${x || "x"}: ${number(mark.x[i])}`, `${y || "y"}: ${value}`].filter((line) => line).join("\n");
    }

    show(at) {
      this.at = at;
      const px = at.mark.px[at.i], py = at.mark.py[at.i];
      this.spot.setAttribute("cx", px);
      this.spot.setAttribute("cy", py);
      this.spot.classList.remove("off");
      const words = this.words(at);
      if (tip.textContent !== words) tip.textContent = words;
      tip.hidden = false;
      active = this;
      this.place();
    }

    place() {
      const px = this.at.mark.px[this.at.i], py = this.at.mark.py[this.at.i];
      const place = new DOMPoint(px, py).matrixTransform(this.svg.getScreenCTM()), box = tip.getBoundingClientRect();
      const left = place.x + 14 + box.width > innerWidth ? place.x - 14 - box.width : place.x + 14;
      const top = place.y - 10 - box.height < 0 ? place.y + 14 : place.y - 10 - box.height;
      tip.style.left = `${Math.max(left, 4)}px`;
      tip.style.top = `${top}px`;
    }

    leave() {
      this.at = null;
      this.spot.classList.add("off");
      if (active !== this) return;
      active = null;
      tip.hidden = true;
    }
  }

  document.querySelectorAll("figure.chart").forEach((figure) => new Chart(figure));
  addEventListener("scroll", () => active?.place(), { passive: true, capture: true });
})();
