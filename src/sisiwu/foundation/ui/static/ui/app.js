// Comforts only: every page works without this file.
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName)) {
    event.preventDefault();
    document.querySelector("#q-top")?.focus();
  }
  if (event.key === "Enter" && event.ctrlKey) document.activeElement?.form?.requestSubmit();
});

// Drafts: what is typed is kept on the server while typing.
for (const form of document.querySelectorAll("form[data-draft]")) {
  let timer;
  const said = form.querySelector("[data-draft-said]");
  const keep = async () => {
    const typed = new FormData(form);
    typed.delete("files");
    const answer = await fetch(form.dataset.draft, { method: "POST", body: typed }).catch(() => null);
    if (said) said.textContent = answer?.ok ? `已自动保存 ${new Date().toTimeString().slice(0, 5)}` : "没有联网，内容仍在本页，请勿关闭";
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 800); });
}

// The queue of a verifier: A accept, R return, J and K move.
const queue = document.querySelector("[data-queue]");
if (queue) document.addEventListener("keydown", (event) => {
  if (/INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName)) return;
  const rows = [...queue.querySelectorAll("[data-entry]")];
  let at = rows.findIndex((row) => row.contains(document.activeElement));
  if (event.key === "j" || event.key === "k") rows[Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)))]?.querySelector("button")?.focus();
  if (event.key === "a") (rows[Math.max(at, 0)])?.querySelector("[value=accept]")?.click();
  if (event.key === "r") event.preventDefault(); // the key is a command, not the first letter of the reason
  if (event.key === "r") (rows[Math.max(at, 0)])?.querySelector("[name=reason]")?.focus();
});
