// @ts-check
// The width of the drawer: by drag, or by arrow keys on its edge; kept for this browser.

const KEY = "drawer-width", STEP = 40, LEAST = 360;

/** @param {HTMLElement} drawer @param {HTMLElement} grip */
export function makeResizable(drawer, grip) {
  /** @param {number} width */
  function set(width) {
    const kept = Math.round(Math.max(LEAST, Math.min(width, innerWidth * 0.85)));
    drawer.style.setProperty("--drawer", `${kept}px`);
    grip.setAttribute("aria-valuenow", String(kept));
    localStorage.setItem(KEY, String(kept));
  }
  const before = Number(localStorage.getItem(KEY));
  if (before) set(before);
  else grip.setAttribute("aria-valuenow", String(Math.round(Math.min(680, innerWidth * 0.48))));
  grip.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (!by || event.altKey) return;
    event.preventDefault();
    set(drawer.offsetWidth + by);
  });
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ moved) => set(innerWidth - moved.clientX);
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", () => grip.removeEventListener("pointermove", move), { once: true });
  });
}
