// @ts-check
// Printing: the plain sections that stand in the file for readers without scripts, as far as the filters show them.

/** Put the plain sections of what is shown where print finds them. */
function layOutPrint() {
  if (!byId("matrix").classList.contains("open")) return;
  const place = byId("printout");
  place.innerHTML = byId("plain").textContent ?? ""; // markup of this file, whose texts are all escaped
  const { rows, columns, fits } = layOut();
  for (const found of place.querySelectorAll("[data-site]")) if (!rows.includes(Number(found.getAttribute("data-site")))) found.remove();
  for (const found of place.querySelectorAll("[data-theme]")) if (!columns.includes(Number(found.getAttribute("data-theme")))) found.remove();
  for (const found of place.querySelectorAll("[data-cell]")) if (!fits.has(found.getAttribute("data-cell") ?? "") || !columns.includes(Number(found.getAttribute("data-cell")?.split("/")[1]))) found.remove();
  for (const found of place.querySelectorAll("[data-claim]")) if (!claimFits(Number(found.getAttribute("data-claim")))) found.remove();
  if (isFiltered()) place.prepend(el("p", null, `Printed with filters: ${byId("screen").querySelector(".told")?.textContent ?? ""}.`));
  place.hidden = false;
}

/** Take them away again. */
function clearPrint() {
  byId("printout").replaceChildren();
  byId("printout").hidden = true;
}

window.addEventListener("beforeprint", layOutPrint);
window.addEventListener("afterprint", clearPrint);
